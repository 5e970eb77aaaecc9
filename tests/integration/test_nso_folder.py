"""The statistics office's workbooks: a folder that somebody fills, and the site that fills it as well."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from harness import Warehouse, ingest

from tiengvang import jobs
from tiengvang.errors import FetchFailed, WorldMismatch
from tiengvang.local.upstream import Upstream, running_upstream
from tiengvang.local.world import nso_folder
from tiengvang.local.world.build import World
from tiengvang.windows import Window

SEED = 7
YEAR_2023 = Window(datetime(2023, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC))
MONTHS = [date(2023, month, 1) for month in range(1, 13)]


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """A year's workbooks, as a person put them there."""
    folder = tmp_path / "nso"
    folder.mkdir()
    for month in MONTHS:
        (folder / nso_folder.file_name(month)).write_bytes(nso_folder.workbook(SEED, month))
    return folder


@pytest.fixture(scope="module")
def site(small_world: World) -> Iterator[Upstream]:
    with running_upstream(small_world.folder, small_world.instants[0]) as upstream:
        yield upstream


def in_sample_world(warehouse: Warehouse, world: World) -> None:
    """As another source of that world would have left the warehouse."""
    with psycopg.connect(warehouse.url) as connection:
        connection.execute(
            "insert into ops.world (world_name, is_synthetic, declared_as_of) values (%s, true, %s)",
            (world.spec.name, world.instants[0]),
        )


