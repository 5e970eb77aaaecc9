"""Genuine workbooks of the National Statistics Office, loaded whole: rows, rejects with their cells."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from harness import Warehouse, ingest

from tiengvang.sources.drop_folder import DropFolderSource
from tiengvang.sources.nso.identity import SOURCE, SUFFIXES, identify
from tiengvang.sources.nso.parse import parse_workbook
from tiengvang.sources.nso.workbook import LIMIT_BYTES
from tiengvang.warehouse.ledger import register
from tiengvang.warehouse.load import load_file, open_load
from tiengvang.warehouse.world import World
from tiengvang.windows import Window, parse_instant

WINDOW = Window(parse_instant("2022-01-01"), parse_instant("2022-01-02"))


def load(warehouse: Warehouse, source: DropFolderSource, most: int) -> list[bool]:
    files = list(source.expected_files(WINDOW, World()))[:most]
    with psycopg.connect(warehouse.url, autocommit=True) as connection:
        register(connection, files)
        load_id = open_load(connection, SOURCE, "test", WINDOW)
        source.prepare(connection, files)
        outcomes = []
        for file in files:
            parsed, received = source.parse(file, source.fetch(file))
            outcomes.append(
                load_file(connection, file, parsed, received, load_id, write=source.write)
            )
        return outcomes


def test_genuine_workbooks_are_loaded_once_with_their_rejects(
    new_warehouse: Callable[[str], Warehouse], real_data: Path
) -> None:
    warehouse = new_warehouse("nso_workbooks")
    folder = real_data / "statistics" / "nso"
    source = DropFolderSource(SOURCE, folder, SUFFIXES, LIMIT_BYTES, identify, parse_workbook)
    assert load(warehouse, source, 100) == [True] * 51
    assert load(warehouse, source, 3) == [False] * 3
    months = warehouse.query(
        "select slot_at, count(*) from ops.source_files where source = 'nso' group by 1 order by 1"
    )
    assert months[:2] == [
        (datetime(2010, 6, 1, tzinfo=UTC), 1),
        (datetime(2012, 3, 1, tzinfo=UTC), 1),
    ]
    assert len(months) == 51
    assert warehouse.query(
        "select place, line_number, reason from ops.rejected_rows where source = 'nso' order by 1"
    ) == [
        ("FDI!E48", 3, "figures without a label"),
        ("Sheet1!G53", 1, "figures without a label"),
        ("Sheet1!H53", 2, "figures without a label"),
    ]
    (kept,) = warehouse.query(
        "select sum(rows_kept), (select count(*) from raw.nso__visitors),"
        " (select count(*) from raw.nso__fdi) from ops.source_files where source = 'nso'"
    )
    assert kept[0] == kept[1] + kept[2] > 14_000
    assert warehouse.query("select count(*) from raw.nso__checks where not is_ok") == [(16,)]


def test_genuine_workbooks_of_the_worst_year_pass_door_one_with_warnings(
    new_warehouse: Callable[[str], Warehouse], real_data: Path, tmp_path: Path
) -> None:
    """Of 51 workbooks those of 2020 have most failed checks: slipped totals, one in English."""
    warehouse = new_warehouse("nso_door_one")
    for path in (real_data / "statistics" / "nso").glob("2020-*"):
        shutil.copy(path, tmp_path)
    with warehouse.active(TIENGVANG_NSO_DIR=str(tmp_path)):
        assert ingest("nso")["loaded"] == len(list(tmp_path.iterdir())) >= 12
        alone = tmp_path / "2020-04-29-02-Bieu-4.-2020.xlsx"
        content = alone.read_bytes()
        for other in tmp_path.iterdir():
            other.unlink()
        alone.write_bytes(content + b"\0")  # another file, of the same sheets
        assert ingest("nso")["loaded"] == 1
    assert warehouse.query("select distinct status from ops.loads") == [("passed",)]
    assert warehouse.query(
        "select distinct suite, column_name, severity from ops.gate_results where not is_success"
        " order by 2"
    ) == [("nso_revision", "failed_checks", "warning")]
