"""Genuine statistics from files to mapped, corrected and reconciled rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from harness import Warehouse, ingest

from tiengvang.errors import BuildFailed
from tiengvang.sources.drop_folder import stamped
from tiengvang.sources.nso.parse import parse_workbook
from tiengvang.transform import run_dbt
from tiengvang.warehouse.raw_rows import write_rows

pytestmark = pytest.mark.real_data

MODELS = ("+qc_unknown_labels", "+qc_fia_breakdowns", "+qc_corrections_unused",
          "+qc_fdi_reconciliation", "+dim_province")  # fmt: skip
WORKBOOKS = ("2010-*", "2012-*", "2014-*", "20??-12-*", "2020-09-*")
CHECKS = ("assert_labels_stand_for_one_thing", "assert_provinces_are_63_then_34")


@pytest.fixture(scope="module")
def built(new_warehouse: Callable[[str], Warehouse], real_data: Path) -> Warehouse:
    warehouse = new_warehouse("fia_built")
    with warehouse.active(TIENGVANG_FIA_DIR=str(real_data / "statistics" / "fia")) as settings:
        assert ingest("fia")["loaded"] == 6
        load_workbooks(warehouse, real_data / "statistics" / "nso")
        outcome = run_dbt(
            settings, warehouse.url,
            ["build", "--indirect-selection", "buildable", "--select", *MODELS],
        )  # fmt: skip
    assert outcome["pass"] > 40
    assert set(outcome) <= {"pass", "success"}, outcome
    return warehouse


def load_workbooks(warehouse: Warehouse, folder: Path) -> None:
    """Write the rows of some workbooks as a load that passed."""
    paths = sorted({path for pattern in WORKBOOKS for path in folder.glob(f"{pattern}.xls*")})
    assert len(paths) == 8
    with psycopg.connect(warehouse.url) as connection:
        row: Any = connection.execute(
            "insert into ops.loads (source, run_id, window_start, window_end, status)"
            " values ('nso', 'test', now(), now(), 'passed') returning load_id"
        ).fetchone()
        for path in paths:
            parsed = parse_workbook(path.read_bytes(), f"{path.name}@0123456789ab")
            write_rows(connection, stamped(parsed, datetime.now(UTC)).tables, row[0])


def test_genuine_tables_are_mapped_without_an_unknown_label(built: Warehouse) -> None:
    assert built.query("select * from qc.qc_unknown_labels") == []
    rows = built.query(
        "select breakdown, language_code_iso639_3, count(*), count(kind)"
        " from intermediate.int_fia_registered_mapped group by 1, 2 order by 1"
    )
    assert rows == [("partner", "vie", 834, 834), ("province", "vie", 460, 460),
                    ("sector", "vie", 150, 150)]  # fmt: skip


def test_genuine_decembers_agree_with_the_yearly_tables(built: Warehouse) -> None:
    rows = built.query(
        "select registered_year, count(*), count(*) filter (where is_within_tolerance),"
        " max(abs(difference))::float8 from qc.qc_fdi_reconciliation group by 1 order by 1"
    )
    # every partner, province and total of four Decembers; one project of 2020 is the largest difference
    assert [row[:3] for row in rows] == [
        (2018, 82, 82), (2019, 113, 113), (2020, 112, 112), (2021, 112, 112),
    ]  # fmt: skip
    assert [round(row[3], 2) for row in rows] == [0.03, 0.06, 1.0, 0.05]


def test_genuine_sums_agree_within_a_tenth_of_a_percent(built: Warehouse) -> None:
    rows = built.query(
        "select registered_year, measure, difference, is_within_tolerance"
        " from qc.qc_fia_breakdowns where measure = 'new_projects'"
    )
    # 2,522 projects by partner, 2,523 by sector and by province
    assert rows == [(2020, "new_projects", 1, True)]
    assert built.query(
        "select count(*) from qc.qc_fia_breakdowns where not is_within_tolerance"
    ) == [(0,)]


def test_genuine_corrections_are_all_needed(built: Warehouse) -> None:
    assert built.query("select * from qc.qc_corrections_unused") == []
    rows = built.query(
        "select label, count(*) from intermediate.int_fia_registered_corrected"
        " where language_code_iso639_3 = 'eng' and label in ('Poland', 'Finland')"
        " group by 1 order by 1"
    )
    assert rows == [("Finland", 8), ("Poland", 8)]
    both = built.query(
        "select language_code_iso639_3, sum(new_projects) from"
        " intermediate.int_fia_registered_corrected where label in ('Finland', 'Phần Lan')"
        " group by 1"
    )
    assert len({projects for _, projects in both}) == 1
    assert len(both) == 2


def test_provinces_have_their_time(built: Warehouse) -> None:
    rows = built.query(
        "select province_name_vi, successor_province_id from warehouse.dim_province"
        " where province_code_nso = '24' order by valid_from"
    )
    assert rows == [("Bắc Giang", "24-2025"), ("Bắc Ninh", None)]
    parents = built.query(
        "select count(distinct new.province_id), count(distinct old.province_id)"
        " from warehouse.dim_province as new join warehouse.dim_province as old"
        " on coalesce(old.successor_province_id, old.province_id) = new.province_id"
        " and old.valid_from < '2025-07-01'"
        " where new.valid_to is null and (old.valid_to is null or old.valid_to >= '2025-07-01')"
    )
    assert parents == [(34, 63)]


def test_the_crosswalks_own_checks_can_fail(built: Warehouse) -> None:
    damages = (
        "insert into seeds.statistical_labels (breakdown, label, kind, country_code_iso3, seen_in)"
        " values ('partner', 'NHẬT bản', 'country', 'KOR', 'nso')",
        "delete from seeds.province_bridge where province_id_before = '02-2008'",
    )
    with psycopg.connect(built.url) as connection:
        for damage in damages:
            assert connection.execute(damage.encode()).rowcount == 1
    with built.active() as settings, pytest.raises(BuildFailed) as failed:
        run_dbt(settings, built.url, ["test", "--select", *CHECKS])
    assert all(check in str(failed.value) for check in CHECKS)
