with files as (

    select * from {{ ref('stg_ops__source_files') }}

),

slots as (

    select
        slot_date,
        slot_at,
        stream,
        bool_and(is_received) as is_received,
        bool_and(is_received or is_empty) as has_every_file,
        bool_or(status = 'refused') as has_refused_file,
        bool_or(status = 'gap') as has_gap_file,
        bool_or(table_name = 'gkg') as expects_documents,
        bool_or(table_name = 'gkg' and is_received) as has_documents,
        coalesce(sum(rows_read) filter (where is_received), 0) as rows_read,
        coalesce(sum(rows_rejected) filter (where is_received), 0) as rows_rejected
    from files
    group by slot_date, slot_at, stream

),

classified as (

    select
        slot_date,
        slot_at,
        stream,
        expects_documents,
        has_documents,
        rows_read,
        rows_rejected,
        case
            when is_received then 'received'
            when has_refused_file then 'refused'
            when has_gap_file then 'gap'
            when has_every_file then 'empty'
            else 'missing'
        end as slot_state
    from slots

)

select * from classified
