with source as (

    select * from {{ source('measuring', 'response_clock') }}

)

select
    week_start_date,
    window_start_date,
    window_end_date,
    n_cases,
    n_open,
    n_statements,
    n_no_statement,
    n_decided,
    n_correct_ourselves,
    median_hours,
    median_hours_low,
    median_hours_high,
    median_reason,
    p90_hours,
    p90_hours_low,
    p90_hours_high,
    p90_reason,
    n_with_target,
    within_target_share,
    within_target_share_low,
    within_target_share_high,
    no_statement_within_target_share,
    within_target_reason,
    own_error_share,
    own_error_share_low,
    own_error_share_high,
    own_error_reason,
    suppressed_reason
from source
