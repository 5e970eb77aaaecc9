{#- Reach: that of int_dyad_weeks, and the 52 weeks that compare themselves with a changed one. -#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['week_start_date']}],
    meta={'public': true, 'partition_column': 'week_start_date', 'days_before': 13, 'days_after': 366},
) }}

with weeks as (

    select
        *,
        n_verbal_cooperation + n_material_cooperation as n_cooperation,
        n_verbal_conflict + n_material_conflict as n_conflict,
        case
            when n_signals < {{ var('min_signals') }} then 'under_{{ var("min_signals") }}_signals'
            when n_families < {{ var('min_outlets') }} then 'under_{{ var("min_outlets") }}_outlets'
        end as suppressed_reason
    from {{ ref('int_dyad_weeks') }}

),

tiers as (

    select * from {{ ref('partnership_tiers') }}

),

measured as (

    select
        *,
        (n_cooperation - n_conflict)::double precision
        / (n_cooperation + n_conflict + 10) as balance,
        n_material_cooperation::double precision / nullif(n_cooperation, 0) as material_share
    from weeks

),

shown as (

    select
        *,
        case when suppressed_reason is null then balance end as shown_balance
    from measured

),

-- A level alone says nothing, cooperation dominates everywhere: held against the pair's own weeks.
compared as (

    select
        week.week_start_date,
        week.actor1_country_code_iso3,
        week.actor2_country_code_iso3,
        week.stream,
        week.media,
        count(earlier.shown_balance)::integer as n_compared_weeks,
        percentile_cont(0.5) within group (order by earlier.shown_balance)
            as balance_median_52_weeks,
        avg((earlier.shown_balance < week.shown_balance)::integer)::double precision
            as balance_rank_52_weeks
    from shown as week
    inner join shown as earlier
        on
            week.actor1_country_code_iso3 = earlier.actor1_country_code_iso3
            and week.actor2_country_code_iso3 = earlier.actor2_country_code_iso3
            and week.stream = earlier.stream
            and week.media = earlier.media
            and earlier.week_start_date
            between week.week_start_date - 364 and week.week_start_date - 7
    where
        week.shown_balance is not null
        and earlier.shown_balance is not null
        and {{ is_rebuilt('week.week_start_date', is_instant=false) }}
    group by
        week.week_start_date, week.actor1_country_code_iso3, week.actor2_country_code_iso3,
        week.stream, week.media

)

select
    shown.week_start_date,
    shown.week_end_date,
    shown.actor1_country_code_iso3,
    shown.actor2_country_code_iso3,
    shown.stream,
    shown.media,
    shown.n_signals,
    shown.n_families,
    shown.n_verbal_cooperation,
    shown.n_material_cooperation,
    shown.n_verbal_conflict,
    shown.n_material_conflict,
    shown.shown_balance as balance,
    case when shown.suppressed_reason is null then shown.material_share end as material_share,
    10000 * shown.n_root_events::double precision / nullif(shown.n_world_root_events, 0)
        as intensity_per_10000,
    shown.n_root_events,
    shown.n_world_root_events,
    case when shown.suppressed_reason is null then shown.goldstein_median end as goldstein_median,
    shown.n_signals_20,
    case when shown.suppressed_reason is null then shown.balance_20 end as balance_confidence_20,
    shown.n_signals_80,
    case when shown.suppressed_reason is null then shown.balance_80 end as balance_confidence_80,
    coalesce(compared.n_compared_weeks, 0) as n_compared_weeks,
    compared.balance_median_52_weeks,
    compared.balance_rank_52_weeks,
    tiers.tier as partnership_tier,
    tiers.since as partnership_since,
    tiers.is_checked as is_partnership_date_checked,
    shown.suppressed_reason,
    '{{ var("method_version") }}' as method_version
from shown
left join compared
    on
        shown.week_start_date = compared.week_start_date
        and shown.actor1_country_code_iso3 = compared.actor1_country_code_iso3
        and shown.actor2_country_code_iso3 = compared.actor2_country_code_iso3
        and shown.stream = compared.stream
        and shown.media = compared.media
left join lateral (
    select
        partnership_tiers.tier,
        -- As far as the date is known: a day, or a month only.
        case partnership_tiers.valid_from_precision
            when 'day' then to_char(partnership_tiers.valid_from, 'YYYY-MM-DD')
            when 'month' then to_char(partnership_tiers.valid_from, 'YYYY-MM')
        end as since,
        partnership_tiers.is_checked
    from tiers as partnership_tiers
    where
        (partnership_tiers.country_code_iso3, partnership_tiers.partner_country_code_iso3) in (
            (shown.actor1_country_code_iso3, shown.actor2_country_code_iso3),
            (shown.actor2_country_code_iso3, shown.actor1_country_code_iso3)
        )
        and (
            partnership_tiers.valid_from is null
            or partnership_tiers.valid_from <= shown.week_end_date
        )
    order by partnership_tiers.valid_from desc nulls last
    limit 1
) as tiers on true
where {{ is_rebuilt('shown.week_start_date', is_instant=false) }}
