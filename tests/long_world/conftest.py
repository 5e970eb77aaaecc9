"""The long world in a warehouse: loaded and built once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from harness import Warehouse, build, ingest, reading

from tiengvang import jobs
from tiengvang.local.world.build import World, build_world
from tiengvang.local.world.spec import WORLDS
from tiengvang.windows import Window, floor_slot

STATISTICS_AND_REGISTERS = ("worldbank", "tranco", "nso", "fia", "registers")


@pytest.fixture(scope="session")
def long_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Six years of three slots a day, with their statistics and registers, and the planted truth."""
    return build_world(WORLDS["long"], tmp_path_factory.mktemp("world") / "long")


@pytest.fixture(scope="session")
def long_warehouse(new_warehouse: Callable[[str], Warehouse], long_world: World) -> Warehouse:
    """All of it, published by one build; tests only read it."""
    warehouse = new_warehouse("long")
    (instant,) = long_world.spec.read_at
    with reading(warehouse, long_world.folder, instant):
        window = Window(long_world.spec.window.start, floor_slot(instant))
        batches = jobs.plan("gdelt", window, None)
        # One load instead of one per batch: each is judged for half a second, whatever it holds.
        whole = {"start": batches[0]["start"], "end": batches[-1]["end"]}
        jobs.load_batch("gdelt", whole, "test")
        assert not jobs.judge("gdelt")["quarantined"]
        for source in STATISTICS_AND_REGISTERS:
            ingest(source)
        assert build() is not None
    return warehouse
