"""On six years every question of the analysis has an answer, and the answer is what was planted."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from edition_figures import without_marks
from harness import Warehouse, reading

from tiengvang import jobs
from tiengvang.local.world.build import World
from tiengvang.local.world.countries import FOCUS
from tiengvang.local.world.long.plan import GAPS, LEADING_HOST, SHIFTS, SPIKES, UPLIFT

JUDGED_DAYS = 400


def days_ago(world: World, n: int) -> date:
    """The day so many days before the world's last one; negative numbers, as the plan counts."""
    last = world.truth.summary["long"]["days"][-1]
    return date.fromisoformat(last) + timedelta(days=n)


def test_one_market_is_led_by_two_months_and_no_other(long_warehouse: Warehouse) -> None:
    rows = long_warehouse.query(
        "select partner_country_code_iso3, verdict, strongest_lag_periods, n_periods, correlation"
        " from marts.mart_lead_lag where leading_series = 'stories' and outcome_series = 'arrivals'"
        " and lag_periods = strongest_lag_periods"
    )
    found = {partner: rest for partner, *rest in rows}
    verdict, lag, months, correlation = found.pop(LEADING_HOST)
    assert (verdict, lag, months) == ("association", 2, 69)
    assert correlation > 0.4
    assert len(found) >= 3
    assert {verdict for verdict, *_ in found.values()} == {"none_detected"}


def test_capital_by_quarter_has_too_short_a_history_and_says_so(long_warehouse: Warehouse) -> None:
    rows = long_warehouse.query(
        "select distinct verdict, suppressed_reason, q_value from marts.mart_lead_lag"
        " where outcome_series = 'registered_capital'"
    )
    assert rows == [("cannot_tell", "short_history", None)]


def test_an_announced_event_is_clear_and_one_without_effect_is_not(
    long_warehouse: Warehouse,
) -> None:
    rows = long_warehouse.query(
        "select event_code, verdict, evidence, uplift_low_log_points, uplift_high_log_points,"
        " suppressed_reason, n_donors from marts.mart_event_uplift"
        " where source_country_code_iso3 = 'JPN' and outcome = 'attention'"
    )
    found = {code: rest for code, *rest in rows}
    verdict, evidence, low, high, *_ = found["spring-fair"]
    assert (verdict, evidence) == ("clear", "registered")
    assert low < UPLIFT < high
    verdict, _, low, high, *_ = found["tea-days"]
    assert verdict == "none_detected"
    assert low < 0 < high
    *_, reason, n_donors = found["coasts-exposition"]
    assert reason == "too_few_donors"
    assert 0 < n_donors < 19


def test_what_was_registered_late_is_exploratory(long_warehouse: Warehouse) -> None:
    rows = long_warehouse.query(
        "select distinct evidence from marts.mart_event_uplift where event_code = 'drum-festival'"
    )
    assert rows == [("exploratory",)]


def test_most_spikes_are_alerts_with_the_stories_of_their_day(
    long_world: World, long_warehouse: Warehouse
) -> None:
    planted = {days_ago(long_world, n) for _, n in SPIKES if n > -JUDGED_DAYS and n not in GAPS}
    rows = long_warehouse.query(
        "select alert.alert_date, count(story.story_id), count(*) filter (where"
        " story.first_url is null) from marts.mart_anomaly_alert as alert"
        " left join marts.mart_anomaly_story as story using (alert_date, country_code_iso3,"
        " source_country_code_iso3, pillar) where alert.is_alert and pillar = 'all'"
        f" and country_code_iso3 = '{FOCUS}' and source_country_code_iso3 = 'JPN' group by 1"
    )
    found = {day: stories for day, stories, _ in rows}
    assert len(planted & set(found)) >= len(planted) / 2
    assert all(0 < stories <= 10 for stories in found.values())
    assert not any(missing for *_, missing in rows)
    # About 0.4 of a day's series have a false alert however few they are: of so few it is more each.
    assert len(set(found) - planted) <= 0.05 * JUDGED_DAYS


def test_a_day_without_its_slots_is_no_news(long_world: World, long_warehouse: Warehouse) -> None:
    gaps = [days_ago(long_world, n) for n in GAPS if n > -JUDGED_DAYS]
    rows = long_warehouse.query(
        "select alert_date, suppressed_reason, is_alert from marts.mart_anomaly_alert"
        f" where country_code_iso3 = '{FOCUS}' and source_country_code_iso3 = 'JPN'"
        " and pillar = 'all' and slots_received < slots_expected order by 1 desc"
    )
    assert [row[0] for row in rows] == gaps
    assert {(reason, bool(is_alert)) for _, reason, is_alert in rows} == {("slots_missing", False)}


def test_false_alarms_are_counted_and_published(long_warehouse: Warehouse) -> None:
    rows = long_warehouse.query(
        "select n_series_days, alarms_per_100 from marts.mart_anomaly_calibration"
        " where calibrated_statistic = 'stories' and suppressed_reason is null"
    )
    assert len(rows) >= 12
    assert all(days >= 1_000 and 0 <= rate < 3 for days, rate in rows)


def test_the_tone_is_seen_to_shift(long_world: World, long_warehouse: Warehouse) -> None:
    host, since, points = SHIFTS[0]
    assert points < 0
    rows = long_warehouse.query(
        "select is_shift, shift_direction, changed_on, tone_shift from marts.mart_tone_shift"
        f" where source_country_code_iso3 = '{host}' and stratum = 'translated'"
        " order by story_date desc limit 1"
    )
    ((is_shift, direction, changed_on, shift),) = rows
    assert is_shift
    assert direction == "colder"
    assert abs(changed_on - days_ago(long_world, since)) <= timedelta(days=3)
    assert shift < -0.5


@pytest.fixture(scope="module")
def page(long_world: World, long_warehouse: Warehouse) -> str:
    (instant,) = long_world.spec.read_at
    with reading(long_warehouse, long_world.folder, instant):
        edition: dict[str, Any] = jobs.publish_edition(None)
    return without_marks(
        (Path(edition["folder"]) / "en" / "index.html").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (
            "uplifts",
            r"Spring fair of the rivers: in the press of Japan attention was clearly above",
        ),
        (
            "alerts",
            r"\d+ alerts? from .* The tone has shifted in .* colder in Japan \(translated\)",
        ),
        ("outcomes", r"stories in the press of South Korea run 2 months ahead of visitors"),
    ],
)
def test_the_edition_answers(page: str, section: str, said: str) -> None:
    (found,) = re.findall(
        rf'<h2 id="h-{section}">.*?(<p class="answer">.*?)<p class="small guard">', page, re.DOTALL
    )
    answer = " ".join(re.sub(r"<[^>]+>", " ", found).split())
    assert re.search(said, answer), answer
