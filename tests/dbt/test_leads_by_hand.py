"""Made-up months, put into the tables that leads are read from, through the step and the mart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import psycopg
import pytest
from benchmarks.planted import lead_lag as planted
from hand_made_days import DbtWarehouse
from harness import Warehouse

from tiengvang.analysis.lead_tables import write_lead_tables
from tiengvang.warehouse.connection import connect

AS_OF = "2026-07-11 06:00:00+00"
MONTHS = pd.period_range("2015-02", "2026-06", freq="M")
# market: correlation of the shocks two months apart
MARKETS = {"JPN": 0.7, "KOR": 0.0, "USA": 0.0, "FRA": 0.0}
SHORT = MONTHS[-40:]
RECEIVED = """
    insert into warehouse.mart_data_trust
        (trust_date, stream, slots_expected, slots_received, slots_missing, slots_gap, slots_refused,
        slots_empty, method_version)
    select day::date, 'all', 192, 192, 0, 0, 0, 0, '3'
    from generate_series(%s::date, '2026-07-10', '1 day') as day
"""
STORIES = """
    insert into intermediate.int_coverage_months_counted
        (month_start_date, country_code_iso3, source_country_code_iso3, n_stories, n_documents)
    values (%s, 'VNM', %s, %s, 1)
"""
VISITORS = """
    insert into warehouse.fct_arrivals_month
        (country_code_iso3, arrivals_month, market_code, market_country_code_iso3, market_kind,
        market_label, transport_mode, is_total, is_group, arrivals_count, arrivals_status,
        vintage_month, n_vintages, source_file_name, source_place, method_version)
    values ('VNM', %s, %s, %s, 'country', 'market', 'all', false, false, %s, 'revised', %s, 2, 'f', 'p', '3')
"""
CAPITAL = """
    insert into warehouse.fct_fdi_registered_month
        (country_code_iso3, fdi_month, breakdown, unit_code, unit_kind, partner_country_code_iso3,
        unit_label, is_total, is_group, cut_off_date, new_capital_registered_ytd_usd, vintage_month,
        source_file_name, method_version)
    select 'VNM', month::date, 'partner', 'SGP', 'country', 'SGP', 'SGP', false, false, month::date,
        1e6 * extract(month from month), month::date, 'f', '3'
    from generate_series('2024-03-01'::date, '2026-06-01', '3 months') as month
"""


def write_months(connection: psycopg.Connection[Any]) -> None:
    connection.execute(RECEIVED, (MONTHS[0].start_time.date(),))
    for number, (market, correlation) in enumerate(MARKETS.items()):
        stories, visitors = planted.pair_of_series(MONTHS, 5 + number, correlation)
        write_pair(connection, market, stories, visitors)
    few = pd.Series(range(3, 43), index=SHORT)
    write_pair(connection, "THA", few, few)
    write_pair(connection, "IDN", pd.Series(7, index=MONTHS), pd.Series(7, index=MONTHS))
    connection.execute(CAPITAL)


def write_pair(
    connection: psycopg.Connection[Any], market: str, stories: pd.Series, visitors: pd.Series
) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            STORIES,
            [(p.start_time.date(), market, round(float(n))) for p, n in stories.items()],
        )
        cursor.executemany(
            VISITORS,
            [
                (p.start_time.date(), market, market, round(float(n)), p.start_time.date())
                for p, n in visitors.items()
            ],
        )


@pytest.fixture(scope="module")
def leads(new_warehouse: Callable[[str], Warehouse]) -> DbtWarehouse:
    made = DbtWarehouse(new_warehouse("leads"))
    nothing_tested = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
    made.dbt(
        "build", *nothing_tested, "--full-refresh", "--select", "+mart_lead_lag", "+int_lead_series",
        as_of=AS_OF,
    )  # fmt: skip
    assert made.query("select count(*) from warehouse.mart_lead_lag") == [(0,)]
    with psycopg.connect(made.warehouse.url) as connection:
        write_months(connection)
    with connect(made.warehouse.url, "builder") as builder:
        first = write_lead_tables(builder)
        assert write_lead_tables(builder) == first, "the same rows, however often"
        builder.commit()
    made.dbt(
        "build", "--exclude-resource-type", "unit_test", "--select", "mart_lead_lag", as_of=AS_OF
    )
    return made


def test_every_pair_has_its_lags_and_a_verdict_or_a_reason(leads: DbtWarehouse) -> None:
    rows = leads.query(
        "select partner_country_code_iso3, outcome_series, count(*), min(verdict), max(verdict),"
        " min(suppressed_reason), min(n_periods) from warehouse.mart_lead_lag group by 1, 2 order by 1, 2"
    )
    # 2015-02 to 2026-06 without the 26 months of closed borders
    n = len(MONTHS) - 26
    none = ("none_detected", "none_detected", None, n)
    assert rows == [
        ("FRA", "arrivals", 13, *none),
        ("IDN", "arrivals", 13, "cannot_tell", "cannot_tell", "constant_series", n),
        ("JPN", "arrivals", 13, "association", "association", None, n),
        ("KOR", "arrivals", 13, *none),
        ("SGP", "registered_capital", 5, "cannot_tell", "cannot_tell", "short_history", 10),
        ("THA", "arrivals", 13, "cannot_tell", "cannot_tell", "short_history", 40),
        ("USA", "arrivals", 13, *none),
    ]


def test_the_planted_lead_is_said_at_its_lag(leads: DbtWarehouse) -> None:
    rows = leads.query(
        "select lag_periods, strongest_lag_periods, q_value <= 0.05, correlation > correlation_threshold,"
        " n_periods_needed, first_period_date, last_period_date, method_version"
        " from warehouse.mart_lead_lag"
        " where partner_country_code_iso3 = 'JPN' and lag_periods in (2, 3) order by 1"
    )
    span = (60, date(2015, 2, 1), date(2026, 6, 1), "3")
    assert rows == [(2, 2, True, True, *span), (3, 2, True, False, *span)]
