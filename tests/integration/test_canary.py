"""Two hundred people are named wherever sources name people; nothing that the product writes names one.

Kept as published are titles, addresses, texts of claims, what offices write into cells of text, offices and
names of files: a word planted in each is found again, by the search that finds nobody.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from canaries import (
    ALL,
    CANARIES,
    KEPT,
    MARK,
    NUMBER,
    Canaries,
    canary,
    spoil_feed,
    spoil_fia,
    spoil_imf,
    spoil_oecd,
    spoil_slot,
    spoil_worldbank,
    write_nso,
    write_registers,
)
from harness import Warehouse, build, ingest, reading

from tiengvang import gate, jobs
from tiengvang.local.world.build import World
from tiengvang.local.world.spec import wire_slot
from tiengvang.warehouse.connection import connect, role_url
from tiengvang.windows import SLOT, STREAMS, Window, floor_slot, format_instant

HOURS = timedelta(hours=2)
FOLDERS = ("worldbank", "tranco", "pageviews", "imf", "oecd", "gdelt_domains", "fia", "factchecks")
# What is kept as published, and where it must be found.
PUBLISHED = {
    f"{KEPT}title": "marts.fct_document_country",
    f"{KEPT}address": "raw.gdelt__documents",
    f"{KEPT}claim": "raw.factchecks__reviews",
    f"{KEPT}evidence": "raw.registers__readiness_units",
    f"{KEPT}office": "raw.registers__training",
    f"{KEPT}file": "ops.source_files",
}


def window_of(world: World) -> Window:
    """The latest hours of which nothing is missing at the first instant."""
    instant = world.instants[0]
    end = floor_slot(instant)
    for back in range(24):
        window = Window(end - HOURS - back * SLOT, end - back * SLOT)
        status = {
            world.truth.file_status(wire_slot(slot), stream, table, instant)
            for slot in window.slots()
            for stream in STREAMS
            for table in ("export", "mentions", "gkg")
        }
        if status == {"loaded"}:
            return window
    raise AssertionError("every two hours of the last eight lack a file")


def declare_only(folder: Path, window: Window) -> None:
    """Let a copied world's sources declare no slots but those of a window."""
    span = [[format_instant(window.start), format_instant(window.end)]]
    for path in folder.rglob("world.json"):
        world = json.loads(path.read_text("utf-8"))
        if "calendar" in world:
            world["calendar"] = dict.fromkeys(STREAMS, span)
            path.write_text(json.dumps(world), "utf-8")


@pytest.fixture(scope="module")
def people() -> Canaries:
    return Canaries()


@pytest.fixture(scope="module")
def spoilt(
    small_world: World, people: Canaries, tmp_path_factory: pytest.TempPathFactory
) -> tuple[World, dict[str, str]]:
    """Two hours of the small world, and its other sources, with people everywhere."""
    folder = tmp_path_factory.mktemp("canary") / "world"
    (folder / "gdeltv2").mkdir(parents=True)
    for name in FOLDERS:
        shutil.copytree(small_world.folder / name, folder / name)
    for name in ("gdeltv2/world.json", "publications.json", "truth.json"):
        shutil.copy(small_world.folder / name, folder / name)
    window = window_of(small_world)
    declare_only(folder, window)
    for slot in window.slots():
        for path in small_world.gdelt.glob(f"{wire_slot(slot)}*.zip"):
            copied = folder / "gdeltv2" / path.name
            shutil.copy(path, copied)
            spoil_slot(copied, people, has_rejects=slot == window.start)
    for path in (folder / "worldbank").rglob("*.json"):
        if path.name != "world.json":
            spoil_worldbank(path, people)
    for path in (folder / "imf" / "data").rglob("*.json"):
        spoil_imf(path, people)
    for path in (folder / "oecd" / "data").rglob("*.csv"):
        spoil_oecd(path, people)
    (folder / "nso").mkdir()
    shutil.copy(small_world.nso / "world.json", folder / "nso" / "world.json")
    write_nso(folder / "nso", small_world.spec.seed, people)
    spoil_fia(folder / "fia", people)
    for name in ("data.json", "earlier.json"):
        spoil_feed(folder / "factchecks" / name, people)
    shutil.copytree(small_world.registers, folder / "registers")
    day = small_world.instants[0].date() - timedelta(days=400)
    outcomes = write_registers(folder / "registers", day, people)
    return World(folder, small_world.spec), outcomes


@contextmanager
def logged(path: Path) -> Iterator[None]:
    """Write what every logger says, at its most talkative, into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


@pytest.fixture(scope="module")
def read(
    new_warehouse: Callable[[str], Warehouse], spoilt: tuple[World, dict[str, str]]
) -> Warehouse:
    """Everything loaded, judged, built and printed, with the doors' pages of every load."""
    warehouse = new_warehouse("canary")
    world, _ = spoilt
    with (
        logged(warehouse.home / "logs" / "canary.log"),
        reading(warehouse, world.folder, world.instants[0]),
    ):
        ingest("gdelt", window_of(world))
        for source in ("worldbank", "tranco", "pageviews", "imf", "oecd", "gdelt_domains"):
            ingest(source)
        for source in ("fia", "nso", "registers", "factchecks"):
            ingest(source)
        _write_pages_of_loads(warehouse)
        build()
        jobs.publish_edition(None)
    return warehouse


