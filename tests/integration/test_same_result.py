"""The same files give the same marts and the same edition, in whatever order they arrive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from harness import Warehouse, build, ingest, reading

from tiengvang import jobs
from tiengvang.local.world.build import World
from tiengvang.sources.records import SourceFile
from tiengvang.warehouse import ledger
from tiengvang.windows import Window, floor_slot


def in_order(warehouse: Warehouse, world: World) -> None:
    """Every file as the clock has it, one build, one edition."""
    first, second = world.instants
    with reading(warehouse, world.folder, first):
        ingest("worldbank")
    with reading(warehouse, world.folder, second):
        ingest("gdelt", Window(world.spec.window.start, floor_slot(second)))
        ingest("worldbank")
        ingest("tranco")
        build()
        jobs.publish_edition(None)


@contextmanager
def newest_first() -> Iterator[None]:
    """Let the ledger give what is due backwards: documents, then mentions, then their events."""
    original = ledger.due

    def reverse(*arguments: object, **named: object) -> list[SourceFile]:
        return list(reversed(original(*arguments, **named)))  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "due", reverse)
        yield


def out_of_order(warehouse: Warehouse, world: World) -> None:
    """Backwards in hand-given pieces, the first pieces last, a build after each."""
    first, second = world.instants
    with reading(warehouse, world.folder, first):
        ingest("worldbank")
        build()
        with newest_first():
            ingest("gdelt", Window(at(world, 20), floor_slot(first)))
            build()
    with reading(warehouse, world.folder, second):
        with newest_first():
            for start, end in ((30, 49.25), (3, 20), (24.25, 30), (0, 3)):
                ingest("gdelt", Window(at(world, start), at(world, end)), shuffle=1)
                build()
            ingest("gdelt")
        ingest("worldbank")
        build()
        ingest("tranco")
        build()
        jobs.publish_edition(None)


def at(world: World, hours: float) -> datetime:
    return world.spec.window.start + timedelta(hours=hours)


@pytest.fixture(scope="module")
def ordered(new_warehouse: Callable[[str], Warehouse], small_world: World) -> Warehouse:
    warehouse = new_warehouse("in_order")
    in_order(warehouse, small_world)
    return warehouse


def test_twice_the_same(
    ordered: Warehouse, new_warehouse: Callable[[str], Warehouse], small_world: World
) -> None:
    again = new_warehouse("again")
    in_order(again, small_world)
    assert again.marts() == ordered.marts()
    assert again.edition_files() == ordered.edition_files()


def test_out_of_order_the_same(
    ordered: Warehouse, new_warehouse: Callable[[str], Warehouse], small_world: World
) -> None:
    other = new_warehouse("out_of_order")
    out_of_order(other, small_world)
    for name, rows in ordered.marts().items():
        assert other.marts()[name] == rows, name
    assert other.edition_files() == ordered.edition_files()
    assert other.query("select count(*) from ops.publications")[0][0] > 1
