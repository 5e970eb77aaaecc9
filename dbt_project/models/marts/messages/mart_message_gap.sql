{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['week_start_date']}],
    meta={'public': true, 'partition_column': 'week_start_date', 'days_before': 9, 'days_after': 27},
) }}

with gaps as (

    select * from {{ ref('stg_measuring__message_gaps') }}
    where {{ is_rebuilt('week_start_date', is_instant=false) }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

)

select
    gaps.week_start_date,
    weeks.window_start_date,
    weeks.window_end_date,
    gaps.country_code_iso3,
    gaps.source_country_code_iso3,
    gaps.language_code_iso639_3,
    gaps.pillar,
    gaps.owned_share,
    gaps.foreign_share,
    gaps.log_ratio,
    gaps.log_ratio_p_value,
    gaps.js_divergence_bits,
    gaps.p_value,
    gaps.n_owned_stories,
    gaps.n_foreign_stories,
    gaps.suppressed_reason,
    '{{ var("method_version") }}' as method_version
from gaps
inner join weeks on gaps.week_start_date = weeks.week_start_date
