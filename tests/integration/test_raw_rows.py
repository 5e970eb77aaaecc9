"""Many rows go to a table by COPY, few by one statement for several tables: the same rows arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from harness import Warehouse, ingest, reading

from tiengvang.local.world.build import World
from tiengvang.warehouse import raw_rows
from tiengvang.windows import Window, floor_slot


def test_few_rows_and_many_arrive_alike(
    new_warehouse: Callable[[str], Warehouse],
    small_world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    end = floor_slot(small_world.instants[0])
    window = Window(end - timedelta(hours=4), end)
    loaded = {}
    for way, most_inserted in (("copied", 0), ("inserted", 10**9)):
        warehouse = new_warehouse(way)
        monkeypatch.setattr(raw_rows, "MOST_INSERTED", most_inserted)
        with reading(warehouse, small_world.folder, small_world.instants[0]):
            ingest("gdelt", window)
            ingest("worldbank")
        loaded[way] = warehouse.raw()
    assert loaded["copied"] == loaded["inserted"]
    empty = {table for table, rows in loaded["copied"].items() if not rows}
    assert not {table for table in empty if table.startswith(("gdelt__", "worldbank__"))}
