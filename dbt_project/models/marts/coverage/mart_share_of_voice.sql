{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['week_start_date']}],
    meta={'public': true, 'partition_column': 'week_start_date', 'days_before': 6, 'days_after': 27},
) }}

with shares as (

    select * from {{ ref('stg_measuring__share_of_voice') }}
    where {{ is_rebuilt('week_start_date', is_instant=false) }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

)

select
    shares.week_start_date,
    weeks.window_start_date,
    weeks.window_end_date,
    shares.country_code_iso3,
    shares.source_country_code_iso3,
    shares.stream,
    shares.n_documents,
    shares.n_all_documents,
    shares.n_outlets,
    shares.attention_balanced_per_10000,
    shares.attention_pooled_per_10000,
    shares.share_of_voice,
    shares.share_of_voice_low,
    shares.share_of_voice_high,
    shares.share_of_voice_pooled,
    shares.compared_country_codes_iso3,
    shares.suppressed_reason,
    '{{ var("method_version") }}' as method_version
from shares
inner join weeks on shares.week_start_date = weeks.week_start_date
