with source as (

    select * from {{ source('ops', 'source_files') }}
    where source = 'gdelt'

),

loads as (

    select * from {{ source('ops', 'loads') }}

),

judged as (

    select
        source.file_name,
        source.table_name,
        source.stream,
        source.slot_at,
        {{ utc_date('source.slot_at') }} as slot_date,
        source.status,
        source.rows_read,
        source.rows_rejected,
        coalesce(source.status in ('loaded', 'empty') and loads.status = 'passed', false)
            as is_received
    from source
    left join loads on source.load_id = loads.load_id

)

select * from judged
