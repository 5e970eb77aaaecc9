{#- Reach: that of int_tone_units and of a window of 28 days. -#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['week_start_date']}],
    meta={'public': true, 'partition_column': 'week_start_date', 'days_before': 12, 'days_after': 390},
) }}

with premiums as (

    select * from {{ ref('stg_measuring__tone_premiums') }}
    where {{ is_rebuilt('week_start_date', is_instant=false) }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

)

select
    premiums.week_start_date,
    weeks.window_start_date,
    weeks.window_end_date,
    premiums.country_code_iso3,
    premiums.source_area,
    premiums.stratum,
    premiums.n_stories,
    premiums.n_outlets,
    premiums.tone_premium,
    premiums.tone_premium_low,
    premiums.tone_premium_high,
    premiums.n_peers,
    premiums.tone_premium_over_peers,
    premiums.tone_premium_over_peers_low,
    premiums.tone_premium_over_peers_high,
    premiums.suppressed_reason,
    '{{ var("method_version") }}' as method_version
from premiums
inner join weeks on premiums.week_start_date = weeks.week_start_date
