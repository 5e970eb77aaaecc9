"""The processes to be killed, and the state that they start from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from copied_warehouses import Faults
from harness import Warehouse, reading
from killable import Killer, Place, running_killer

from tiengvang.local.world.build import World
from tiengvang.windows import Window, floor_slot

FIRST_HOURS = timedelta(hours=2)
NEXT_HOURS = timedelta(hours=3)
IN_THE_FIRST_BUILD = Place(
    "dbt.adapters.sql.connections.SQLConnectionManager.add_query", "after", 150
)


@pytest.fixture(scope="session")
def killer() -> Iterator[Killer]:
    """The server of processes to be killed."""
    with running_killer() as made:
        yield made


@pytest.fixture(scope="session")
def faults(new_warehouse: Callable[[str], Warehouse], small_world: World, killer: Killer) -> Faults:
    """A base whose very first build was killed, and a reference that was never disturbed."""
    instant = small_world.instants[0]
    middle = floor_slot(instant)
    first = Window(middle - FIRST_HOURS, middle)
    then = Window(middle, middle + NEXT_HOURS)
    base, reference = new_warehouse("base"), new_warehouse("reference")
    loading = ("gdelt", "worldbank")
    with reading(base, small_world.folder, instant):
        killer.killed_at(IN_THE_FIRST_BUILD, first)
        killer.undisturbed(first, (*loading, "build"))
    with reading(reference, small_world.folder, instant):
        killer.undisturbed(first, loading)
    made = Faults(small_world, killer, first, then, base, reference, seconds=0)
    with reading(reference, small_world.folder, made.later):
        seconds = killer.undisturbed(then)
    return replace(made, seconds=seconds)
