"""The columns of leads of coverage that an edition reads, and the type of each."""

from __future__ import annotations

LEADS = {
    "partner_country_code_iso3": "str",
    "leading_series": "str",
    "outcome_series": "str",
    "lag_periods": "Int64",
    "rhythm": "str",
    "first_period_date": "object",
    "last_period_date": "object",
    "n_periods": "Int64",
    "n_periods_needed": "Int64",
    "correlation": "float64",
    "correlation_threshold": "float64",
    "raw_correlation": "float64",
    "strongest_lag_periods": "Int64",
    "p_value": "float64",
    "q_value": "float64",
    "forecast_gain_share": "float64",
    "verdict": "str",
    "suppressed_reason": "str",
    "method_version": "str",
}
LEADS_WITHHELD = [
    *("correlation", "correlation_threshold", "raw_correlation", "strongest_lag_periods"),
    *("p_value", "q_value", "forecast_gain_share"),
]
