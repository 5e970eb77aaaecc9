{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['coverage_date']}],
    meta={'public': true, 'partition_column': 'coverage_date', 'days_before': 0, 'days_after': 0},
) }}

with facts as (

    select * from {{ ref('fct_document_country') }}
    where {{ is_rebuilt('slot_date', is_instant=false) }}

),

slots as (

    select * from {{ ref('int_slots_classified') }}
    where {{ is_rebuilt('slot_at') }}

),

watchlist as (

    select * from {{ ref('watchlist') }}
    where role in ('focus', 'peer')

),

spine as (

    select
        watchlist.country_code_iso3,
        slots.stream,
        slots.slot_date as coverage_date,
        count(*) filter (where slots.expects_documents)::integer as slots_expected,
        count(*) filter (where slots.has_documents)::integer as slots_received
    from slots
    inner join watchlist
        on
            slots.slot_date >= watchlist.valid_from
            and (watchlist.valid_to is null or slots.slot_date < watchlist.valid_to)
    group by watchlist.country_code_iso3, slots.stream, slots.slot_date

),

-- The first gate that a document fails is what drops it: so the drops add up to the difference.
dropped as (

    select
        country_code_iso3,
        stream,
        slot_date as coverage_date,
        case
            when is_boilerplate then 'boilerplate'
            when not passes_text then 'length'
            when not passes_about then 'about'
            when not passes_audit then 'audit'
            when not passes_foreign then series
            when not passes_known_origin then 'unknown_origin'
            when not passes_time then 'time'
            else 'eligible'
        end as outcome
    from facts

),

counted as (

    select
        country_code_iso3,
        stream,
        coverage_date,
        count(*)::integer as n_documents,
        count(*) filter (where outcome = 'length')::integer as n_dropped_length,
        count(*) filter (where outcome = 'boilerplate')::integer as n_dropped_boilerplate,
        count(*) filter (where outcome = 'about')::integer as n_dropped_about,
        count(*) filter (where outcome = 'audit')::integer as n_dropped_audit,
        count(*) filter (where outcome = 'domestic')::integer as n_dropped_domestic,
        count(*) filter (where outcome = 'owned')::integer as n_dropped_owned,
        count(*) filter (where outcome = 'same_language_abroad')::integer
            as n_dropped_same_language_abroad,
        count(*) filter (where outcome = 'unknown_origin')::integer as n_dropped_unknown_origin,
        count(*) filter (where outcome = 'time')::integer as n_dropped_time,
        count(*) filter (where outcome = 'eligible')::integer as n_eligible
    from dropped
    group by country_code_iso3, stream, coverage_date

),

joined as (

    select
        spine.country_code_iso3,
        spine.coverage_date,
        spine.stream,
        spine.slots_expected,
        spine.slots_received,
        {{ count_if_received('n_documents') }} as n_documents,
        {{ count_if_received('n_dropped_length') }} as n_dropped_length,
        {{ count_if_received('n_dropped_boilerplate') }} as n_dropped_boilerplate,
        {{ count_if_received('n_dropped_about') }} as n_dropped_about,
        {{ count_if_received('n_dropped_audit') }} as n_dropped_audit,
        {{ count_if_received('n_dropped_domestic') }} as n_dropped_domestic,
        {{ count_if_received('n_dropped_owned') }} as n_dropped_owned,
        {{ count_if_received('n_dropped_same_language_abroad') }} as n_dropped_same_language_abroad,
        {{ count_if_received('n_dropped_unknown_origin') }} as n_dropped_unknown_origin,
        {{ count_if_received('n_dropped_time') }} as n_dropped_time,
        {{ count_if_received('n_eligible') }} as n_eligible,
        case when spine.slots_received = 0 then 'no_slot_received' end as suppressed_reason,
        '{{ var("method_version") }}' as method_version
    from spine
    left join counted
        on
            spine.country_code_iso3 = counted.country_code_iso3
            and spine.stream = counted.stream
            and spine.coverage_date = counted.coverage_date

)

select * from joined
