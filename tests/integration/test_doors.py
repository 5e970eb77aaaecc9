"""What each door does when it refuses, on real loads, builds and editions."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from harness import Warehouse, build, ingest, reading, transform

from tiengvang import jobs
from tiengvang.edition.overrides import record_override
from tiengvang.edition.records import LATEST
from tiengvang.errors import BuildFailed, GateFailed, WorldMismatch
from tiengvang.local.world.build import World
from tiengvang.local.world.spec import wire_slot
from tiengvang.warehouse.publish import publish_marts
from tiengvang.windows import Window, floor_slot

TONE = 15
PUBLIC_TABLES = (
    "select relname, oid from pg_class "
    "where relnamespace = 'marts'::regnamespace and relkind = 'r' order by 1"
)


def poison(path: Path) -> None:
    """Rewrite a GKG file so that every tone lies off GDELT's scale."""
    with zipfile.ZipFile(path) as archive:
        name = archive.namelist()[0]
        lines = archive.read(name).decode().rstrip("\n").split("\n")
    rows = [line.split("\t") for line in lines]
    for row in rows:
        row[TONE] = ",".join(["500", "600", "100", "700", *row[TONE].split(",")[4:]])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "\n".join("\t".join(row) for row in rows) + "\n")


@contextmanager
def mirror(warehouse: Warehouse, folder: Path) -> Iterator[None]:
    with warehouse.active(TIENGVANG_GDELT_BASE_URL=folder.as_uri()):
        yield


@pytest.fixture
def poisoned(small_world: World, tmp_path: Path) -> Path:
    """The small world as a folder, one hour of its first day poisoned; no lists, which would notice."""
    folder = tmp_path / "a mirror"
    shutil.copytree(small_world.gdelt, folder, ignore=shutil.ignore_patterns("masterfilelist*"))
    start = small_world.spec.window.start
    for slot in Window(start + timedelta(hours=20), start + timedelta(hours=21)).slots():
        poison(folder / f"{wire_slot(slot)}.gkg.csv.zip")
    return folder


def test_door_one_quarantines_a_load_and_blocks_no_other(
    new_warehouse: Callable[[str], Warehouse], small_world: World, poisoned: Path
) -> None:
    warehouse = new_warehouse("door_one")
    start = small_world.spec.window.start
    window = Window(start + timedelta(hours=18), start + timedelta(hours=30))
    with mirror(warehouse, poisoned):
        for batch in jobs.plan("gdelt", window, None):
            jobs.load_batch("gdelt", batch, "test")
        verdicts = jobs.judge("gdelt")
        assert [len(verdicts[name]) for name in ("passed", "quarantined")] == [1, 1]
        with pytest.raises(GateFailed, match="quarantined"):
            jobs.require_none_quarantined("gdelt", verdicts)
        assert build() is not None
    reason = warehouse.query("select reason from ops.loads where status = 'quarantined'")[0][0]
    assert "tone" in reason
    first, second = received(warehouse).values()
    assert first == 0
    assert second > 40
    days = warehouse.query("select distinct slot_date::text from marts.fct_document_country")
    assert days == [("2026-06-28",)]

    # The next run reads the day again slot by slot: only the guilty hour stays out.
    with mirror(warehouse, poisoned):
        for batch in jobs.plan("gdelt", None, None):
            jobs.load_batch("gdelt", batch, "test")
        verdicts = jobs.judge("gdelt")
        assert len(verdicts["quarantined"]) == 4
        assert len(verdicts["passed"]) > 20
        assert build() is not None
    refused = warehouse.query(
        "select distinct to_char(slot_at at time zone 'UTC', 'DD HH24') from ops.source_files "
        "where status = 'refused' and reason like 'quarantined%'"
    )
    assert refused == [("27 20",)]
    assert received(warehouse)["2026-06-27"] > 30


