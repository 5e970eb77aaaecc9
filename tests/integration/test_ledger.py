"""What the ledger makes of files that are late, never come, or were read with another watch-list."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from harness import Warehouse, ingest, reading

from tiengvang import jobs, watchlist
from tiengvang.local.world.build import World
from tiengvang.local.world.spec import wire_slot
from tiengvang.windows import STREAMS, SlotCalendar, Window

HOURS = timedelta(hours=2)


def statuses(warehouse: Warehouse, slot: datetime) -> set[tuple[str, int]]:
    """Status and number of attempts of the English files of a slot."""
    found = warehouse.query(
        "select status, attempts from ops.source_files "
        f"where source = 'gdelt' and stream = 'english' and slot_at = '{slot.isoformat()}'"
    )
    assert len(found) == 3
    return set(found)


@contextmanager
def as_of(warehouse: Warehouse, folder: Path, world: World, instant: datetime) -> Iterator[None]:
    """Serve a folder of GDELT's files at an instant, as a source that published two hours only."""
    calendar = SlotCalendar(dict.fromkeys(STREAMS, (hours(world),)))
    description = {**world.spec.description(instant), "calendar": calendar.as_json()}
    (folder / "world.json").write_text(json.dumps(description), encoding="utf-8")
    with warehouse.active(TIENGVANG_GDELT_BASE_URL=folder.as_uri()):
        yield


@pytest.fixture
def late(small_world: World, tmp_path: Path) -> tuple[Path, datetime, Path]:
    """Two hours of the small world as a folder; its third slot's English files are kept elsewhere."""
    folder, elsewhere = tmp_path / "mirror", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    window = hours(small_world)
    missing = list(window.slots())[2]
    for slot in window.slots():
        for path in small_world.gdelt.glob(f"{wire_slot(slot)}.*.zip"):
            is_late = slot == missing and ".translation." not in path.name
            shutil.copy(path, (elsewhere if is_late else folder) / path.name)
    assert len(list(elsewhere.iterdir())) == 3
    return folder, missing, elsewhere


def hours(world: World) -> Window:
    start = world.spec.window.start + timedelta(hours=8, minutes=15)  # nothing is planted there
    return Window(start, start + HOURS)


def test_a_missing_file_is_asked_for_again_for_a_day_then_a_gap_and_a_backfill_fills_it(
    new_warehouse: Callable[[str], Warehouse],
    small_world: World,
    late: tuple[Path, datetime, Path],
) -> None:
    warehouse, quiet = new_warehouse("late"), new_warehouse("not_late")
    folder, slot, elsewhere = late
    window = hours(small_world)
    with as_of(warehouse, folder, small_world, window.end):
        ingest("gdelt", window)
    assert statuses(warehouse, slot) == {("missing", 1)}
    with as_of(warehouse, folder, small_world, slot + timedelta(hours=23, minutes=59)):
        ingest("gdelt")
    assert statuses(warehouse, slot) == {("missing", 2)}, "asked again within a day"
    with as_of(warehouse, folder, small_world, slot + timedelta(hours=24, minutes=1)):
        ingest("gdelt")
        assert statuses(warehouse, slot) == {("gap", 3)}
        ingest("gdelt")
        assert statuses(warehouse, slot) == {("gap", 3)}, "a gap is not asked for by itself"
        for path in elsewhere.iterdir():
            shutil.copy(path, folder)
        ingest("gdelt")
        assert statuses(warehouse, slot) == {("gap", 3)}
        ingest("gdelt", Window(slot, slot + timedelta(minutes=15)))
    assert statuses(warehouse, slot) == {("loaded", 4)}
    with as_of(quiet, folder, small_world, slot + timedelta(hours=24, minutes=1)):
        ingest("gdelt", window)
    assert warehouse.raw() == quiet.raw()


def test_a_file_is_compared_with_what_its_list_says(
    new_warehouse: Callable[[str], Warehouse],
    small_world: World,
    late: tuple[Path, datetime, Path],
) -> None:
    warehouse = new_warehouse("listed")
    folder, _, _ = late
    longer, other, right, *_ = sorted(folder.glob("*.translation.*.zip"))
    entries = [
        (longer.stat().st_size + 1, md5(longer), longer.name),
        (other.stat().st_size, "0" * 32, other.name),
        (right.stat().st_size, md5(right), right.name),
    ]
    lines = [f"{size} {digest} http://gdelt.example/{name}\n" for size, digest, name in entries]
    (folder / "lastupdate-translation.txt").write_text("".join(lines), encoding="utf-8")
    with as_of(warehouse, folder, small_world, hours(small_world).end):
        ingest("gdelt", hours(small_world))
    reasons = dict(
        warehouse.query("select file_name, reason from ops.source_files where status = 'refused'")
    )
    assert set(reasons) == {longer.name, other.name}
    assert f"expected {longer.stat().st_size + 1} by its list" in reasons[longer.name]
    assert f"md5 {md5(other)}, expected {'0' * 32} by its list" in reasons[other.name]


def md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


@pytest.fixture
def other_list(tmp_path: Path) -> Path:
    """The seeds with one peer less, and with a donor that has become a peer."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    shutil.copy(watchlist.SEEDS / "countries.csv", folder)
    lines = (watchlist.SEEDS / "watchlist.csv").read_text(encoding="utf-8").splitlines()
    kept = [
        line.replace("LAO,donor", "LAO,peer") for line in lines if not line.startswith("THA,peer")
    ]
    assert len(kept) == len(lines) - 1
    assert len(set(kept) - set(lines)) == 1
    (folder / "watchlist.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


@contextmanager
def watching(seeds: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for function in (watchlist.watchlist_on, watchlist.seed_version):
            patch.setattr(function, "__defaults__", (seeds,))
        yield


def test_a_changed_watch_list_makes_files_due_and_gives_a_fresh_loads_tables(
    new_warehouse: Callable[[str], Warehouse], small_world: World, other_list: Path
) -> None:
    changed, fresh = new_warehouse("list_changed"), new_warehouse("list_fresh")
    window = hours(small_world)
    with reading(changed, small_world.folder, small_world.instants[0]):
        first = ingest("gdelt", window)
        before = changed.raw()
        assert jobs.plan("gdelt", window, None) == [], "everything is there"
        with watching(other_list):
            again = ingest("gdelt", window)
            assert again["loaded"] == first["loaded"] > 0
            assert jobs.plan("gdelt", window, None) == []
    with reading(fresh, small_world.folder, small_world.instants[0]), watching(other_list):
        ingest("gdelt", window)
    assert changed.raw() == fresh.raw()
    assert changed.raw() != before
    open_days = changed.query("select distinct day from ops.changed_days where load_id is not null")
    assert [row[0] for row in open_days] == list(window.dates())
    rebuilt = changed.query("select count(distinct load_id) from ops.changed_days")
    assert rebuilt == [(2,)], "the next build sees the new reading"
