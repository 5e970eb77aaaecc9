with source as (

    select * from {{ source('measuring', 'anomaly_days') }}

)

select
    story_date as alert_date,
    country_code_iso3,
    source_country_code_iso3,
    pillar,
    slots_expected,
    slots_received,
    n_stories,
    n_families,
    expected as n_stories_expected,
    robust_z,
    count_p as count_p_value,
    statistic as anomaly_statistic,
    p_value,
    q_value,
    is_alert,
    reason as suppressed_reason
from source
