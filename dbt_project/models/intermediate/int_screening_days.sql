{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['coverage_date']}],
    meta={'partition_column': 'coverage_date', 'days_before': 0, 'days_after': 0},
) }}

with facts as (

    select * from {{ ref('fct_document_country') }}
    where {{ is_rebuilt('slot_date', is_instant=false) }}

),

-- A document can be about several countries: it is boilerplate, or a copy, once.
documents as (

    select
        record_id,
        slot_date as coverage_date,
        stream,
        bool_or(is_boilerplate) as is_boilerplate,
        bool_or(story_id is not null) as is_in_story,
        bool_or(story_id <> record_id) as is_copy
    from facts
    group by record_id, slot_date, stream

)

select
    coverage_date,
    coalesce(stream, 'all') as stream,
    count(*)::integer as n_watched_documents,
    count(*) filter (where is_boilerplate)::integer as n_boilerplate_documents,
    count(*) filter (where is_in_story)::integer as n_story_documents,
    count(*) filter (where is_in_story and is_copy)::integer as n_copies
from documents
group by grouping sets ((coverage_date, stream), (coverage_date))