def files(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    return warehouse.query(
        "select left(file_name, -13), status from ops.source_files where source = 'nso' order by 1"
    )


def test_a_folder_is_loaded_in_one_load_with_its_faulty_workbook_flagged(
    new_warehouse: Callable[[str], Warehouse], own_folder: Path
) -> None:
    warehouse = new_warehouse("nso_folder")
    (own_folder / "02-Bieu-13.2023.xlsx").write_bytes(b"PK\x03\x04 half of a file")
    (own_folder / "notes.txt").write_text("no workbook")
    with warehouse.active(TIENGVANG_NSO_DIR=str(own_folder)):
        assert len(jobs.plan("nso", None, None)) == 1
        outcome = ingest("nso")
        assert (outcome["loaded"], outcome["refused"]) == (12, 1)
        assert jobs.plan("nso", None, None) == []
    assert warehouse.query("select status from ops.loads") == [("passed",)]
    assert warehouse.query(
        "select distinct left(file_name, -13), cell, check_name from raw.nso__checks where not is_ok"
        " order by 3"
    ) == [
        (nso_folder.file_name(nso_folder.FAULTY_MONTH), "D9", "continents_of_total"),
        (nso_folder.file_name(nso_folder.FAULTY_MONTH), "D9", "modes_of_total"),
    ]
    failed = warehouse.query("select suite, expectation from ops.gate_results where not is_success")
    assert [suite for suite, _ in failed] == ["nso_revision"]
    totals = dict(
        warehouse.query(
            "select release_month, arrivals_count from raw.nso__visitors where breakdown = 'total'"
            " and status = 'estimate' and period_kind = 'month' and measure = 'arrivals'"
        )
    )
    assert totals == {
        month: sum(nso_folder.first_estimate(SEED, month).modes.values())
        + (nso_folder.TOO_MANY if month == nso_folder.FAULTY_MONTH else 0)
        for month in MONTHS
    }


def test_a_changed_workbook_is_another_vintage_and_the_old_one_stays(
    new_warehouse: Callable[[str], Warehouse], own_folder: Path
) -> None:
    warehouse = new_warehouse("nso_changed")
    with warehouse.active(TIENGVANG_NSO_DIR=str(own_folder)):
        ingest("nso")
        path = own_folder / nso_folder.file_name(MONTHS[4])
        path.write_bytes(nso_folder.workbook(SEED + 1, MONTHS[4]))
        assert ingest("nso")["loaded"] == 1
        path.unlink()
        assert jobs.plan("nso", None, None) == []
    versions = warehouse.query(
        f"select count(distinct file_name) from raw.nso__visitors where file_name like '{path.name}@%'"
    )
    assert versions == [(2,)]


def test_a_table_of_nonsense_is_kept_out_alone_by_the_second_run(
    new_warehouse: Callable[[str], Warehouse],
    own_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    warehouse = new_warehouse("nso_nonsense")
    monkeypatch.setattr(nso_folder, "TOO_MANY", 30_000_000)
    month = nso_folder.FAULTY_MONTH
    (own_folder / nso_folder.file_name(month)).write_bytes(nso_folder.workbook(SEED, month))
    for path in sorted(own_folder.iterdir())[:-3]:
        if path.name != nso_folder.file_name(month):
            path.unlink()
    with warehouse.active(TIENGVANG_NSO_DIR=str(own_folder)):
        assert load_and_judge() == (4, {"passed": 0, "quarantined": 1})
        assert load_and_judge() == (4, {"passed": 3, "quarantined": 1})
        assert jobs.plan("nso", None, None) == []
    assert warehouse.query(
        "select left(file_name, -13), left(reason, 12) from ops.source_files"
        " where status = 'refused'"
    ) == [(nso_folder.file_name(month), "quarantined:")]


def load_and_judge() -> tuple[int, dict[str, int]]:
    """How many files a run loads, and how many loads door one passes and quarantines."""
    batches = jobs.plan("nso", None, None)
    loaded = sum(jobs.load_batch("nso", batch, "test")["loaded"] for batch in batches)
    verdicts = jobs.judge("nso")
    return loaded, {name: len(loads) for name, loads in verdicts.items()}


def test_what_the_site_gives_is_the_same_file_as_what_was_dropped(
    new_warehouse: Callable[[str], Warehouse], small_world: World, site: Upstream, tmp_path: Path
) -> None:
    warehouse = new_warehouse("nso_site")
    in_sample_world(warehouse, small_world)
    folder = tmp_path / "nso"
    folder.mkdir()
    shutil.copy(small_world.nso / "world.json", folder)
    dropped = nso_folder.file_name(MONTHS[2])
    shutil.copy(small_world.nso / dropped, folder)
    with warehouse.active(TIENGVANG_NSO_DIR=str(folder), TIENGVANG_NSO_BASE_URL=site.nso_base_url):
        assert ingest("nso")["loaded"] == 1
        brought = jobs.fetch_workbooks(YEAR_2023, None)
        assert brought == {
            **dict.fromkeys(brought, 0),
            "posts": 12,
            "fetched": 12,
        }
        assert sorted(path.name for path in folder.glob("*.xlsx")) == sorted(
            [dropped, *(f"{month:%Y-%m}_{nso_folder.file_name(month)}" for month in MONTHS)]
        )
        assert ingest("nso")["loaded"] == 11
        again = jobs.fetch_workbooks(YEAR_2023, None)
        assert (again["fetched"], again["already_there"]) == (0, 12)
        assert jobs.plan("nso", None, None) == []
    assert [status for _, status in files(warehouse)] == ["loaded"] * 12


def test_a_scheduled_run_asks_for_the_last_months_only(
    new_warehouse: Callable[[str], Warehouse], small_world: World, site: Upstream, tmp_path: Path
) -> None:
    warehouse = new_warehouse("nso_scheduled")
    in_sample_world(warehouse, small_world)
    folder = tmp_path / "not there yet"
    with warehouse.active(TIENGVANG_NSO_DIR=str(folder), TIENGVANG_NSO_BASE_URL=site.nso_base_url):
        brought = jobs.fetch_workbooks(None, None)
        assert (brought["posts"], brought["fetched"]) == (2, 2)
        assert sorted(path.name for path in folder.glob("*.xlsx")) == [
            "2026-05_02-Bieu-4.2026.xlsx",
            "2026-06_02-Bieu-5.2026.xlsx",
        ]
        assert (
            json.loads((folder / "world.json").read_text())["world_name"] == small_world.spec.name
        )
        assert ingest("nso")["loaded"] == 2


def test_a_site_that_was_down_for_long_is_asked_for_all_since_the_newest_workbook(
    new_warehouse: Callable[[str], Warehouse], small_world: World, site: Upstream, tmp_path: Path
) -> None:
    warehouse = new_warehouse("nso_caught_up")
    in_sample_world(warehouse, small_world)
    shutil.copy(small_world.nso / "world.json", tmp_path)
    shutil.copy(small_world.nso / nso_folder.file_name(date(2026, 2, 1)), tmp_path)
    folder = {"TIENGVANG_NSO_DIR": str(tmp_path)}
    with warehouse.active(**folder, TIENGVANG_NSO_BASE_URL=site.nso_base_url):
        assert ingest("nso")["loaded"] == 1
        assert jobs.fetch_workbooks(None, None)["fetched"] == 5  # posted from February to June
        assert ingest("nso")["loaded"] == 4


def test_a_site_that_is_down_or_of_another_world_is_said(
    new_warehouse: Callable[[str], Warehouse],
    own_folder: Path,
    site: Upstream,
    tmp_path: Path,
) -> None:
    warehouse = new_warehouse("nso_down")
    with warehouse.active(TIENGVANG_NSO_DIR=str(own_folder)):
        assert jobs.fetch_workbooks(YEAR_2023, None) == {}, "no site is set"
    folder = {"TIENGVANG_NSO_DIR": str(own_folder)}
    with (
        warehouse.active(**folder, TIENGVANG_NSO_BASE_URL=site.nso_base_url),
        pytest.raises(WorldMismatch, match="holds files of the world 'live'"),
    ):
        jobs.fetch_workbooks(YEAR_2023, None)
    with (
        warehouse.active(**folder, TIENGVANG_NSO_BASE_URL=tmp_path.as_uri()),
        pytest.raises(FetchFailed, match="there is no listing"),
    ):
        jobs.fetch_workbooks(YEAR_2023, None)
    assert len(list(own_folder.glob("*.xlsx"))) == 12
