"""Mutations of uplifts of events: each makes exactly one expectation of the marts door fail."""

from __future__ import annotations

from mutations import BETWEEN, Key

FIFTH = "where event_code = 'event 5' and source_country_code_iso3 = 'C2'"

UPLIFTS: dict[Key, str] = {
    ("event_uplift", BETWEEN, "events_unmeasured"): (
        "delete from warehouse.mart_event_uplift"
        " where event_code = 'event 1' and source_country_code_iso3 = 'C2'"
    ),
    ("event_uplift", BETWEEN, "verdicts_without_ground"): (
        f"update warehouse.mart_event_uplift set suppressed_reason = 'short_history' {FIFTH}"
    ),
    # Two events in one window, and one of them gets all of the rise.
    ("event_uplift", BETWEEN, "verdicts_off_the_rule"): (
        f"update warehouse.mart_event_uplift set overlapping_event_codes = array['event 9'] {FIFTH}"
    ),
    ("event_uplift", BETWEEN, "open_windows_judged"): (
        f"update warehouse.mart_event_uplift set window_ends_on = '2026-07-31' {FIFTH}"
    ),
    ("event_uplift", BETWEEN, "evidence_off_the_register"): (
        "update warehouse.mart_event_uplift set evidence = 'registered' where event_code = 'event 4'"
    ),
    ("event_uplift", BETWEEN, "uplifts_off_their_days"): (
        f"update warehouse.mart_event_uplift_day set gap_log_points = gap_log_points + 0.1 {FIFTH}"
    ),
    ("event_uplift", BETWEEN, "weights_off"): (
        f"update warehouse.mart_event_uplift_donor set weight_share = 0.1 {FIFTH}"
        " and donor_country_code_iso3 = 'D1'"
    ),
}
