{#-
    Reach: an event's partition changes up to 7 days back and one ahead (fct_event), and an event can
    repeat one of the evening before its week; a week starts up to 6 days before its day.
-#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['week_start_date']}],
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'week_start_date', 'days_before': 13, 'days_after': 2},
) }}

with weeks as (

    select * from {{ ref('int_weeks') }}
    where {{ is_rebuilt('week_start_date', is_instant=false) }}

),

watched as (

    select * from {{ ref('watchlist') }}
    where role in ('focus', 'peer')

),

outlets as (

    select * from {{ ref('int_outlets_resolved') }}

),

totals as (

    select * from {{ ref('stg_gdelt__event_totals') }}

),

-- The evening before the week is read too: an event can repeat one of it.
pairs as (

    select
        weeks.week_start_date,
        weeks.window_end_date as week_end_date,
        events.global_event_id,
        events.slot_at,
        events.slot_date,
        events.stream,
        events.event_date,
        events.actor1_country_code_iso3,
        events.actor2_country_code_iso3,
        events.event_root_code,
        coalesce(events.action_geo_feature_id, '') as place,
        events.quad_class,
        events.goldstein_scale,
        coalesce(events.confidence_percent_max, 0) as confidence_percent,
        coalesce(outlets.outlet_group, outlets.registered_domain, events.outlet_domain)
            as outlet_family,
        case
            when
                outlets.country_code_iso3
                in (events.actor1_country_code_iso3, events.actor2_country_code_iso3)
                then 'party'
            when outlets.country_code_iso3 is null then 'unknown'
            else 'third'
        end as media
    from weeks
    inner join {{ ref('fct_event') }} as events
        on events.slot_date between weeks.week_start_date - 1 and weeks.window_end_date
    left join outlets on events.outlet_domain = outlets.outlet_domain
    where
        events.is_root_event
        and events.actor1_country_code_iso3 <> events.actor2_country_code_iso3
        and exists (
            select 1 from watched
            where
                watched.country_code_iso3
                in (events.actor1_country_code_iso3, events.actor2_country_code_iso3)
                and events.slot_date >= watched.valid_from
                and (watched.valid_to is null or events.slot_date < watched.valid_to)
        )

),

thresholds as (

    select min_confidence from (values (20), (50), (80)) as levels (min_confidence)

),

spaced as (

    select
        thresholds.min_confidence,
        pairs.*,
        pairs.slot_at - lag(pairs.slot_at) over (
            partition by
                thresholds.min_confidence, pairs.week_start_date, pairs.stream, pairs.media,
                pairs.event_date, pairs.actor1_country_code_iso3, pairs.actor2_country_code_iso3,
                pairs.event_root_code, pairs.place
            order by pairs.slot_at, pairs.global_event_id
        ) as since_last
    from pairs
    inner join thresholds on pairs.confidence_percent >= thresholds.min_confidence

),

-- The same two actors, kind, place and date within 180 minutes of the last one: one signal.
signals as (

    select * from spaced
    where
        slot_date >= week_start_date
        and (since_last is null or since_last > interval '180 minutes')

),

counted as (

    select
        week_start_date,
        actor1_country_code_iso3,
        actor2_country_code_iso3,
        stream,
        media,
        count(*) filter (where min_confidence = 50)::integer as n_signals,
        count(distinct outlet_family) filter (where min_confidence = 50)::integer as n_families,
        count(*) filter (where min_confidence = 50 and quad_class = 1)::integer
            as n_verbal_cooperation,
        count(*) filter (where min_confidence = 50 and quad_class = 2)::integer
            as n_material_cooperation,
        count(*) filter (where min_confidence = 50 and quad_class = 3)::integer
            as n_verbal_conflict,
        count(*) filter (where min_confidence = 50 and quad_class = 4)::integer
            as n_material_conflict,
        percentile_cont(0.5) within group (order by goldstein_scale)
        filter (where min_confidence = 50) as goldstein_median,
        count(*) filter (where min_confidence = 20)::integer as n_signals_20,
        count(*) filter (where min_confidence = 80)::integer as n_signals_80,
        {{ balance(20) }} as balance_20,
        {{ balance(80) }} as balance_80
    from signals
    group by
        week_start_date, actor1_country_code_iso3, actor2_country_code_iso3, stream, media

),

-- Raw events of a pair, repeats included and by media of any country: what intensity is counted in.
raw_pairs as (

    select
        week_start_date,
        week_end_date,
        actor1_country_code_iso3,
        actor2_country_code_iso3,
        stream,
        media,
        (sum(count(*)) over (
            partition by
                week_start_date, actor1_country_code_iso3, actor2_country_code_iso3, stream
        ))::integer as n_root_events
    from pairs
    where slot_date >= week_start_date
    group by
        week_start_date, week_end_date, actor1_country_code_iso3, actor2_country_code_iso3, stream,
        media

),

worlds as (

    select
        weeks.week_start_date,
        totals.stream,
        sum(totals.root_pair_events)::bigint as n_world_root_events
    from weeks
    inner join totals
        on totals.slot_date between weeks.week_start_date and weeks.window_end_date
    group by weeks.week_start_date, totals.stream

)

select
    raw_pairs.week_start_date,
    raw_pairs.week_end_date,
    raw_pairs.actor1_country_code_iso3,
    raw_pairs.actor2_country_code_iso3,
    raw_pairs.stream,
    raw_pairs.media,
    raw_pairs.n_root_events,
    worlds.n_world_root_events,
    coalesce(counted.n_signals, 0) as n_signals,
    coalesce(counted.n_families, 0) as n_families,
    coalesce(counted.n_verbal_cooperation, 0) as n_verbal_cooperation,
    coalesce(counted.n_material_cooperation, 0) as n_material_cooperation,
    coalesce(counted.n_verbal_conflict, 0) as n_verbal_conflict,
    coalesce(counted.n_material_conflict, 0) as n_material_conflict,
    counted.goldstein_median,
    coalesce(counted.n_signals_20, 0) as n_signals_20,
    counted.balance_20,
    coalesce(counted.n_signals_80, 0) as n_signals_80,
    counted.balance_80
from raw_pairs
left join worlds
    on
        raw_pairs.week_start_date = worlds.week_start_date
        and raw_pairs.stream = worlds.stream
left join counted
    on
        raw_pairs.week_start_date = counted.week_start_date
        and raw_pairs.actor1_country_code_iso3 = counted.actor1_country_code_iso3
        and raw_pairs.actor2_country_code_iso3 = counted.actor2_country_code_iso3
        and raw_pairs.stream = counted.stream
        and raw_pairs.media = counted.media
