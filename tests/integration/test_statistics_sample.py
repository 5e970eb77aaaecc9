"""The sample world's workbooks and yearly tables on the whole way: read, mapped, reconciled, built."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from harness import Warehouse, ingest, reading

from tiengvang.local.world.build import World
from tiengvang.local.world.fia import LAST_YEAR
from tiengvang.local.world.nso_folder import FAULTY_MONTH, REVISED, TOO_MANY, file_name
from tiengvang.settings import get_settings
from tiengvang.transform import run_dbt
from tiengvang.windows import Window

MODELS = ("+qc_unknown_labels", "+qc_fdi_reconciliation", "+qc_workbook_checks")
RELEASES = 93


@pytest.fixture(scope="module")
def built(new_warehouse: Callable[[str], Warehouse], small_world: World) -> Warehouse:
    warehouse = new_warehouse("statistics_sample")
    start = small_world.spec.window.start
    with reading(warehouse, small_world.folder, small_world.instants[0]):
        ingest("gdelt", Window(start, start.replace(minute=15)))  # whose upstream has the clock
        assert ingest("nso")["loaded"] == RELEASES
        assert ingest("fia")["loaded"] == 6
        outcome = run_dbt(
            get_settings(), warehouse.url,
            ["build", "--indirect-selection", "buildable", "--select", *MODELS],
        )  # fmt: skip
    assert set(outcome) <= {"pass", "success"}, outcome
    return warehouse


def test_every_workbook_is_read_and_every_label_mapped(built: Warehouse) -> None:
    assert built.query(
        "select status, count(*) from ops.source_files where source in ('fia', 'nso') group by 1"
    ) == [("loaded", RELEASES + 6)]
    assert built.query("select count(*) from ops.rejected_rows where source = 'nso'") == [(0,)]
    assert built.query("select breakdown, label from qc.qc_unknown_labels") == []


def test_decembers_are_the_agencys_years_where_there_are_tables(
    built: Warehouse, small_world: World
) -> None:
    years = built.query(
        "select registered_year, bool_and(is_within_tolerance), count(*) > 20"
        " from qc.qc_fdi_reconciliation group by 1 order by 1"
    )
    assert years == [(year, True, True) for year in range(2018, LAST_YEAR + 1)]


def test_the_faulty_workbook_is_told_with_its_cell(built: Warehouse) -> None:
    assert built.query(
        "select file_name, place, check_name, difference from qc.qc_workbook_checks order by 3"
    ) == [
        (file_name(FAULTY_MONTH), "Sheet10!D9", check, TOO_MANY)
        for check in ("continents_of_total", "modes_of_total")
    ]


def test_planted_revisions_are_there_in_both_vintages(built: Warehouse, small_world: World) -> None:
    for month, _, label, ratio in REVISED:
        [(estimate, final)] = built.query(
            "select max(arrivals_count) filter (where status = 'estimate'),"
            " max(arrivals_count) filter (where status = 'revised')"
            f" from staging.stg_nso__visitors where period_month = '{month}' and label = '{label}'"
            " and period_kind = 'month' and measure = 'arrivals'"
        )
        assert estimate / final == pytest.approx(ratio, abs=0.001)


def test_totals_are_those_that_were_planted(built: Warehouse, small_world: World) -> None:
    found = built.query(
        "select distinct on (period_month) period_month, arrivals_count"
        " from staging.stg_nso__visitors where breakdown = 'total' and period_kind = 'month'"
        " and measure = 'arrivals' order by period_month, release_month desc"
    )
    planted = small_world.truth.summary["nso"]["visitors"]
    assert {
        f"{month}": count for month, count in found if month >= date(2018, 9, 1)
    } == pytest.approx(planted)