def received(warehouse: Warehouse) -> dict[str, int]:
    """Slots received per whole day, as readers see it."""
    return dict(
        warehouse.query(
            "select trust_date::text, slots_received from marts.mart_data_trust "
            "where stream = 'all' and trust_date < '2026-06-29' order by 1"
        )
    )


def test_a_bad_slot_does_not_keep_out_the_slots_after_it(
    new_warehouse: Callable[[str], Warehouse], small_world: World, poisoned: Path
) -> None:
    """As a scheduler does it: an hour at a time, the bad one among them."""
    warehouse = new_warehouse("bad_slot")
    start = small_world.spec.window.start
    description = json.loads((poisoned / "world.json").read_text())
    with mirror(warehouse, poisoned):
        for hour in (20, 21, 22, 23):
            end = start + timedelta(hours=hour)
            description["as_of"] = end.isoformat()
            (poisoned / "world.json").write_text(json.dumps(description))
            window = Window(end - timedelta(hours=2), end) if hour == 20 else None
            for batch in jobs.plan("gdelt", window, None):
                jobs.load_batch("gdelt", batch, "test")
            jobs.judge("gdelt")
    loaded = {
        row[0]
        for row in warehouse.query(
            "select distinct extract(hour from slot_at at time zone 'UTC')::int "
            "from ops.source_files join ops.loads using (load_id) "
            "where source_files.status = 'loaded' and loads.status = 'passed'"
        )
    }
    assert loaded == {18, 19, 21, 22}


@pytest.fixture(scope="module")
def served(new_warehouse: Callable[[str], Warehouse], small_world: World) -> Warehouse:
    """A warehouse with marts and an edition at the first instant."""
    warehouse = new_warehouse("served")
    first = small_world.instants[0]
    with reading(warehouse, small_world.folder, first):
        ingest("gdelt", Window(small_world.spec.window.start, floor_slot(first)))
        ingest("worldbank")
        build()
        jobs.publish_edition(None)
    return warehouse


def test_door_two_holds_a_build_and_the_next_one_takes_it_over(
    served: Warehouse, small_world: World
) -> None:
    before = served.marts()
    with reading(served, small_world.folder, small_world.instants[1]):
        ingest("gdelt")
        held = jobs.claim_build()
        assert held is not None
        transform(held)
        served_peers = "delete from warehouse.mart_coverage_day where country_code_iso3 = 'THA'"
        with psycopg.connect(served.url) as connection:
            connection.execute(served_peers)
        with pytest.raises(GateFailed, match="marts stay as they were"):
            jobs.judge_marts(held)
        assert served.marts() == before
        with pytest.raises(BuildFailed, match="held"):
            jobs.publish_marts(held)
        entry = served.home / "editions" / LATEST / "vi" / "index.html"
        assert "Số liệu mới đang bị tạm giữ." in entry.read_text(encoding="utf-8")
        assert build() is not None
        assert "đang bị tạm giữ" not in entry.read_text(encoding="utf-8")
    assert served.marts() != before
    assert served.query(f"select status from ops.builds where build_id = {held}") == [("held",)]


def test_a_held_edition_is_published_under_an_override_and_prints_it(
    served: Warehouse, small_world: World
) -> None:
    unknown = Window(*(small_world.spec.window.start - timedelta(days=n) for n in (3, 1)))
    rules = ("received_share", "freshness_minutes")
    editions = (
        "select edition_id, status, jsonb_array_length(overrides) from ops.editions order by 1"
    )
    with served.active():
        with pytest.raises(GateFailed, match="is held"):
            jobs.publish_edition(unknown)
        before = served.query(editions)
        until = small_world.instants[-1] + timedelta(days=1)
        record_override(served.url, "Press desk", "One rule of two is named.", rules[:1], until)
        with pytest.raises(GateFailed, match="is held"):
            jobs.publish_edition(unknown)
        assert served.query(editions) == before, "a rule that nobody named still holds it"
        record_override(served.url, "Press desk", "The archive is closed.", rules, until)
        released = jobs.publish_edition(unknown)
        assert jobs.publish_edition(unknown)["edition_id"] == released["edition_id"]
    after = [row for row in served.query(editions) if row not in before]
    assert after == [(released["edition_id"], "published", 1)]
    for language in ("en", "vi"):
        page = (Path(released["folder"]) / language / "index.html").read_text(encoding="utf-8")
        assert "The archive is closed." in page
        assert "Press desk" in page


