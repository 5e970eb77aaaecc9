"""Mutations of the alerts and shifts of tone."""

from __future__ import annotations

from mutations import BETWEEN, Key

ALERT = "update warehouse.mart_anomaly_alert"

ALERTS: dict[Key, str] = {
    ("anomalies", BETWEEN, "days_unjudged"): (
        "delete from warehouse.mart_anomaly_alert where alert_date = '2026-07-08'"
    ),
    ("anomalies", BETWEEN, "withheld_and_judged"): (
        f"{ALERT} set is_alert = false where suppressed_reason is not null"
    ),
    ("anomalies", BETWEEN, "alerts_on_too_little"): f"{ALERT} set n_families = 2 where is_alert",
    ("anomalies", BETWEEN, "alerts_by_another_rule"): (
        f"{ALERT} set q_value = 0.1 where alert_date = '2026-07-05' and not is_alert"
    ),
    ("anomalies", BETWEEN, "alerts_without_story"): "delete from warehouse.mart_anomaly_story",
    ("anomalies", BETWEEN, "judged_uncalibrated"): (
        "update warehouse.mart_anomaly_calibration set alarms_per_100 = null "
        "where month_start_date = '2026-06-01'"
    ),
    ("anomalies", BETWEEN, "shifts_on_too_little"): (
        "update warehouse.mart_tone_shift set n_families = 2 where story_date = '2026-07-05'"
    ),
    ("anomalies", BETWEEN, "largest_alert_share"): (
        f"{ALERT} set is_alert = true, q_value = 0.01, n_stories = 40 "
        "where alert_date = '2026-07-10' and suppressed_reason is null;"
        "insert into warehouse.mart_anomaly_story "
        "select alert_date, country_code_iso3, source_country_code_iso3, pillar, 1, 'S1' "
        "from warehouse.mart_anomaly_alert where alert_date = '2026-07-10' and is_alert"
    ),
}
