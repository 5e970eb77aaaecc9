{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['slot_date']}],
    meta={'public': true, 'partition_column': 'slot_date', 'days_before': 0, 'days_after': 0},
) }}

with documents as (

    select * from {{ ref('stg_gdelt__documents') }}
    where {{ is_rebuilt('slot_at') }}

),

places as (

    select * from {{ ref('int_document_places_mapped') }}
    where {{ is_rebuilt('slot_at') }}

),

watchlist as (

    select * from {{ ref('watchlist') }}
    where role in ('focus', 'peer')

),

outlets as (

    select * from {{ ref('dim_outlet') }}

),

countries as (

    select * from {{ ref('countries') }}

),

placed as (

    select
        documents.record_id,
        places.country_code_iso3,
        documents.slot_at,
        documents.slot_date,
        documents.stream,
        documents.outlet_domain,
        outlets.country_code_iso3 as source_country_code_iso3,
        -- By the focus of the document's day: dim_outlet's type is relative to that of the build's
        -- instant, and a row must not depend on when it was built. Only aggregators are the same.
        coalesce(
            watchlist.role = 'focus'
            and outlets.outlet_type <> 'aggregator'
            and outlets.country_code_iso3 <> places.country_code_iso3
            and outlets.language_code_iso639_3 = countries.distinctive_language_code_iso639_3,
            false
        ) as is_same_language_abroad,
        documents.language_code_iso639_3,
        documents.url,
        documents.title,
        documents.word_count,
        places.place_mentions,
        places.all_place_mentions,
        places.has_subnational_place
    from documents
    inner join places
        on documents.record_id = places.record_id and documents.slot_at = places.slot_at
    inner join watchlist
        on
            places.country_code_iso3 = watchlist.country_code_iso3
            and documents.slot_date >= watchlist.valid_from
            and (watchlist.valid_to is null or documents.slot_date < watchlist.valid_to)
    left join countries on places.country_code_iso3 = countries.country_code_iso3
    left join outlets on documents.outlet_domain = outlets.outlet_domain

),

measured as (

    select
        *,
        case
            when source_country_code_iso3 is null then 'unknown'
            when source_country_code_iso3 = country_code_iso3 then 'domestic'
            else 'foreign'
        end as source_relation,
        place_mentions::double precision / nullif(all_place_mentions, 0) as salience,
        coalesce(word_count >= {{ var('min_words') }}, false) as has_enough_words
    from placed

),

judged as (

    select
        *,
        coalesce(
            salience >= {{ var('min_salience') }}
            and place_mentions >= {{ var('min_place_mentions') }},
            false
        ) as is_salient
    from measured

)

select
    record_id,
    country_code_iso3,
    slot_at,
    slot_date,
    stream,
    outlet_domain,
    source_country_code_iso3,
    source_relation,
    language_code_iso639_3,
    url,
    title,
    word_count,
    place_mentions,
    all_place_mentions,
    salience,
    has_subnational_place,
    has_enough_words,
    is_salient,
    has_enough_words and is_salient and not is_same_language_abroad as is_eligible,
    '{{ var("method_version") }}' as method_version
from judged
