{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['trust_date']}],
    meta={'public': true, 'partition_column': 'trust_date', 'days_before': 0, 'days_after': 28},
) }}

with slots as (

    select * from {{ ref('int_slots_classified') }}
    where {{ is_rebuilt('slot_at') }}

),

outlet_days as (

    select * from {{ ref('fct_outlet_day') }}
    where {{ is_rebuilt('coverage_date', is_instant=false) }}

),

outlets as (

    select * from {{ ref('dim_outlet') }}

),

screening_days as (

    select
        *,
        n_copies::double precision / nullif(n_story_documents, 0) as duplicate_share
    from {{ ref('int_screening_days') }}

),

-- The band of the 28 days before: what is usual for this stream. A day is not in its own band.
bands as (

    select
        day.coverage_date,
        day.stream,
        count(earlier.duplicate_share)::integer as n_band_days,
        percentile_cont(0.05) within group (order by earlier.duplicate_share) as band_low,
        percentile_cont(0.95) within group (order by earlier.duplicate_share) as band_high
    from screening_days as day
    inner join screening_days as earlier
        on
            day.stream = earlier.stream
            and earlier.coverage_date between day.coverage_date - 28 and day.coverage_date - 1
    where {{ is_rebuilt('day.coverage_date', is_instant=false) }}
    group by day.coverage_date, day.stream

),

spine as (

    select
        days.trust_date,
        streams.stream
    from (select distinct slot_date as trust_date from slots) as days
    cross join (values ('english'), ('translation'), ('all')) as streams (stream)

),

slots_counted as (

    select
        slot_date as trust_date,
        coalesce(stream, 'all') as stream,
        count(*)::integer as slots_expected,
        count(*) filter (where slot_state = 'received')::integer as slots_received,
        count(*) filter (where slot_state = 'missing')::integer as slots_missing,
        count(*) filter (where slot_state = 'gap')::integer as slots_gap,
        count(*) filter (where slot_state = 'refused')::integer as slots_refused,
        count(*) filter (where slot_state = 'empty')::integer as slots_empty,
        bool_or(has_documents) as has_documents,
        sum(rows_read) as rows_read,
        sum(rows_rejected) as rows_rejected,
        max(slot_at) filter (where slot_state = 'received') as newest_slot_at,
        max(slot_at) as newest_expected_slot_at
    from slots
    group by grouping sets ((slot_date, stream), (slot_date))

),

documents_counted as (

    select
        outlet_days.coverage_date as trust_date,
        coalesce(outlet_days.stream, 'all') as stream,
        sum(outlet_days.documents)::integer as n_documents,
        coalesce(sum(outlet_days.documents) filter (where outlets.country_code_iso3 is null), 0)
            as n_unknown_outlet_documents,
        coalesce(sum(outlet_days.documents) filter (where outlet_days.stream = 'translation'), 0)
            as n_translated_documents
    from outlet_days
    left join outlets on outlet_days.outlet_domain = outlets.outlet_domain
    group by
        grouping sets (
            (outlet_days.coverage_date, outlet_days.stream), (outlet_days.coverage_date)
        )

),

joined as (

    select
        spine.trust_date,
        spine.stream,
        coalesce(slots_counted.slots_expected, 0) as slots_expected,
        coalesce(slots_counted.slots_received, 0) as slots_received,
        coalesce(slots_counted.slots_missing, 0) as slots_missing,
        coalesce(slots_counted.slots_gap, 0) as slots_gap,
        coalesce(slots_counted.slots_refused, 0) as slots_refused,
        coalesce(slots_counted.slots_empty, 0) as slots_empty,
        slots_counted.slots_received::double precision / nullif(slots_counted.slots_expected, 0)
            as received_share,
        case when slots_counted.has_documents then coalesce(documents_counted.n_documents, 0) end
            as n_documents,
        documents_counted.n_unknown_outlet_documents::double precision
        / nullif(documents_counted.n_documents, 0) as unknown_outlet_share,
        case
            when spine.stream = 'all'
                then
                    documents_counted.n_translated_documents::double precision
                    / nullif(documents_counted.n_documents, 0)
        end as translated_share,
        slots_counted.rows_rejected::double precision / nullif(slots_counted.rows_read, 0)
            as rejected_row_share,
        screening_days.n_boilerplate_documents::double precision
        / nullif(screening_days.n_watched_documents, 0) as boilerplate_share,
        screening_days.duplicate_share,
        case when bands.n_band_days >= {{ var('min_band_days') }} then bands.band_low end
            as duplicate_share_band_low,
        case when bands.n_band_days >= {{ var('min_band_days') }} then bands.band_high end
            as duplicate_share_band_high,
        slots_counted.newest_slot_at,
        slots_counted.newest_expected_slot_at,
        '{{ var("method_version") }}' as method_version
    from spine
    left join slots_counted
        on spine.trust_date = slots_counted.trust_date and spine.stream = slots_counted.stream
    left join documents_counted
        on
            spine.trust_date = documents_counted.trust_date
            and spine.stream = documents_counted.stream
    left join screening_days
        on
            spine.trust_date = screening_days.coverage_date
            and spine.stream = screening_days.stream
    left join bands
        on spine.trust_date = bands.coverage_date and spine.stream = bands.stream

)

select * from joined
