{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['slot_date']}, {'columns': ['country_code_iso3', 'story_id']}],
    meta={'public': true, 'partition_column': 'slot_date', 'days_before': 0, 'days_after': 0},
) }}

with screened as (

    select * from {{ ref('int_documents_screened') }}
    where {{ is_rebuilt('slot_at') }}

),

mirrors as (

    select * from {{ ref('stg_grouping__outlet_mirrors') }}
    where {{ is_rebuilt('family_date', is_instant=false) }}

),

boilerplate as (

    select * from {{ ref('stg_grouping__boilerplate_documents') }}
    where {{ is_rebuilt('slot_date', is_instant=false) }}

),

stories as (

    select * from {{ ref('stg_grouping__story_documents') }}
    where {{ is_rebuilt('slot_date', is_instant=false) }}

),

judged as (

    select
        screened.*,
        coalesce(screened.outlet_group, mirrors.outlet_family, screened.registered_domain)
            as outlet_family,
        boilerplate.record_id is not null as is_boilerplate,
        stories.story_id,
        screened.passes_length and boilerplate.record_id is null as passes_text,
        screened.series in ('foreign', 'unknown') as passes_foreign,
        screened.series <> 'unknown' as passes_known_origin,
        screened.slot_at <= {{ as_of() }} as passes_time
    from screened
    left join mirrors
        on
            screened.registered_domain = mirrors.registered_domain
            and screened.slot_date = mirrors.family_date
    left join boilerplate on screened.record_id = boilerplate.record_id
    left join stories
        on
            screened.record_id = stories.record_id
            and screened.country_code_iso3 = stories.country_code_iso3

)

select
    record_id,
    country_code_iso3,
    slot_at,
    slot_date,
    stream,
    outlet_domain,
    outlet_family,
    source_country_code_iso3,
    series,
    is_aggregator,
    language_code_iso639_3,
    url,
    title_text as title,
    word_count,
    place_mentions,
    all_place_mentions,
    salience,
    has_subnational_place,
    is_named_in_title,
    is_boilerplate,
    passes_text,
    passes_about,
    passes_audit,
    passes_foreign,
    passes_known_origin,
    passes_time,
    passes_text
    and passes_about
    and passes_audit
    and passes_foreign
    and passes_known_origin
    and passes_time as is_eligible,
    story_id,
    '{{ var("method_version") }}' as method_version
from judged
