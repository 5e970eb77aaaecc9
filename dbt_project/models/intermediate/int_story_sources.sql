{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['first_date']}],
    pre_hook='{{ join_by_hash() }}',
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'first_date', 'days_before': 3, 'days_after': 0},
) }}

with stories as (

    select * from {{ ref('mart_story_week') }}
    where {{ is_rebuilt('first_date', is_instant=false) }}

),

documents as (

    select * from {{ ref('fct_document_country') }}
    where story_id is not null and {{ is_read('slot_date', days_after=3) }}

),

ranks as (

    select * from {{ ref('int_site_ranks') }}

),

outlets as (

    select * from {{ ref('int_outlets_resolved') }}

)

select
    stories.country_code_iso3,
    stories.story_id,
    stories.series,
    stories.first_date,
    stories.week_start_date,
    coalesce(documents.source_country_code_iso3, 'unknown') as source_country_code_iso3,
    count(*)::integer as n_documents,
    count(distinct documents.outlet_family)::integer as n_families,
    min(ranks.site_rank) filter (where not documents.is_aggregator) as best_rank
from stories
inner join documents
    on
        stories.country_code_iso3 = documents.country_code_iso3
        and stories.story_id = documents.story_id
left join outlets on documents.outlet_domain = outlets.outlet_domain
left join ranks
    on
        outlets.registered_domain = ranks.registered_domain
        and documents.slot_date >= ranks.valid_from
        and documents.slot_date < ranks.valid_to
group by
    stories.country_code_iso3, stories.story_id, stories.series, stories.first_date,
    stories.week_start_date, coalesce(documents.source_country_code_iso3, 'unknown')
