{#-
    Reach: a story can be new to a host up to three days after its first document; what a pillar says of a
    story can change with its documents of the three days after its first.
-#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['story_date']}],
    pre_hook='{{ join_by_hash() }}',
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'story_date', 'days_before': 3, 'days_after': 3},
) }}

with documents as (

    select * from {{ ref('fct_document_country') }}
    where is_eligible and story_id is not null and {{ is_read('slot_date', days_before=3) }}

),

main_pillars as (

    select * from {{ ref('int_story_main_pillars') }}
    where {{ is_rebuilt('first_date', is_instant=false) }}

),

watched as (

    select * from {{ ref('int_watched_series') }}

),

-- A story counts once in a series: on the day of its first document there.
dated as (

    select
        *,
        min(slot_date) over (partition by country_code_iso3, story_id) as first_date,
        min(slot_date) over (partition by country_code_iso3, story_id, source_country_code_iso3)
            as first_host_date
    from documents

),

told as (

    select
        slot_date as story_date,
        country_code_iso3,
        'world' as source_country_code_iso3,
        'all' as pillar,
        story_id,
        outlet_family
    from dated
    where slot_date = first_date
    union all
    select
        slot_date as story_date,
        country_code_iso3,
        source_country_code_iso3,
        'all' as pillar,
        story_id,
        outlet_family
    from dated
    where slot_date = first_host_date
    union all
    select
        dated.slot_date as story_date,
        dated.country_code_iso3,
        'world' as source_country_code_iso3,
        main_pillars.pillar,
        dated.story_id,
        dated.outlet_family
    from dated
    inner join main_pillars
        on
            dated.first_date = main_pillars.first_date
            and dated.country_code_iso3 = main_pillars.country_code_iso3
            and dated.story_id = main_pillars.story_id
    where dated.slot_date = dated.first_date

)

select
    told.story_date,
    told.country_code_iso3,
    told.source_country_code_iso3,
    told.pillar,
    count(distinct told.story_id)::integer as n_stories,
    count(distinct told.outlet_family)::integer as n_families
from told
inner join watched
    on
        told.country_code_iso3 = watched.country_code_iso3
        and told.source_country_code_iso3 = watched.source_country_code_iso3
        and told.pillar = watched.pillar
where {{ is_rebuilt('told.story_date', is_instant=false) }}
group by
    told.story_date, told.country_code_iso3, told.source_country_code_iso3, told.pillar
