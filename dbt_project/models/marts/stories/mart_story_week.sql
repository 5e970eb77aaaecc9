{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['first_date']}],
    pre_hook='{{ join_by_hash() }}',
    meta={'public': true, 'partition_column': 'first_date', 'days_before': 3, 'days_after': 0},
) }}

-- A story's documents lie within 72 hours of its first, so on its first day or the three after it.
-- The three days before are read as well: a story that began on one would seem to begin later.
with documents as (

    select * from {{ ref('fct_document_country') }}
    where story_id is not null and {{ is_read('slot_date', days_before=3, days_after=3) }}

),

screened as (

    select * from {{ ref('int_documents_screened') }}
    where {{ is_read('slot_date', days_before=3, days_after=3) }}

),

ranks as (

    select * from {{ ref('int_site_ranks') }}

),

outlet_ranks as (

    select
        documents.country_code_iso3,
        documents.record_id,
        documents.story_id,
        documents.series,
        documents.slot_at,
        documents.slot_date,
        documents.stream,
        documents.outlet_domain,
        documents.outlet_family,
        documents.source_country_code_iso3,
        documents.is_aggregator,
        documents.language_code_iso639_3,
        documents.url,
        documents.title,
        screened.tone,
        screened.polarity,
        screened.tone_key,
        case when not documents.is_aggregator then ranks.site_rank end as site_rank
    from documents
    inner join screened
        on
            documents.record_id = screened.record_id
            and documents.country_code_iso3 = screened.country_code_iso3
    left join ranks
        on
            screened.registered_domain = ranks.registered_domain
            and documents.slot_date >= ranks.valid_from
            and documents.slot_date < ranks.valid_to

),

-- Copies of one text count once in a story's tone.
tones as (

    select distinct on (country_code_iso3, story_id, tone_key)
        country_code_iso3,
        story_id,
        tone,
        polarity
    from outlet_ranks
    where tone_key is not null
    order by country_code_iso3, story_id, tone_key, slot_at, record_id

),

story_tones as (

    select
        country_code_iso3,
        story_id,
        count(*)::integer as n_texts,
        percentile_cont(0.5) within group (order by tone) as tone_median,
        percentile_cont(0.5) within group (order by polarity) as polarity_median
    from tones
    group by country_code_iso3, story_id

),

firsts as (

    select distinct on (country_code_iso3, story_id) *
    from outlet_ranks
    order by country_code_iso3, story_id, slot_at, record_id

),

counted as (

    select
        country_code_iso3,
        story_id,
        count(*)::integer as n_documents,
        count(distinct outlet_domain)::integer as n_outlets,
        count(distinct outlet_family)::integer as n_families,
        count(distinct source_country_code_iso3)::integer as n_source_countries,
        count(distinct outlet_family) filter (where tone_key is not null) as n_scored_families,
        min(site_rank) as best_rank,
        max(slot_at) as last_slot_at
    from outlet_ranks
    group by country_code_iso3, story_id

),

joined as (

    select
        firsts.country_code_iso3,
        firsts.story_id,
        firsts.series,
        firsts.slot_at as first_slot_at,
        firsts.slot_date as first_date,
        date_trunc('week', firsts.slot_date)::date as week_start_date,
        counted.last_slot_at,
        firsts.language_code_iso639_3,
        firsts.stream,
        firsts.title,
        firsts.url as first_url,
        firsts.outlet_domain as first_outlet_domain,
        firsts.source_country_code_iso3 as first_source_country_code_iso3,
        counted.n_documents,
        counted.n_outlets,
        counted.n_families,
        counted.n_source_countries,
        counted.best_rank,
        {{ rank_tier('counted.best_rank') }} as best_tier,
        story_tones.tone_median,
        story_tones.polarity_median,
        coalesce(counted.n_scored_families, 0) as n_scored_families
    from firsts
    inner join counted
        on
            firsts.country_code_iso3 = counted.country_code_iso3
            and firsts.story_id = counted.story_id
    left join story_tones
        on
            firsts.country_code_iso3 = story_tones.country_code_iso3
            and firsts.story_id = story_tones.story_id
    where {{ is_rebuilt('firsts.slot_date', is_instant=false) }}

)

select
    country_code_iso3,
    story_id,
    series,
    first_slot_at,
    first_date,
    week_start_date,
    last_slot_at,
    language_code_iso639_3,
    stream,
    title,
    first_url,
    first_outlet_domain,
    first_source_country_code_iso3,
    n_documents,
    n_outlets,
    n_families,
    n_source_countries,
    best_rank,
    best_tier,
    coalesce(greatest(0, 1 - log(best_rank) / 6), 0)::double precision as reach_index,
    case when n_scored_families >= {{ var('min_outlets') }} then tone_median end as tone_median,
    case when n_scored_families >= {{ var('min_outlets') }} then polarity_median end
        as polarity_median,
    case
        when n_scored_families >= {{ var('min_outlets') }}
            then
                polarity_median >= {{ var('min_contested_polarity') }}
                and abs(tone_median) <= {{ var('max_contested_lean') }} * polarity_median
    end as is_contested,
    case
        when
            n_scored_families < {{ var('min_outlets') }}
            then 'under_{{ var("min_outlets") }}_outlets'
    end as suppressed_reason,
    '{{ var("method_version") }}' as method_version
from joined
