with source as (

    select * from {{ source('measuring', 'event_uplifts') }}

)

select
    event_code,
    outcome,
    source_country_code_iso3,
    verdict,
    evidence,
    uplift as uplift_log_points,
    uplift_low as uplift_low_log_points,
    uplift_high as uplift_high_log_points,
    interval_level,
    difference as difference_log_points,
    pre_fit as pre_fit_ratio,
    rmspe_ratio,
    p_space as p_space_value,
    p_time as p_time_value,
    n_windows_before,
    n_donors,
    smallest_p_value,
    n_fit_days,
    n_window_days,
    excluded_country_codes_iso3,
    overlapping_event_codes,
    suppressed_reason
from source
