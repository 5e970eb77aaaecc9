{{ config(meta={'public': true}) }}

with days as (

    select * from {{ ref('stg_measuring__event_uplift_days') }}

)

select
    event_code,
    outcome,
    source_country_code_iso3,
    attention_date,
    is_window,
    attention_per_10000,
    counterfactual_per_10000,
    gap_log_points,
    suppressed_reason,
    '{{ var("method_version") }}' as method_version
from days