def test_an_abandoned_build_goes_no_further(served: Warehouse) -> None:
    with served.active():
        with psycopg.connect(served.url) as connection:
            connection.execute(
                "insert into ops.changed_days (source, day) values ('gdelt', '2026-06-27')"
            )
        first = jobs.claim_build()
        second = jobs.claim_build()
        assert first is not None
        assert second is not None
        with pytest.raises(BuildFailed, match="abandoned"):
            jobs.transform(first, "read_documents")
        transform(second)
        jobs.judge_marts(second)
        assert jobs.publish_marts(second)["publication_id"] is None, "nothing differed"


def test_another_world_is_refused(served: Warehouse, small_world: World, tmp_path: Path) -> None:
    def offered() -> None:
        with served.active(TIENGVANG_GDELT_BASE_URL=tmp_path.as_uri()):
            jobs.plan("gdelt", None, None)

    with pytest.raises(WorldMismatch, match="live"):
        offered()
    other = json.loads((small_world.gdelt / "world.json").read_text())
    (tmp_path / "world.json").write_text(json.dumps({**other, "as_of": "2026-06-01T00:00:00Z"}))
    with pytest.raises(WorldMismatch, match="backwards"):
        offered()


def test_a_reader_sees_all_of_the_old_or_all_of_the_new(served: Warehouse) -> None:
    """A reader inside a transaction keeps its picture; grants, identity and views survive."""
    with psycopg.connect(served.url, autocommit=True) as owner:
        owner.execute("set role tiengvang_analyst")
        owner.execute(
            "create or replace view analyst.mine as select count(*) as n from marts.fct_event"
        )
        owner.execute("reset role")
        oids = owner.execute(PUBLIC_TABLES).fetchall()
        owner.execute("delete from warehouse.fct_event where slot_date = '2026-06-27'")
        owner.execute("insert into ops.builds (as_of_at, project_digest) values (now(), 'x')")
        build_id = owner.execute("select max(build_id) from ops.builds").fetchone()[0]
        with psycopg.connect(served.url) as reader, psycopg.connect(served.url) as publisher:
            reader.execute("set transaction isolation level repeatable read")
            count = reader.execute("select n from analyst.mine").fetchone()
            manifest = json.loads((served.home / "dbt/target/manifest.json").read_text())
            published = publish_marts(publisher, manifest, build_id=build_id, whole=True)
            assert reader.execute("select n from analyst.mine").fetchone() == count
            publisher.commit()
            reader.commit()
            assert published.rows_deleted > 0
            assert reader.execute("select n from analyst.mine").fetchone()[0] < count[0]
        assert owner.execute(PUBLIC_TABLES).fetchall() == oids


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("reader", "delete from marts.dim_country"),
        ("reader", "create table marts.x (a int)"),
        ("reader", "select * from raw.gdelt__documents"),
        ("reader", "select * from warehouse.fct_outlet_day"),
        ("analyst", "insert into marts.dim_country select * from marts.dim_country"),
        ("loader", "select * from marts.dim_country"),
        ("loader", "delete from ops.builds"),
        ("builder", "delete from marts.dim_country"),
        ("builder", "delete from raw.gdelt__documents"),
        ("publisher", "select * from raw.gdelt__documents"),
        ("publisher", "delete from warehouse.dim_country"),
    ],
)
def test_a_role_can_do_only_its_work(served: Warehouse, role: str, statement: str) -> None:
    with psycopg.connect(served.url, autocommit=True) as connection:
        connection.execute(f"set role tiengvang_{role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
