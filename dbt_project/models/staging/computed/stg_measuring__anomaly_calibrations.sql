with source as (

    select * from {{ source('measuring', 'anomaly_calibrations') }}

)

select
    statistic as calibrated_statistic,
    month_start_date,
    level_number,
    level_from,
    n_series_days,
    n_independent as n_independent_series_days,
    median as statistic_median,
    fence as statistic_fence,
    tail_center,
    tail_scale,
    alarms_per_100,
    reason as suppressed_reason
from source
