"""What is counted for alerts over the hand-made days, and what is said of so short a history."""

from __future__ import annotations

from datetime import date

from hand_made_days import DbtWarehouse

D6, D8 = date(2026, 7, 6), date(2026, 7, 8)


def test_new_stories_by_host_and_day(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select source_country_code_iso3, n_stories, n_families"
        " from intermediate.int_series_days where country_code_iso3 = 'VNM' and pillar = 'all'"
        " and story_date = '2026-07-06' and n_stories > 0"
    )
    told = hand_made.query(
        "select source_country_code_iso3, count(distinct story_id), count(distinct outlet_family)"
        " from warehouse.fct_document_country where country_code_iso3 = 'VNM' and is_eligible"
        " and slot_date = '2026-07-06' group by rollup (1)"
    )
    # the hand-made stories all begin and end on that day
    assert {row[0]: row[1:] for row in rows} == {(row[0] or "world"): row[1:] for row in told}
    assert {row[0]: row[1] for row in rows}["DEU"] == 2, "a reprint is of the same story"


def test_a_day_is_there_for_every_series_and_a_quiet_one_is_zero(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select story_date, count(*), sum(n_stories), min(slots_expected), min(slots_received)"
        " from intermediate.int_series_days where country_code_iso3 = 'VNM' group by 1 order by 1"
    )
    series = {row[1] for row in rows}
    assert series == {1 + 46 + 8}
    found = {row[0]: row[2:] for row in rows}
    assert found[D8] == (0, 1, 1)
    assert found[D6][1:] == (3, 2)


def test_peers_are_watched_in_the_world_alone(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select distinct source_country_code_iso3, pillar from intermediate.int_watched_series"
        " where country_code_iso3 = 'THA'"
    )
    assert rows == [("world", "all")]
    assert hand_made.query(
        "select count(*) from intermediate.int_watched_series where source_country_code_iso3 = 'VNM'"
    ) == [(0,)]


def test_so_short_a_history_has_reasons_and_no_figure(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select alert_date, suppressed_reason, bool_or(n_stories is not null),"
        " bool_or(is_alert is not null or p_value is not null)"
        " from warehouse.mart_anomaly_alert where country_code_iso3 = 'VNM'"
        " and source_country_code_iso3 = 'FRA' group by 1, 2 order by 1"
    )
    assert {row[0]: row[1:] for row in rows} == {
        date(2026, 7, 5): ("slots_missing", False, False),
        D6: ("slots_missing", False, False),
        date(2026, 7, 7): ("slots_missing", False, False),
        D8: ("short_history", True, False),
        date(2026, 7, 9): ("slots_missing", False, False),
    }
    assert hand_made.query("select count(*) from warehouse.mart_anomaly_story") == [(0,)]
    assert hand_made.query(
        "select distinct suppressed_reason, alarms_per_100 from warehouse.mart_anomaly_calibration"
    ) == [("not_calibrated", None)]
