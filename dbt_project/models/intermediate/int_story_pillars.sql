{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['first_date']}],
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'first_date', 'days_before': 3, 'days_after': 0},
) }}

with stories as (

    select * from {{ ref('mart_story_week') }}
    where series in ('foreign', 'owned') and {{ is_rebuilt('first_date', is_instant=false) }}

),

documents as (

    select * from {{ ref('fct_document_country') }}
    where story_id is not null

),

themes as (

    select * from {{ ref('stg_gdelt__document_themes') }}

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

),

-- A story has one unit in each host country that carried it: the mean of its documents there.
carried as (

    select
        country_code_iso3,
        story_id,
        source_country_code_iso3,
        count(distinct record_id) as n_documents
    from document_pillars
    group by country_code_iso3, story_id, source_country_code_iso3

)

select
    document_pillars.country_code_iso3,
    document_pillars.story_id,
    document_pillars.series,
    document_pillars.first_date,
    document_pillars.source_country_code_iso3,
    min(document_pillars.language_code_iso639_3) as language_code_iso639_3,
    document_pillars.pillar,
    sum(document_pillars.weight) / max(carried.n_documents) as weight
from document_pillars
inner join carried
    on
        document_pillars.country_code_iso3 = carried.country_code_iso3
        and document_pillars.story_id = carried.story_id
        and document_pillars.source_country_code_iso3 = carried.source_country_code_iso3
group by
    document_pillars.country_code_iso3, document_pillars.story_id, document_pillars.series,
    document_pillars.first_date, document_pillars.source_country_code_iso3, document_pillars.pillar
