"""Tranco's lists from a sample site into the warehouse: the planted ranks, once, and what they queue."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from harness import Warehouse, ingest, reading

from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.build import World
from tiengvang.windows import Window, parse_instant

RANKED = "select list_date, list_id, domain, rank from raw.tranco__ranks order by 1, 4"
YEAR = Window(parse_instant("2026-01-01"), parse_instant("2027-01-01"))


@pytest.fixture(scope="module")
def loaded(
    new_warehouse: Callable[[str], Warehouse], small_world: World
) -> Iterator[tuple[Warehouse, dict[str, int]]]:
    """A warehouse after one scheduled run at the first instant."""
    warehouse = new_warehouse("tranco")
    with reading(warehouse, small_world.folder, small_world.instants[0]):
        outcome = ingest("tranco")
        yield warehouse, outcome


def test_the_planted_ranks_are_found(
    loaded: tuple[Warehouse, dict[str, int]], small_world: World
) -> None:
    warehouse, outcome = loaded
    truth: Any = small_world.truth.summary["tranco"]
    assert list(truth["lists"]) == ["2026-06-01"]
    assert (outcome["loaded"], outcome["rows_kept"]) == (1, 100_000)
    rows = warehouse.query(RANKED)
    assert {(str(day), list_id) for day, list_id, _, _ in rows} == set(truth["lists"].items())
    assert [rank for *_, rank in rows] == list(range(1, 100_001))
    found = {domain: rank for _, _, domain, rank in rows if not domain.startswith("site")}
    assert found == truth["ranks"]["2026-06-01"]
    unranked = {o["outlet_domain"] for o in small_world.spec.description(YEAR.end)["outlets"]}
    assert 0 < len(unranked - set(found)) < len(unranked) / 2


def test_every_day_that_a_list_covers_is_queued_once(
    loaded: tuple[Warehouse, dict[str, int]], small_world: World
) -> None:
    warehouse, _ = loaded
    last = small_world.instants[0].date()
    days = warehouse.query(
        "select day from ops.changed_days where load_id is not null order by day"
    )
    assert days == [
        (date(2026, 6, 1) + timedelta(days=n),) for n in range((last - date(2026, 6, 1)).days + 1)
    ]


def test_a_list_is_asked_for_once(loaded: tuple[Warehouse, dict[str, int]]) -> None:
    warehouse, _ = loaded
    before = warehouse.query("select * from ops.source_files where source = 'tranco'")
    assert ingest("tranco") == {}
    assert warehouse.query("select * from ops.source_files where source = 'tranco'") == before


def site(folder: Path, sites: dict[str, str], available: tuple[str, ...]) -> str:
    """A folder laid out like the site, one list a day of each text; not all of them are available."""
    for sub in ("api/lists/date", "download_daily"):
        (folder / sub).mkdir(parents=True, exist_ok=True)
    for day, text in sites.items():
        list_id = f"L{day[4:6]}X"
        answer = {"list_id": list_id, "available": day in available, "failed": False}
        (folder / f"api/lists/date/{day}.json").write_text(json.dumps(answer), "utf-8")
        content = zip_bytes("top-1m.csv", text.encode())
        (folder / f"download_daily/{list_id}.zip").write_bytes(content)
    return folder.as_uri()


def test_a_bad_list_keeps_out_no_other_and_a_late_one_queues_what_it_covers(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("tranco_site")
    good, other = "1,a.example\n2,b.example\n", "1,b.example\n2,a.example\n"
    sites = {"20250301": good, "20250401": "1,a.example\n1,b.example\n", "20250501": good}
    window = Window(parse_instant("2025-03-01"), parse_instant("2025-06-01"))
    base = site(tmp_path, sites, ("20250401", "20250501"))
    with warehouse.active(TIENGVANG_TRANCO_BASE_URL=base):
        outcome = ingest("tranco", window)
        assert (outcome["loaded"], outcome["missing"], outcome["refused"]) == (1, 1, 1)
        assert warehouse.query(RANKED) == [
            (date(2025, 5, 1), "L05X", "a.example", 1),
            (date(2025, 5, 1), "L05X", "b.example", 2),
        ]
        reasons = dict(warehouse.query("select file_name, reason from ops.source_files"))
        assert reasons["ranks@2025-03"] == "ranks@2025-03: the list of 2025-03-01 is not available"
        assert reasons["ranks@2025-04"] == "ranks@2025-04, line 2: rank 1, expected 2"
        site(tmp_path, {"20250301": other}, ("20250301",))
        assert ingest("tranco", window)["loaded"] == 1
    covered = warehouse.query(
        "select min(day), max(day), count(distinct day) from ops.changed_days as changed "
        "join ops.source_files as file using (load_id) where file_name = 'ranks@2025-03'"
    )
    assert covered == [(date(2025, 3, 1), date(2025, 4, 30), 61)]
    statuses = warehouse.query("select status from ops.source_files order by file_name")
    assert statuses == [("loaded",), ("refused",), ("loaded",)]
