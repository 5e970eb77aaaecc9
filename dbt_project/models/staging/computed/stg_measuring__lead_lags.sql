with source as (

    select * from {{ source('measuring', 'lead_lags') }}

)

select
    country_code_iso3,
    partner_country_code_iso3,
    leading_series,
    outcome_series,
    lag_periods,
    rhythm,
    first_period_date,
    last_period_date,
    n_periods,
    n_periods_needed,
    correlation,
    correlation_threshold,
    raw_correlation,
    strongest_lag_periods,
    p_value,
    q_value,
    forecast_gain_share,
    verdict,
    suppressed_reason
from source
