{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['slot_at']}, {'columns': ['slot_date']}, {'columns': ['record_id']}],
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'slot_date', 'days_before': 0, 'days_after': 0},
) }}

with documents as (

    select * from {{ ref('stg_gdelt__documents') }}
    where {{ is_rebuilt('slot_at') }}

),

editions as (

    select outlet_domain from {{ ref('int_outlets_resolved') }}
    where evidence in ('seed', 'sample')

),

-- Where the host of the address is curated, it says which edition published the document.
published as (

    select
        documents.*,
        coalesce(editions.outlet_domain, documents.outlet_domain) as publishing_domain
    from documents
    left join editions on documents.url_host = editions.outlet_domain

),

titles as (

    select * from {{ ref('stg_reading__document_titles') }}
    where {{ is_rebuilt('slot_at') }}

),

named as (

    select * from {{ ref('stg_reading__named_countries') }}
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

    select * from {{ ref('int_outlets_resolved') }}

),

countries as (

    select * from {{ ref('countries') }}

),

suppressed as (

    select * from {{ ref('int_language_audits') }}
    where is_under

),

-- A document is a candidate for every country that it places or that its title names.
sightings as (

    select
        record_id,
        country_code_iso3,
        place_mentions,
        all_place_mentions,
        has_subnational_place,
        false as is_named_in_title
    from places
    union all
    select
        record_id,
        country_code_iso3,
        0 as place_mentions,
        0 as all_place_mentions,
        false as has_subnational_place,
        true as is_named_in_title
    from named

),

candidates as (

    select
        record_id,
        country_code_iso3,
        max(place_mentions) as place_mentions,
        max(all_place_mentions) as all_place_mentions,
        bool_or(has_subnational_place) as has_subnational_place,
        bool_or(is_named_in_title) as is_named_in_title
    from sightings
    group by record_id, country_code_iso3

),

placed as (

    select
        published.record_id,
        candidates.country_code_iso3,
        published.slot_at,
        published.slot_date,
        published.stream,
        published.publishing_domain as outlet_domain,
        outlets.registered_domain,
        outlets.outlet_group,
        outlets.country_code_iso3 as source_country_code_iso3,
        coalesce(outlets.outlet_kind = 'aggregator', false) as is_aggregator,
        outlets.outlet_kind,
        coalesce(
            outlets.language_code_iso639_3 = countries.distinctive_language_code_iso639_3, false
        )
            as is_in_own_language,
        published.language_code_iso639_3,
        published.url,
        titles.title_text,
        titles.title_key,
        titles.url_key,
        titles.title_word_count,
        published.word_count,
        published.tone,
        published.polarity,
        published.tone_key,
        candidates.place_mentions,
        candidates.all_place_mentions,
        candidates.has_subnational_place,
        candidates.is_named_in_title,
        suppressed.country_code_iso3 is null as passes_audit
    from candidates
    inner join published on candidates.record_id = published.record_id
    inner join titles on candidates.record_id = titles.record_id
    inner join watchlist
        on
            candidates.country_code_iso3 = watchlist.country_code_iso3
            and published.slot_date >= watchlist.valid_from
            and (watchlist.valid_to is null or published.slot_date < watchlist.valid_to)
    inner join countries on candidates.country_code_iso3 = countries.country_code_iso3
    left join outlets on published.publishing_domain = outlets.outlet_domain
    left join suppressed
        on
            candidates.country_code_iso3 = suppressed.country_code_iso3
            and published.language_code_iso639_3 = suppressed.language_code_iso639_3
            and published.slot_date >= suppressed.valid_from
            and published.slot_date < suppressed.valid_to

),

measured as (

    select
        *,
        place_mentions::double precision / nullif(all_place_mentions, 0) as salience,
        case
            when source_country_code_iso3 is null then 'unknown'
            when source_country_code_iso3 = country_code_iso3 and outlet_kind = 'foreign_language'
                then 'owned'
            when source_country_code_iso3 = country_code_iso3 then 'domestic'
            when is_in_own_language and not is_aggregator then 'same_language_abroad'
            else 'foreign'
        end as series,
        coalesce(word_count >= {{ var('min_words') }}, false) as passes_length
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
    coalesce(registered_domain, outlet_domain) as registered_domain,
    outlet_group,
    source_country_code_iso3,
    series,
    is_aggregator,
    language_code_iso639_3,
    url,
    url_key,
    title_text,
    title_key,
    title_word_count,
    word_count,
    tone,
    polarity,
    tone_key,
    place_mentions,
    all_place_mentions,
    salience,
    has_subnational_place,
    is_named_in_title,
    passes_length,
    is_salient,
    -- A machine's translation can take the name of a person or dish for a place: there, salience
    -- alone is not enough.
    is_named_in_title
    or (is_salient and (stream = 'english' or has_subnational_place)) as passes_about,
    passes_audit
from judged
