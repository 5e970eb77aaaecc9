{{ config(meta={'public': true}) }}

with uplifts as (

    select * from {{ ref('stg_measuring__event_uplifts') }}

),

events as (

    select * from {{ ref('dim_event') }}

)

select
    uplifts.event_code,
    uplifts.outcome,
    uplifts.source_country_code_iso3,
    events.starts_on,
    events.window_ends_on,
    uplifts.verdict,
    uplifts.evidence,
    uplifts.uplift_log_points,
    uplifts.uplift_low_log_points,
    uplifts.uplift_high_log_points,
    uplifts.interval_level,
    uplifts.difference_log_points,
    uplifts.pre_fit_ratio,
    uplifts.rmspe_ratio,
    uplifts.p_space_value,
    uplifts.p_time_value,
    uplifts.n_windows_before,
    uplifts.n_donors,
    uplifts.smallest_p_value,
    uplifts.n_fit_days,
    uplifts.n_window_days,
    uplifts.excluded_country_codes_iso3,
    uplifts.overlapping_event_codes,
    uplifts.suppressed_reason,
    '{{ var("method_version") }}' as method_version
from uplifts
inner join events on uplifts.event_code = events.event_code
