"""A demo never touches a warehouse that holds another world."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from harness import Warehouse

from tiengvang.errors import WorldMismatch
from tiengvang.local import chain
from tiengvang.local.world.spec import WORLDS
from tiengvang.warehouse.connection import connect
from tiengvang.warehouse.world import World, adopt_world


@pytest.mark.parametrize(("held", "asked"), [("sample", "long"), ("long", "sample")])
def test_a_warehouse_of_another_world_is_refused_before_anything_is_made(
    new_warehouse: Callable[[str], Warehouse], held: str, asked: str
) -> None:
    warehouse = new_warehouse(f"holds_{held}")
    spec = WORLDS[held]
    with connect(warehouse.url, "owner") as connection:
        adopt_world(connection, World.from_json(spec.description(spec.read_at[-1])))
    before = warehouse.raw()
    with (
        warehouse.active(),
        pytest.raises(WorldMismatch, match=f"holds the world '{held}-") as found,
    ):
        chain.demo(world_kind=asked)
    assert "TIENGVANG_HOME" in str(found.value)
    assert not (warehouse.home / asked).exists()
    assert warehouse.raw() == before