def _write_pages_of_loads(warehouse: Warehouse) -> None:
    """Pages are written of what fails; here of everything, with what was observed."""
    loader = role_url(warehouse.url, "loader")
    loads = warehouse.query("select source, load_id from ops.loads order by load_id")
    with connect(warehouse.url, "loader") as connection, gate.open_engine(loader) as engine:
        reports = [
            gate.judge_load(connection, loader, source, load_id, engine=engine)
            for source, load_id in loads
        ]
    gate.write_data_docs(reports, warehouse.home / "data_docs" / "raw")


def told(text: str, mark: str) -> set[str]:
    """Return the canaries of which a text has a word; with KEPT, the words that are kept."""
    low = text.lower()
    if mark not in low:
        return set()
    if mark == KEPT:
        return {word for word in PUBLISHED if word in low}
    return {name for name in ALL if any(word in low for word in _own_words(name))}


def _own_words(name: str) -> set[str]:
    words = name.lower().replace("@", " ").replace("(", " ").replace(")", " ").split()
    return {word.removesuffix(".example") for word in words if word.startswith(MARK)}


def everything(warehouse: Warehouse) -> Iterator[tuple[str, str]]:
    """Yield what is stored, as text by place: all rows of all schemas, and all files."""
    tables = warehouse.query(
        "select format('%I.%I', schemaname, tablename) from pg_tables "
        "where schemaname not in ('pg_catalog', 'information_schema')"
    )
    for (table,) in tables:
        yield table, "\n".join(warehouse.table(table))
    for path in sorted(warehouse.home.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(warehouse.home)), said_by(path)


def said_by(path: Path) -> str:
    """Return a file's text; of what is packed its content, and of a PDF the page that it prints."""
    if path.suffix == ".parquet":
        return str(pq.read_table(path).to_pydict())
    if path.suffix == ".pdf":
        path = path.with_name("index.html")
    payload = path.read_bytes()
    assert not payload.startswith((b"PK", b"PAR1", b"%PDF", b"\x1f\x8b", b"SQLite")), path
    return payload.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def stored(read: Warehouse) -> dict[str, str]:
    return dict(everything(read))


def test_two_hundred_people_were_named_in_every_kind_of_source(
    spoilt: tuple[World, dict[str, str]], people: Canaries
) -> None:
    assert len(set(ALL)) == CANARIES == 200
    assert set(people.planted) == set(ALL)
    assert len({" ".join(sorted(_own_words(name))) for name in ALL}) == CANARIES
    world, _ = spoilt
    assert world.folder.is_dir()


def test_what_was_spoilt_was_read(read: Warehouse, spoilt: tuple[World, dict[str, str]]) -> None:
    loaded = dict(
        read.query(
            "select source, count(*) from ops.source_files where status = 'loaded' group by 1"
        )
    )
    assert loaded["gdelt"] > 30
    assert {"worldbank", "imf", "oecd", "fia", "nso", "registers", "factchecks"} <= set(loaded)
    rejected = dict(read.query("select source, count(*) from ops.rejected_rows group by 1"))
    assert rejected["gdelt"] >= 6
    assert rejected["registers"] > 10
    assert rejected["factchecks"] >= 3
    _, planned = spoilt
    status = dict(
        read.query(
            "select regexp_replace(file_name, '@[^@]*$', ''),"
            " case status when 'loaded' then 'taken' else status end"
            " from ops.source_files where source = 'registers'"
        )
    )
    assert {name: status[name] for name in planned} == planned
    assert [status[name] for name in status if name.startswith("file-")] == ["refused"]


def test_what_is_kept_as_published_is_found(stored: dict[str, str]) -> None:
    assert {
        word: table for word, table in PUBLISHED.items() if word not in told(stored[table], KEPT)
    } == {}
    editions = [text for place, text in stored.items() if place.startswith("editions/")]
    assert any(KEPT in text for text in editions)


def test_nobody_is_found_in_tables_files_logs_or_exports(
    stored: dict[str, str], people: Canaries
) -> None:
    places = set(stored)
    for start in ("editions/", "data_docs/", "dbt/target/", "logs/", "raw.", "ops.",
                  "computed.", "warehouse.", "marts.", "seeds."):  # fmt: skip
        assert any(place.startswith(start) for place in places), f"nothing to search in {start}"
    found = {
        place: sorted((name, people.planted.get(name, "")) for name in names)[:3]
        for place, text in stored.items()
        if (names := told(text, MARK))
    }
    assert found == {}
    assert [place for place, text in stored.items() if str(NUMBER) in text] == []


@pytest.mark.parametrize("number", [0, 1, 2, 199])
def test_a_person_would_be_found(number: int) -> None:
    assert canary(number) in told(f"a log said {canary(number).upper()} once", MARK)
    first, *_ = sorted(_own_words(canary(number)))
    assert canary(number) in told(f"only {first}", MARK)
    assert told("nobody", MARK) == set()
