"""A run that is killed anywhere and started again gives the same marts and the same edition."""

from __future__ import annotations

from pathlib import Path

from copied_warehouses import Faults
from harness import Warehouse, reading
from killable import Place, run_steps

from tiengvang.edition.records import LATEST

SCHEMAS = "('staging', 'intermediate', 'computed', 'warehouse', 'marts', 'seeds', 'qc')"
FRACTIONS = (0.12, 0.25, 0.4)  # of a run with a full build

# In the order of a run, so that each run gets farther than the one before it.
BEFORE_READERS_SEE = [
    Place("tiengvang.ingest.open_load", "after"),
    Place("tiengvang.warehouse.load._record_loaded", "after", 20),
    Place("tiengvang.ingest.load_file", "after", 30),
    Place("tiengvang.jobs.judge", "before"),
    Place("tiengvang.warehouse.ledger_outcomes.close_load", "after"),
    Place("tiengvang.jobs.claim_build", "after"),
    Place("dbt.adapters.sql.connections.SQLConnectionManager.add_query", "after", 120),
    Place("tiengvang.stories.reading.read_documents", "after"),
    Place("tiengvang.stories.step._write_boilerplate", "after"),
    Place("tiengvang.stories.step.group_documents", "after"),
    Place("tiengvang.measures.compute._write", "after", 3),
    Place("tiengvang.measures.compute.measure", "after"),
    Place("tiengvang.build._end", "after"),
]
AFTERWARDS = [
    Place("tiengvang.jobs.publish_marts", "after"),
    Place("tiengvang.edition.records.record", "before"),
    Place("tiengvang.edition.records.record", "after"),
    Place("tiengvang.edition.render.page_html", "after"),
    Place("tiengvang.edition.records.finish", "before"),
    Place("tiengvang.edition.records.finish", "after"),
]


def relations(warehouse: Warehouse) -> list[tuple[str]]:
    """Every table and view of the schemas that a build fills."""
    return warehouse.query(
        "select format('%I.%I', nspname, relname) from pg_class "
        "join pg_namespace on pg_namespace.oid = relnamespace "
        f"where nspname in {SCHEMAS} and relkind in ('r', 'v', 'm') order by 1"
    )


def leftovers(warehouse: Warehouse) -> dict[str, int]:
    """What a run must not leave behind, counted."""
    questions = {
        "running builds": "select count(*) from ops.builds where status = 'running'",
        "loads without a verdict": "select count(*) from ops.loads where status = 'loading'",
        "changed days not built": "select count(*) from ops.changed_days where not is_done",
        "locks": "select count(*) from pg_locks where locktype = 'advisory' and database = "
        "(select oid from pg_database where datname = current_database())",
    }
    found = {name: warehouse.query(text)[0][0] for name, text in questions.items()}
    editions = {row[0] for row in warehouse.query("select folder from ops.editions")}
    folders = {path.name for path in (warehouse.home / "editions").iterdir()} - {LATEST}
    return {**found, "folders": len(folders ^ editions)}


def assert_same(warehouse: Warehouse, reference: Warehouse) -> None:
    marts = warehouse.marts()
    for name, rows in reference.marts().items():
        assert marts[name] == rows, name
    assert warehouse.edition_files() == reference.edition_files()
    assert relations(warehouse) == relations(reference)
    assert leftovers(warehouse) == dict.fromkeys(leftovers(warehouse), 0)


def test_killed_at_every_named_place(faults: Faults, tmp_path: Path) -> None:
    warehouse = faults.copy("named", tmp_path)
    old, new = warehouse.marts(), faults.reference.marts()
    assert old != new
    with reading(warehouse, faults.world.folder, faults.later):
        for place in BEFORE_READERS_SEE:
            faults.killer.killed_at(place, faults.then)
            assert warehouse.marts() == old, f"{place}: readers see an unfinished run"
        for place in AFTERWARDS:
            faults.killer.killed_at(place, faults.then)
            assert warehouse.marts() == new, f"{place}: readers see an unfinished run"
            published = "select count(*) from ops.editions where status = 'published'"
            assert warehouse.query(published) == [(0,)], str(place)
        run_steps(faults.then)
    assert_same(warehouse, faults.reference)


def test_killed_again_and_again_at_any_time(faults: Faults, tmp_path: Path) -> None:
    warehouse = faults.copy("at_any_time", tmp_path)
    old, new = warehouse.marts(), faults.reference.marts()
    with reading(warehouse, faults.world.folder, faults.later):
        killed = [
            faults.killer.killed_after(part * faults.seconds, faults.then) for part in FRACTIONS
        ]
        assert warehouse.marts() in (old, new)
        run_steps(faults.then)
    assert killed[0]
    assert_same(warehouse, faults.reference)
