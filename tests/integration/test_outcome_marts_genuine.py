"""Genuine workbooks of fourteen months, up to the marts that readers see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from harness import Warehouse

from tiengvang.sources.drop_folder import stamped
from tiengvang.sources.nso.parse import parse_workbook
from tiengvang.transform import run_dbt
from tiengvang.warehouse.raw_rows import write_rows

pytestmark = pytest.mark.real_data

WORKBOOKS = ("2018-12-*", "2019-*", "2020-01-*")
MODELS = ("+fct_arrivals_month", "+fct_fdi_registered_month", "+mart_revision_log")


@pytest.fixture(scope="module")
def built(new_warehouse: Callable[[str], Warehouse], real_data: Path) -> Warehouse:
    warehouse = new_warehouse("outcome_marts")
    folder = real_data / "statistics" / "nso"
    paths = sorted({path for pattern in WORKBOOKS for path in folder.glob(f"{pattern}.xls*")})
    assert len(paths) == 14
    with psycopg.connect(warehouse.url) as connection:
        row: Any = connection.execute(
            "insert into ops.loads (source, run_id, window_start, window_end, status)"
            " values ('nso', 'test', '2026-07-01', '2026-07-02', 'passed') returning load_id"
        ).fetchone()
        for path in paths:
            parsed = parse_workbook(path.read_bytes(), f"{path.name}@0123456789ab")
            tables = stamped(parsed, datetime(2026, 7, 1, tzinfo=UTC)).tables
            write_rows(connection, tables, row[0])
    with warehouse.active() as settings:
        run_dbt(
            settings, warehouse.url,
            ["build", "--indirect-selection", "cautious", "--exclude-resource-type", "unit_test",
             "--select", *MODELS],
        )  # fmt: skip
    return warehouse


def test_genuine_parts_add_up_to_the_total_and_not_to_more(built: Warehouse) -> None:
    rows = built.query(
        """
        select arrivals_month,
            max(arrivals_count) filter (where is_total and transport_mode = 'all'),
            sum(arrivals_count) filter (where market_kind = 'continent'),
            sum(arrivals_count) filter (where not is_total and market_kind <> 'continent')
            + max(arrivals_count) filter (where market_code = 'africa'),
            sum(arrivals_count) filter (where transport_mode <> 'all')
        from warehouse.fct_arrivals_month group by 1 order by 1
        """
    )
    # December's workbook also says November, January's December.
    assert [row[0] for row in rows] == [
        date(2018, 11, 1), date(2018, 12, 1), *(date(2019, month, 1) for month in range(1, 13)),
        date(2020, 1, 1),
    ]  # fmt: skip
    for _, total, *sums in rows:
        assert sums == [pytest.approx(total, rel=1e-4)] * 3


def test_genuine_revisions_are_kept_with_their_cells(built: Warehouse) -> None:
    rows = built.query(
        """
        select market_code, arrivals_month, revised_from_count, arrivals_count, vintage_month,
            source_place
        from warehouse.fct_arrivals_month
        where revised_by_count <> 0 and (is_total or abs(revised_by_count) > 10000)
            and transport_mode = 'all'
        order by 1, 2
        """
    )
    october, november = date(2019, 10, 1), date(2019, 11, 1)
    assert rows == [
        ("HKG", october, 16434.0, 1618.0, november, "Khach QT!C27"),
        ("other_asia", october, 20686.0, 35502.0, november, "Khach QT!C28"),
        ("total", date(2019, 9, 1), 1561274.0, 1561337.0, october, "Khach QT!C9"),
    ]
    logged = built.query(
        "select count(*), count(*) filter (where change_kind = 'revised'),"
        " min(old_vintage_date), max(new_vintage_date) from warehouse.mart_revision_log"
    )
    shown = built.query(
        "select count(*) from warehouse.fct_arrivals_month where revised_by_count <> 0"
    )
    assert logged == [(shown[0][0], shown[0][0], date(2019, 2, 1), november)]


def test_genuine_months_add_up_to_the_years_december(built: Warehouse) -> None:
    rows = built.query(
        """
        select sum(new_projects_count), sum(new_capital_registered_usd),
            max(new_projects_ytd_count), max(new_capital_registered_ytd_usd),
            count(adjusted_capital_registered_usd), min(adjusted_capital_registered_usd)
        from warehouse.fct_fdi_registered_month
        where is_total and fdi_month between '2019-01-01' and '2019-12-01'
        """
    )
    # Adjusted capital is printed since March; its year to date fell in December.
    assert rows == [(3883, pytest.approx(16_745_600_000), 3883, 16_745_600_000, 9, -98_000_000)]


def test_a_genuine_fall_is_kept_and_an_absent_partner_is_no_zero(built: Warehouse) -> None:
    fallen = built.query(
        "select fdi_month, unit_code, new_capital_registered_usd"
        " from warehouse.fct_fdi_registered_month where is_new_capital_negative order by 1, 2"
    )
    assert fallen == [
        (date(2019, 5, 1), "35-2008", -43_892_408.0),
        (date(2019, 12, 1), "24-2008", -11_100_000.0),
        (date(2019, 12, 1), "WSM", -26_800_000.0),
    ]
    absent = built.query(
        "select count(*), count(new_capital_registered_ytd_usd), count(new_capital_registered_usd),"
        " count(source_place), count(earlier_source_place) from warehouse.fct_fdi_registered_month"
        " where new_capital_missing_reason = 'not_listed'"
        " and coalesce(new_projects_missing_reason, '') = 'not_listed'"
    )
    assert absent[0][0] > 30
    assert absent[0][1:] == (0, 0, 0, absent[0][0])
