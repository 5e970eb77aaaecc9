"""What makes each expectation about events, training and the response log fail, and no other."""

from __future__ import annotations

from mutations import BETWEEN, Key

FULL = "week_start_date = '2026-07-06'"

PROGRAMME: dict[Key, str] = {
    ("programme", BETWEEN, "weeks_unmeasured"): (
        "update warehouse.mart_response_clock set window_end_date = '2026-07-11' where " + FULL
    ),
    ("programme", BETWEEN, "clocks_that_do_not_add_up"): (
        "update warehouse.mart_response_clock set n_open = 4 where " + FULL
    ),
    ("programme", BETWEEN, "clocks_outside_interval"): (
        "update warehouse.mart_response_clock set median_hours = 60 where " + FULL
    ),
    ("programme", BETWEEN, "missing_without_reason"): (
        "update warehouse.mart_response_clock set within_target_share = null where " + FULL
    ),
    ("programme", BETWEEN, "smallest_rise"): (
        "update warehouse.mart_response_curve set statement_share = 0.3 where hours_since_seen = 60"
    ),
    ("programme", BETWEEN, "largest_share"): (
        "update warehouse.mart_response_curve set no_statement_share = 0.5 where hours_since_seen = 60"
    ),
    ("programme", BETWEEN, "points_outside_interval"): (
        "update warehouse.mart_response_curve set statement_share_high = 0.1 where hours_since_seen = 20"
    ),
    ("programme", BETWEEN, "log_days_old"): (
        "update warehouse.fct_response_case set recorded_on = '2026-05-01'"
    ),
    ("programme", BETWEEN, "reaches_without_ground"): (
        "update warehouse.mart_correction_reach set first_foreign_at = '2026-07-07 00:00+00' "
        "where case_code = 'case 1'"
    ),
    ("programme", BETWEEN, "events_without_hosts"): (
        "delete from warehouse.bridge_event_host where event_code = 'event 1' and country_code_iso3 = 'C2'"
    ),
    ("programme", BETWEEN, "events_told_two_ways"): (
        "update warehouse.mart_event_calendar set starts_on = '2026-07-31' where event_code = 'event 1'"
    ),
    ("programme", BETWEEN, "registered_before_share"): (
        "update warehouse.dim_event set is_registered_before = event_code = 'event 1'; "
        "update warehouse.mart_event_uplift as uplift set evidence = case when event.is_registered_before "
        "then 'registered' else 'exploratory' end from warehouse.dim_event as event "
        "where event.event_code = uplift.event_code"
    ),
    ("programme", BETWEEN, "participants_not_stated"): (
        "update warehouse.mart_training_unit set n_participants = 0 where unit_code = 'unit 1'"
    ),
}
