{{ config(meta={'public': true}) }}

with calibrations as (

    select * from {{ ref('stg_measuring__anomaly_calibrations') }}

)

select
    calibrated_statistic,
    month_start_date,
    level_number,
    level_from,
    n_series_days,
    n_independent_series_days,
    statistic_median,
    statistic_fence,
    tail_center,
    tail_scale,
    alarms_per_100,
    suppressed_reason,
    '{{ var("method_version") }}' as method_version
from calibrations
