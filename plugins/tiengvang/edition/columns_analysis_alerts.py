"""The columns of alerts and shifts that an edition reads, and the type of each."""

from __future__ import annotations

# Weeks of the calendar: the newest ends with the edition.
CALENDAR_WEEKS = 26

ALERTS = {
    "alert_date": "object",
    "country_code_iso3": "str",
    "source_country_code_iso3": "str",
    "pillar": "str",
    "n_stories": "Int64",
    "n_families": "Int64",
    "n_stories_expected": "float64",
    "anomaly_statistic": "float64",
    "p_value": "float64",
    "q_value": "float64",
    "is_alert": "boolean",
    "slots_expected": "Int64",
    "slots_received": "Int64",
    "unknown_outlet_share": "float64",
    "duplicate_share": "float64",
    "duplicate_share_band_low": "float64",
    "duplicate_share_band_high": "float64",
    "boilerplate_share": "float64",
    "suppressed_reason": "str",
    "method_version": "str",
}
ALERT_STORIES = {
    "alert_date": "object",
    "country_code_iso3": "str",
    "source_country_code_iso3": "str",
    "pillar": "str",
    "story_rank": "Int64",
    "story_id": "str",
    "title": "str",
    "first_url": "str",
    "first_outlet_domain": "str",
    "language_code_iso639_3": "str",
    "n_documents": "Int64",
    "n_families": "Int64",
    "method_version": "str",
}
ALERT_CALIBRATIONS = {
    "calibrated_statistic": "str",
    "month_start_date": "object",
    "level_number": "Int64",
    "level_from": "float64",
    "n_series_days": "Int64",
    "n_independent_series_days": "Int64",
    "statistic_median": "float64",
    "statistic_fence": "float64",
    "tail_center": "float64",
    "tail_scale": "float64",
    "alarms_per_100": "float64",
    "suppressed_reason": "str",
    "method_version": "str",
}
TONE_SHIFTS = {
    "story_date": "object",
    "country_code_iso3": "str",
    "source_country_code_iso3": "str",
    "stratum": "str",
    "n_stories": "Int64",
    "n_families": "Int64",
    "tone_premium_of_day": "float64",
    "tone_shift": "float64",
    "changed_on": "object",
    "shift_direction": "str",
    "shift_statistic": "float64",
    "p_value": "float64",
    "q_value": "float64",
    "is_shift": "boolean",
    "suppressed_reason": "str",
    "method_version": "str",
}
BY_ALERT_FRAME = {
    "alerts": ALERTS,
    "alert_stories": ALERT_STORIES,
    "alert_calibrations": ALERT_CALIBRATIONS,
    "tone_shifts": TONE_SHIFTS,
}
ALERTS_WITHHELD = ["p_value", "q_value", "is_alert"]
SHIFTS_WITHHELD = ["tone_shift", "changed_on", "shift_direction", "p_value", "q_value", "is_shift"]
