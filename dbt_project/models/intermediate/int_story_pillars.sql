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
    where series in ('foreign', 'owned') and {{ is_rebuilt('first_date', is_instant=false) }}

),

documents as (

    select * from {{ ref('fct_document_country') }}
    where story_id is not null and {{ is_read('slot_date', days_after=3) }}

),

themes as (

    select * from {{ ref('stg_gdelt__document_themes') }}
    where {{ is_read('slot_at', days_after=3, is_instant=true) }}

),

theme_map as (

    select * from {{ ref('theme_map') }}

),

-- A document's mapped themes share one unit of weight.
document_pillars as (

    select
        stories.country_code_iso3,
        stories.story_id,
        stories.series,
        stories.first_date,
        documents.record_id,
        documents.source_country_code_iso3,
        documents.language_code_iso639_3,
        theme_map.pillar,
        count(*)::double precision
        / sum(count(*)) over (partition by stories.country_code_iso3, documents.record_id)
            as weight
    from stories
    inner join documents
        on
            stories.country_code_iso3 = documents.country_code_iso3
            and stories.story_id = documents.story_id
    inner join themes
        on documents.record_id = themes.record_id and documents.slot_at = themes.slot_at
    inner join theme_map on themes.theme_code = theme_map.theme_code
    group by
        stories.country_code_iso3, stories.story_id, stories.series, stories.first_date,
        documents.record_id, documents.source_country_code_iso3, documents.language_code_iso639_3,
        theme_map.pillar

)

-- A story has one unit in each host country that carried it: the mean of its documents there, whose
-- weights are one each.
select
    country_code_iso3,
    story_id,
    series,
    first_date,
    source_country_code_iso3,
    min(language_code_iso639_3) as language_code_iso639_3,
    pillar,
    sum(weight)
    / sum(sum(weight)) over (partition by country_code_iso3, story_id, source_country_code_iso3)
        as weight
from document_pillars
group by
    country_code_iso3, story_id, series, first_date, source_country_code_iso3, pillar
