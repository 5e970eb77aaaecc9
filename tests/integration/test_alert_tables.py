"""Alerts over three made-up years: a planted spike is found, faults and thin data are reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from harness import Warehouse

from tiengvang.analysis.alert_tables import HISTORY_DAYS, judged_days, write_alert_tables
from tiengvang.warehouse.connection import Connection, connect

LAST = date(2026, 7, 12)
N_DAYS = 1_095
DAYS = [LAST - timedelta(days=n) for n in range(N_DAYS - 1, -1, -1)]
SPIKE, FAULT, SHIFTED, AUDITED = DAYS[-20], DAYS[-30], DAYS[-21], DAYS[-25]
HOSTS = [f"H{n:02}" for n in range(12)]
DDL = """
    create table intermediate.int_series_days (
        story_date date, country_code_iso3 text, source_country_code_iso3 text, pillar text,
        slots_expected integer, slots_received integer, n_stories integer, n_families integer);
    create table intermediate.int_tone_days (
        story_date date, country_code_iso3 text, source_country_code_iso3 text, stratum text,
        n_stories integer, n_families integer, premium double precision);
    grant select, delete on all tables in schema intermediate to tiengvang_builder;
"""


@pytest.fixture(scope="module")
def warehouse(new_warehouse: Callable[[str], Warehouse]) -> Warehouse:
    """Twelve hosts of 5 to 40 stories a day, one of no past, and a tone that one host changes."""
    made = new_warehouse("alerts")
    dice = np.random.default_rng(20260712)
    with connect(made.url, "owner") as connection, connection.cursor() as cursor:
        connection.execute(DDL)
        with cursor.copy("copy intermediate.int_series_days from stdin") as rows:
            for number, host in enumerate(HOSTS):
                usual = 5 + 3 * number
                counts = dice.negative_binomial(20, 20 / (20 + usual), N_DAYS)
                for day, count in zip(DAYS, counts, strict=True):
                    n = int(count) + (4 * usual if (host, day) == ("H05", SPIKE) else 0)
                    received = 170 if day == FAULT else 192
                    is_known = (host, day) != ("H03", AUDITED)
                    counted = (n, min(n, 9)) if is_known else (None, None)
                    rows.write_row((day, "VNM", host, "all", 192, received, *counted))
            for day in DAYS[-60:]:
                received = 170 if day == FAULT else 192
                rows.write_row((day, "VNM", "NEW", "all", 192, received, 20, 9))
        with cursor.copy("copy intermediate.int_tone_days from stdin") as rows:
            for host in HOSTS:
                for day, z in zip(DAYS, dice.normal(0, 0.3, N_DAYS), strict=True):
                    premium = z - (0.6 if host == "H07" and day >= SHIFTED else 0)
                    # every tenth day has too few outlets to be shown
                    is_thin = day.day == 10
                    row = (day, "VNM", host, "native", 9, 2 if is_thin else 8)
                    rows.write_row((*row, None if is_thin else float(premium)))
    return made


@pytest.fixture(scope="module")
def connection(warehouse: Warehouse) -> Iterator[Connection]:
    with connect(warehouse.url, "builder") as opened:
        write_alert_tables(opened)
        yield opened
        opened.rollback()


def rows(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query.encode()).fetchall()


def test_the_planted_spike_is_an_alert_and_few_others_are(connection: Connection) -> None:
    alerts = rows(
        connection,
        "select story_date, source_country_code_iso3, n_stories > 2 * expected, q_value <= 0.2"
        " from computed.anomaly_days where is_alert",
    )
    assert (SPIKE, "H05", True, True) in alerts
    # a fifth of the days without news may have an alert: so it is with any number of series
    assert len({day for day, *_ in alerts}) <= 0.3 * 400


def test_a_day_with_lost_slots_has_a_reason_and_no_figure(connection: Connection) -> None:
    found = rows(
        connection,
        "select distinct reason, expected, statistic, p_value, q_value, is_alert"
        f" from computed.anomaly_days where story_date = '{FAULT}'",
    )
    assert found == [("slots_missing", None, None, None, None, None)]


def test_a_day_that_an_audit_put_aside_has_a_reason_and_no_count(connection: Connection) -> None:
    found = rows(
        connection,
        "select reason, n_stories, n_families, statistic, p_value, is_alert"
        " from computed.anomaly_days"
        f" where story_date = '{AUDITED}' and source_country_code_iso3 = 'H03'",
    )
    assert found == [("no_count", None, None, None, None, None)]


def test_a_series_without_a_past_says_so(connection: Connection) -> None:
    found = rows(
        connection,
        "select reason, count(*) from computed.anomaly_days"
        " where source_country_code_iso3 = 'NEW' group by 1 order by 1",
    )
    assert found == [("short_history", 59), ("slots_missing", 1)]


def test_what_is_judged_has_no_reason_and_every_figure(connection: Connection) -> None:
    (row,) = rows(
        connection,
        "select count(*) filter (where reason is null), count(*) filter (where reason is not null),"
        " count(*) filter (where (reason is null) <> (p_value is not null)),"
        " count(*) filter (where (reason is null) <> (is_alert is not null)),"
        " count(*) filter (where 'NaN' in (p_value, q_value, expected, statistic))"
        " from computed.anomaly_days",
    )
    judged, with_reason, *wrong = row
    assert judged + with_reason == 12 * 400 + 60
    assert judged > 2_000
    assert wrong == [0, 0, 0]


def test_the_colder_host_is_found_with_the_day_of_the_change(connection: Connection) -> None:
    found = rows(
        connection,
        "select source_country_code_iso3, direction, changed_on, shift from computed.tone_shift_days"
        f" where is_shift and story_date = '{LAST}'",
    )
    assert len(found) <= 3
    ((direction, changed_on, shift),) = [row[1:] for row in found if row[0] == "H07"]
    assert direction == "colder"
    assert isinstance(changed_on, date)
    assert abs((changed_on - SHIFTED).days) <= 4
    assert shift == pytest.approx(-0.6, abs=0.3)


def test_the_months_calibrations_are_kept(connection: Connection) -> None:
    found = rows(
        connection,
        "select statistic, count(distinct month_start_date), bool_and(median < fence),"
        " max(alarms_per_100) from computed.anomaly_calibrations group by 1 order by 1",
    )
    assert [row[:3] for row in found] == [("stories", 14, True), ("tone", 14, True)], found
    # 20 of 100 days among twelve series are 1.7 of 100 series-days; a shift is seen on many days
    assert all(0 < row[3] < 6 for row in found), found


def test_a_verdict_is_the_same_from_a_later_day(connection: Connection) -> None:
    """What is looked back from moves with the clock; what is said of a day does not."""
    figures = "story_date, source_country_code_iso3, expected, p_value, q_value, is_alert, reason"
    query = (
        f"select {figures} from computed.anomaly_days where story_date between"
        f" '{LAST - timedelta(days=300)}' and '{LAST - timedelta(days=10)}' order by 1, 2"
    )
    before = rows(connection, query)
    connection.execute("savepoint whole")
    connection.execute(
        "delete from intermediate.int_series_days where story_date > %s",
        (LAST - timedelta(days=10),),
    )
    write_alert_tables(connection)
    assert rows(connection, query) == before
    connection.execute("rollback to savepoint whole")


def test_an_empty_and_a_short_warehouse_give_reasons(connection: Connection) -> None:
    connection.execute("savepoint whole")
    connection.execute("delete from intermediate.int_tone_days")
    connection.execute(
        "delete from intermediate.int_series_days where story_date < %s", (DAYS[-14],)
    )
    written = write_alert_tables(connection)
    assert written == {"anomaly_days": 13 * 14, "tone_shift_days": 0, "anomaly_calibrations": 2}
    assert rows(connection, "select distinct reason from computed.anomaly_days") == [
        ("short_history",)
    ]
    assert rows(
        connection,
        "select statistic, month_start_date, level_number, level_from, reason"
        " from computed.anomaly_calibrations order by 1",
    ) == [
        ("stories", month, 1, None, "not_calibrated")
        for month in (date(2026, 6, 1), date(2026, 7, 1))
    ]
    connection.execute("delete from intermediate.int_series_days")
    assert set(write_alert_tables(connection).values()) == {0}
    connection.execute("rollback to savepoint whole")


def test_the_past_that_is_read_is_all_that_a_verdict_rests_on() -> None:
    days = judged_days(LAST)
    assert (days.last - days.since).days == 399
    assert (days.since.replace(day=1) - days.first).days == HISTORY_DAYS
