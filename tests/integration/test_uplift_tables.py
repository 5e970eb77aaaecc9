"""Uplifts of events from two made-up years of counts: planted, absent, and what cannot be told, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from benchmarks.planted import uplift as planted
from harness import Warehouse

from tiengvang.analysis.uplift_tables import write_uplift_tables
from tiengvang.warehouse.connection import Connection, connect

DDL = """
    create table intermediate.int_attention_days (
        coverage_date date, source_country_code_iso3 text, country_code_iso3 text,
        n_documents bigint);
    create table intermediate.int_slots_classified (
        slot_date date, expects_documents boolean, has_documents boolean);
    create table seeds.watchlist (
        country_code_iso3 text, role text, valid_from date, valid_to date);
    create table warehouse.dim_event (
        event_code text, starts_on date, window_ends_on date, host_country_codes_iso3 text[],
        outcomes text[], is_registered_before boolean);
    create table warehouse.mart_event_calendar (
        event_code text, is_in_force boolean, event_phase text);
"""
ALL = ["attention"]
# Code: hosts, outcomes, is it registered before, phase.
EVENTS: dict[str, tuple[list[str], list[str], bool, str]] = {
    "planted": (["JPN", "VNM"], [*ALL, "fdi"], True, "past"),
    "nothing": (["FRA"], ALL, True, "past"),
    "late": (["USA"], ALL, False, "past"),
    "eight": (["KOR"], ALL, True, "past"),
    "unread": (["DEU"], ALL, True, "past"),
    "unknown": (["ISL"], ALL, True, "past"),
    "open": (["JPN"], ALL, True, "in_window"),
    "ahead": (["JPN"], ALL, True, "ahead"),
    "first": (["JPN"], ALL, True, "past"),
}
DATES = {
    "open": (date(2026, 6, 20), date(2026, 7, 20)),
    "ahead": (date(2026, 8, 1), date(2026, 8, 20)),
    "first": (date(2024, 6, 20), date(2024, 7, 10)),
}
GAP = date(2026, 5, 10)  # under 90 % of its slots came


def _counts(seed: int, uplift: float, level: float) -> pd.DataFrame:
    """Return documents by day and country, at random around planted rates."""
    rates = level * np.exp(planted.panel_of_countries(seed, 40, uplift))
    drawn = np.random.default_rng([seed, 7]).poisson(rates)
    return pd.DataFrame(drawn, index=rates.index, columns=rates.columns)


def _presses() -> dict[str, pd.DataFrame]:
    found = {
        "JPN": _counts(3, planted.PLANTED, 12.0),
        "FRA": _counts(4, 0.0, 12.0),
        "USA": _counts(8, planted.PLANTED, 12.0),
        "KOR": _counts(6, planted.PLANTED, 12.0),
        "DEU": _counts(7, 0.0, 12.0),
    }
    found["KOR"].iloc[:, 9:] = 0
    found["DEU"][planted.FOCUS] = 0
    return found | {"world": found["JPN"] + found["FRA"] + found["USA"]}


def _fill(connection: Connection) -> None:
    with connection.cursor() as cursor:
        for source, counts in _presses().items():
            days = [day.to_timestamp().date() for day in counts.index]
            told = counts.assign(all=counts.sum(axis=1) * 3 + 100)
            rows = [
                (day, source, country, n)
                for country in told.columns
                for day, n in zip(days, told[country].tolist(), strict=True)
                if n > 0
            ]
            with cursor.copy("copy intermediate.int_attention_days from stdin") as stream:
                for row in rows:
                    stream.write_row(row)
        slots = [(day, True, day != GAP or n > 4) for day in days for n in range(8)]
        cursor.executemany(
            "insert into intermediate.int_slots_classified values (%s, %s, %s)", slots
        )
        for place, country in enumerate(planted.panel_of_countries(1, 40, 0.0).columns):
            role = "donor" if place else "focus"
            cursor.execute(
                "insert into seeds.watchlist values (%s, %s, '2015-01-01', null)", (country, role)
            )
        for code, (hosts, outcomes, is_before, phase) in EVENTS.items():
            starts, ends = DATES.get(code, (planted.STARTS_ON, planted.ENDS_ON))
            cursor.execute(
                "insert into warehouse.dim_event values (%s, %s, %s, %s, %s, %s)",
                (code, starts, ends, hosts, outcomes, is_before),
            )
            cursor.execute(
                "insert into warehouse.mart_event_calendar values (%s, true, %s), (%s, false, 'past')",
                (code, phase, code),
            )


@pytest.fixture(scope="module")
def warehouse(new_warehouse: Callable[[str], Warehouse]) -> Warehouse:
    made = new_warehouse("uplifts")
    with connect(made.url, "owner") as connection:
        connection.execute(DDL)
        connection.execute(
            "grant select on all tables in schema intermediate, seeds, warehouse"
            " to tiengvang_builder"
        )
        _fill(connection)
    with connect(made.url, "builder") as connection:
        written = write_uplift_tables(connection)
    assert all(written.values())
    return made


@pytest.fixture
def connection(warehouse: Warehouse) -> Iterator[Connection]:
    with connect(warehouse.url, "builder") as opened:
        yield opened
        opened.rollback()


def _uplift(
    connection: Connection, code: str, source: str, outcome: str = "attention"
) -> dict[str, Any]:
    cursor = connection.execute(
        "select * from computed.event_uplifts where event_code = %s"
        " and source_country_code_iso3 = %s and outcome = %s",
        (code, source, outcome),
    )
    row = cursor.fetchone()
    assert row is not None
    return dict(zip([c.name for c in cursor.description or []], row, strict=True))


def test_a_planted_uplift_is_found(connection: Connection) -> None:
    row = _uplift(connection, "planted", "JPN")
    assert (row["verdict"], row["suppressed_reason"], row["evidence"]) == (
        "clear", None, "registered",
    )  # fmt: skip
    assert row["uplift"] == pytest.approx(planted.PLANTED, abs=0.35)
    assert 0 < row["uplift_low"] < row["uplift"] < row["uplift_high"]
    assert (row["n_donors"], row["n_fit_days"], row["n_window_days"]) == (40, 182, 27)
    assert row["smallest_p_value"] == pytest.approx(1 / 41)
    assert row["overlapping_event_codes"] == []


def test_nothing_is_found_where_nothing_was_planted(connection: Connection) -> None:
    row = _uplift(connection, "nothing", "FRA")
    assert (row["verdict"], row["suppressed_reason"]) == ("none_detected", None)
    assert row["uplift_low"] < 0 < row["uplift_high"]


def test_who_registers_afterwards_explores(connection: Connection) -> None:
    row = _uplift(connection, "late", "USA")
    assert (row["verdict"], row["evidence"]) == ("clear", "exploratory")


def test_of_eight_donors_nothing_can_be_told(connection: Connection) -> None:
    row = _uplift(connection, "eight", "KOR")
    assert (row["verdict"], row["suppressed_reason"]) == ("cannot_tell", "too_few_donors")
    assert (row["n_donors"], row["uplift"], row["p_space"]) == (8, None, None)
    assert row["smallest_p_value"] == pytest.approx(1 / 9)


@pytest.mark.parametrize(
    ("code", "source", "outcome", "reason", "n_fit", "n_window"),
    [
        ("planted", "JPN", "fdi", "not_measured_for_donors", 0, 0),
        ("planted", "world", "fdi", "not_measured_for_donors", 0, 0),
        ("open", "JPN", "attention", "window_open", 0, 0),
        ("ahead", "world", "attention", "not_begun", 0, 0),
        ("first", "JPN", "attention", "short_history", 43, 21),
        ("unread", "DEU", "attention", "few_documents", 182, 27),
        ("unknown", "ISL", "attention", "short_history", 0, 0),
    ],
)
def test_too_little_is_a_row_with_a_reason(
    connection: Connection, code: str, source: str, outcome: str, reason: str, n_fit: int,
    n_window: int,
) -> None:  # fmt: skip
    row = _uplift(connection, code, source, outcome)
    assert (row["verdict"], row["suppressed_reason"]) == ("cannot_tell", reason)
    assert (row["n_fit_days"], row["n_window_days"]) == (n_fit, n_window)
    assert {row[name] for name in ("uplift", "uplift_low", "p_space", "n_donors")} == {None}


def test_the_focus_is_no_host_and_the_world_shares_its_events(connection: Connection) -> None:
    sources = connection.execute(
        "select source_country_code_iso3 from computed.event_uplifts"
        " where event_code = 'planted' and outcome = 'attention' order by 1"
    ).fetchall()
    assert sources == [("JPN",), ("world",)]
    world = _uplift(connection, "planted", "world")
    assert world["overlapping_event_codes"] == ["eight", "late", "nothing", "unknown", "unread"]
    assert world["verdict"] != "clear"


def test_the_days_give_back_the_uplift(connection: Connection) -> None:
    rows: list[Any] = connection.execute(
        "select attention_date, is_window, attention_per_10000, counterfactual_per_10000,"
        " gap_log_points, suppressed_reason from computed.event_uplift_days"
        " where event_code = 'planted' and source_country_code_iso3 = 'JPN' order by 1"
    ).fetchall()
    assert (len(rows), rows[0][0], rows[-1][0]) == (189 + 28, date(2025, 10, 27), planted.ENDS_ON)
    gaps = [row[4] for row in rows if row[1] and row[5] is None]
    assert np.mean(gaps) == pytest.approx(_uplift(connection, "planted", "JPN")["uplift"])
    for _, _, attention, counterfactual, gap, reason in rows:
        if reason is None:
            assert np.log(attention / counterfactual) == pytest.approx(gap)
        else:
            assert (counterfactual, gap) == (None, None)
    reasons = [row[5] for row in rows if row[5]]
    assert reasons == ["anticipation"] * 7 + ["too_few_slots"]
    assert [row[2] for row in rows if row[0] == GAP] == [None]


def test_weights_sum_to_one_and_every_donor_has_its_placebo(connection: Connection) -> None:
    rows: list[Any] = connection.execute(
        "select event_code, count(*), sum(donor.weight),"
        " avg((donor.rmspe_ratio >= found.rmspe_ratio)::integer)::float8"
        " from computed.event_uplift_donors as donor join computed.event_uplifts as found"
        " using (event_code, outcome, source_country_code_iso3)"
        " where source_country_code_iso3 = 'JPN' group by 1"
    ).fetchall()
    ((code, n, weight, above),) = rows
    assert (code, n, weight) == ("planted", 40, pytest.approx(1))
    p_space = _uplift(connection, code, "JPN")["p_space"]
    assert (1 + above * n) / (n + 1) == pytest.approx(p_space)


def test_a_second_build_says_the_same(warehouse: Warehouse, connection: Connection) -> None:
    tables = [f"computed.{name}" for name in ("event_uplifts", "event_uplift_days")]
    before = [warehouse.table(name) for name in tables]
    write_uplift_tables(connection)
    connection.commit()
    assert [warehouse.table(name) for name in tables] == before


def test_without_events_nothing_is_written(warehouse: Warehouse) -> None:
    with connect(warehouse.url, "owner") as connection:
        connection.execute("delete from warehouse.dim_event")
        assert set(write_uplift_tables(connection).values()) == {0}
        connection.rollback()
