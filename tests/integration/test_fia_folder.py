"""The Foreign Investment Agency's tables from a folder into the ledger, version by version."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from harness import Warehouse, ingest

from tiengvang import jobs
from tiengvang.errors import WorldMismatch
from tiengvang.local.world.fia import FILES, LABELS, LAST_YEAR, write_fia
from tiengvang.local.world.spec import WorldSpec
from tiengvang.windows import Window

PARTNERS = FILES["partner"].format("vi")
YEARS = LAST_YEAR - 2014


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("fia_world")
    write_fia(WorldSpec(), base)
    (base / "fia" / "world.json").unlink()  # as a user's own folder
    return base / "fia"


@pytest.fixture
def own_folder(folder: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(folder, tmp_path / "fia"))


def loaded(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    return warehouse.query(
        "select left(file_name, -13), status, rows_kept from ops.source_files"
        " where source = 'fia' order by 1, status"
    )


def test_a_changed_file_is_a_new_version_and_the_old_one_stays(
    new_warehouse: Callable[[str], Warehouse], own_folder: Path
) -> None:
    warehouse = new_warehouse("fia_versions")
    with warehouse.active(TIENGVANG_FIA_DIR=str(own_folder)):
        assert ingest("fia")["loaded"] == 6
        assert jobs.plan("fia", None, None) == []
        shutil.copy(own_folder / PARTNERS, own_folder / "a copy of it.csv")
        assert jobs.plan("fia", None, None) == []
        (own_folder / "a copy of it.csv").unlink()
        text = (own_folder / PARTNERS).read_text(encoding="utf-8")
        old = next(line for line in text.splitlines() if line.startswith("1,"))
        changed = old.replace("1,Hàn Quốc", "1,Nước khác")
        (own_folder / PARTNERS).write_text(text.replace(old, changed), encoding="utf-8")
        assert ingest("fia")["loaded"] == 1
        (own_folder / PARTNERS).unlink()
        assert jobs.plan("fia", None, None) == []
    n_partners = len(LABELS["partner"]) * YEARS
    assert loaded(warehouse).count((PARTNERS, "loaded", n_partners)) == 2
    rows = warehouse.query(
        "select array_agg(label order by load_id) from raw.fia__registered"
        f" where file_name like '{PARTNERS}%' and line_number = 4"
    )
    assert rows == [(["Hàn Quốc", "Nước khác"],)]


def test_a_version_that_is_cut_short_is_quarantined_alone(
    new_warehouse: Callable[[str], Warehouse], own_folder: Path
) -> None:
    warehouse = new_warehouse("fia_cut")
    with warehouse.active(TIENGVANG_FIA_DIR=str(own_folder)):
        ingest("fia")
        whole = (own_folder / PARTNERS).read_bytes()
        (own_folder / PARTNERS).write_bytes(whole[: len(whole) // 2].rpartition(b"\n")[0])
        [batch] = jobs.plan("fia", None, None)
        assert jobs.load_batch("fia", batch, "test")["loaded"] == 1
        assert len(jobs.judge("fia")["quarantined"]) == 1
        assert jobs.plan("fia", None, None) == []
    reasons = warehouse.query("select reason from ops.loads where status = 'quarantined'")
    assert "cut short" in reasons[0][0]
    assert warehouse.query("select count(*) from ops.loads where status = 'passed'") == [(1,)]


def test_what_cannot_be_read_blocks_nothing(
    new_warehouse: Callable[[str], Warehouse], own_folder: Path
) -> None:
    (own_folder / "fdi_country_partners_fr.csv").write_text("Pays,Année\nJapon,2020\n")
    (own_folder / "fdi_industry_new.csv").write_bytes(b"PK\x03\x04\0\0")
    warehouse = new_warehouse("fia_bad")
    with warehouse.active(TIENGVANG_FIA_DIR=str(own_folder)):
        outcome = ingest("fia")
        assert (outcome["loaded"], outcome["refused"]) == (6, 2)
        assert jobs.plan("fia", None, None) == []
        window = Window(datetime(2026, 7, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
        by_hand = ingest("fia", window)
        assert by_hand == {**dict.fromkeys(outcome, 0), "refused": 2}
    reasons = dict(
        warehouse.query(
            "select left(file_name, -13), reason from ops.source_files where status = 'refused'"
        )
    )
    assert "unknown ['pays', 'année']" in reasons["fdi_country_partners_fr.csv"]
    assert "NUL bytes" in reasons["fdi_industry_new.csv"]


def test_no_folder_is_nothing_to_do(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("fia_none")
    with warehouse.active():
        assert jobs.plan("fia", None, None) == []
    with warehouse.active(TIENGVANG_FIA_DIR=str(tmp_path / "not there")):
        assert jobs.plan("fia", None, None) == []
    with warehouse.active(TIENGVANG_FIA_DIR=str(tmp_path)):
        assert jobs.plan("fia", None, None) == []
    assert warehouse.query("select count(*) from ops.source_files") == [(0,)]


def test_a_folder_belongs_to_one_world(
    new_warehouse: Callable[[str], Warehouse], own_folder: Path
) -> None:
    warehouse = new_warehouse("fia_worlds")
    marker = own_folder / "world.json"
    marker.write_text(json.dumps({"world_name": "sample", "is_synthetic": True}))
    with warehouse.active(TIENGVANG_FIA_DIR=str(own_folder)):
        with pytest.raises(WorldMismatch, match="read another source"):
            jobs.plan("fia", None, None)
        with psycopg.connect(warehouse.url) as connection:
            connection.execute(
                "insert into ops.world (world_name, is_synthetic, declared_as_of)"
                " values ('sample', true, '2026-07-12 12:00+00')"
            )
            connection.execute(
                "insert into raw.sample__outlets values ('a.example', 'A', 'VNM', 'vie', 'domestic')"
            )
        assert ingest("fia")["loaded"] == 6
        marker.unlink()
        with pytest.raises(WorldMismatch, match="was offered 'live'"):
            jobs.plan("fia", None, None)
    assert warehouse.query("select declared_as_of, (select count(*) from raw.sample__outlets)"
                           " from ops.world") == [(datetime(2026, 7, 12, 12, tzinfo=UTC), 1)]  # fmt: skip
    assert warehouse.query("select distinct received_at from raw.fia__registered") == [
        (datetime(2026, 7, 12, 12, tzinfo=UTC),)
    ]
