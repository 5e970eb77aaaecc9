{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['coverage_date']}],
    meta={'public': true, 'partition_column': 'coverage_date', 'days_before': 0, 'days_after': 0},
) }}

with slots as (

    select * from {{ ref('int_slots_classified') }}
    where {{ is_rebuilt('slot_at') }}

),

watchlist as (

    select * from {{ ref('watchlist') }}
    where role in ('focus', 'peer')

),

outlet_days as (

    select * from {{ ref('fct_outlet_day') }}
    where {{ is_rebuilt('coverage_date', is_instant=false) }}

),

outlets as (

    select * from {{ ref('dim_outlet') }}

),

curated as (

    select * from {{ ref('int_outlets_curated') }}

),

facts as (

    select * from {{ ref('fct_document_country') }}
    where
        passes_text
        and passes_about
        and passes_audit
        and passes_time
        and series <> 'same_language_abroad'
        and {{ is_rebuilt('slot_date', is_instant=false) }}

),

-- Source countries of which an audit left documents out: none at all is no quiet day there.
audited as (

    select distinct
        slot_date as coverage_date,
        country_code_iso3,
        coalesce(source_country_code_iso3, 'unknown') as source_country_code_iso3
    from {{ ref('fct_document_country') }}
    where
        not passes_audit
        and passes_text
        and passes_about
        and passes_time
        and series <> 'same_language_abroad'
        and {{ is_rebuilt('slot_date', is_instant=false) }}

),

days as (

    select
        slot_date as coverage_date,
        count(*) filter (where expects_documents)::integer as slots_expected,
        count(*) filter (where has_documents)::integer as slots_received
    from slots
    group by slot_date

),

watched_days as (

    select
        days.*,
        watchlist.country_code_iso3
    from days
    inner join watchlist
        on
            days.coverage_date >= watchlist.valid_from
            and (watchlist.valid_to is null or days.coverage_date < watchlist.valid_to)

),

host_countries as (

    select distinct country_code_iso3 from curated

),

publishing as (

    select distinct
        outlet_days.coverage_date,
        coalesce(outlets.country_code_iso3, 'unknown') as source_country_code_iso3
    from outlet_days
    left join outlets on outlet_days.outlet_domain = outlets.outlet_domain

),

-- Source countries of a day: curated hosts, countries whose outlets published anything that day,
-- the watched country itself, and 'unknown'. All of it is known from the day alone, so that a day's
-- rows do not depend on the days around it.
source_days as (

    select
        watched_days.coverage_date,
        watched_days.country_code_iso3,
        host_countries.country_code_iso3 as source_country_code_iso3
    from watched_days
    cross join host_countries
    union distinct
    select
        watched_days.coverage_date,
        watched_days.country_code_iso3,
        publishing.source_country_code_iso3
    from watched_days
    inner join publishing on watched_days.coverage_date = publishing.coverage_date
    union distinct
    select
        watched_days.coverage_date,
        watched_days.country_code_iso3,
        fixed.source_country_code_iso3
    from watched_days
    cross join lateral (values ('unknown'), (watched_days.country_code_iso3))
        as fixed (source_country_code_iso3)

),

tones as (

    select distinct
        record_id,
        tone
    from {{ ref('int_documents_screened') }}
    where {{ is_rebuilt('slot_at') }}

),

counted as (

    select
        facts.slot_date as coverage_date,
        facts.country_code_iso3,
        coalesce(facts.source_country_code_iso3, 'unknown') as source_country_code_iso3,
        count(*)::integer as n_documents,
        count(distinct facts.outlet_domain)::integer as n_outlets,
        count(distinct facts.outlet_domain) filter (where tones.tone is not null)
            as n_scored_outlets,
        avg(tones.tone::numeric)::double precision as tone_mean
    from facts
    left join tones on facts.record_id = tones.record_id
    group by
        facts.slot_date,
        facts.country_code_iso3,
        coalesce(facts.source_country_code_iso3, 'unknown')

),

joined as (

    select
        source_days.country_code_iso3,
        source_days.source_country_code_iso3,
        source_days.coverage_date,
        watched_days.slots_expected,
        watched_days.slots_received,
        counted.n_documents,
        counted.n_outlets,
        counted.n_scored_outlets,
        counted.tone_mean,
        case
            when watched_days.slots_received = 0 then 'no_slot_received'
            when counted.n_documents is null and audited.coverage_date is not null
                then 'language_suppressed'
            when counted.n_scored_outlets between 1 and {{ var('min_outlets') }} - 1
                then 'under_{{ var("min_outlets") }}_outlets'
        end as suppressed_reason
    from source_days
    inner join watched_days
        on
            source_days.coverage_date = watched_days.coverage_date
            and source_days.country_code_iso3 = watched_days.country_code_iso3
    left join counted
        on
            source_days.coverage_date = counted.coverage_date
            and source_days.country_code_iso3 = counted.country_code_iso3
            and source_days.source_country_code_iso3 = counted.source_country_code_iso3
    left join audited
        on
            source_days.coverage_date = audited.coverage_date
            and source_days.country_code_iso3 = audited.country_code_iso3
            and source_days.source_country_code_iso3 = audited.source_country_code_iso3

)

select
    country_code_iso3,
    source_country_code_iso3,
    coverage_date,
    case
        when source_country_code_iso3 = 'unknown' then 'unknown'
        when source_country_code_iso3 = country_code_iso3 then 'domestic'
        else 'foreign'
    end as source_relation,
    case
        when suppressed_reason in ('no_slot_received', 'language_suppressed') then null
        else coalesce(n_documents, 0)
    end as n_documents,
    case
        when suppressed_reason in ('no_slot_received', 'language_suppressed') then null
        else coalesce(n_outlets, 0)
    end as n_outlets,
    case when suppressed_reason is null then tone_mean end as tone_mean,
    slots_expected,
    slots_received,
    suppressed_reason,
    '{{ var("method_version") }}' as method_version
from joined
