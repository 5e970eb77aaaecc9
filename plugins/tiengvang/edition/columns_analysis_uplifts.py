"""The columns of uplifts of events that an edition reads, and the type of each."""

from __future__ import annotations

_KEY = dict.fromkeys(("event_code", "outcome", "source_country_code_iso3"), "str")
_ENDS = ("uplift_log_points", "uplift_low_log_points", "uplift_high_log_points")
_FIGURES = (
    *(*_ENDS, "interval_level", "difference_log_points"),
    *("rmspe_ratio", "p_space_value", "p_time_value"),
)
UPLIFTS = {
    **_KEY,
    "starts_on": "object",
    "window_ends_on": "object",
    "verdict": "str",
    "evidence": "str",
    **dict.fromkeys(_FIGURES, "float64"),
    "n_windows_before": "Int64",
    "pre_fit_ratio": "float64",
    "n_donors": "Int64",
    "smallest_p_value": "float64",
    "n_fit_days": "Int64",
    "n_window_days": "Int64",
    "excluded_country_codes_iso3": "object",
    "overlapping_event_codes": "object",
    "suppressed_reason": "str",
    "method_version": "str",
}
UPLIFT_DAYS = {
    **_KEY,
    "attention_date": "object",
    "is_window": "boolean",
    "attention_per_10000": "float64",
    "counterfactual_per_10000": "float64",
    "gap_log_points": "float64",
    "suppressed_reason": "str",
    "method_version": "str",
}
UPLIFT_DONORS = {
    **_KEY,
    "donor_country_code_iso3": "str",
    "weight_share": "float64",
    "rmspe_ratio": "float64",
    "method_version": "str",
}
BY_UPLIFT_FRAME = {
    "uplifts": UPLIFTS,
    "uplift_days": UPLIFT_DAYS,
    "uplift_donors": UPLIFT_DONORS,
}
UPLIFT_WITHHELD = {
    "uplifts": [*_FIGURES, "n_windows_before"],
    "uplift_days": ["counterfactual_per_10000", "gap_log_points"],
}
# Columns that hold several codes.
UPLIFT_LISTS = ("excluded_country_codes_iso3", "overlapping_event_codes")
# An event is told of for so long after the last day on which an effect is looked for.
UPLIFT_DAYS_BACK = 56
