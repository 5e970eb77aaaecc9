with source as (

    select * from {{ source('ops', 'source_files') }}
    where source = 'gdelt'

),

judged as (

    select
        file_name,
        table_name,
        stream,
        slot_at,
        {{ utc_date('slot_at') }} as slot_date,
        status,
        rows_read,
        rows_rejected,
        load_id is not null and {{ from_passed_loads() }} as has_passed
    from source

),

classified as (

    select
        file_name,
        table_name,
        stream,
        slot_at,
        slot_date,
        status,
        rows_read,
        rows_rejected,
        has_passed and status = 'loaded' as is_received,
        has_passed and status = 'empty' as is_empty
    from judged

)

select * from classified
