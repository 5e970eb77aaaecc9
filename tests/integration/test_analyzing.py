"""A load that brings much leaves statistics for the planner; one that brings little costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import psycopg
from harness import Warehouse, ingest, reading

from tiengvang.local.world.build import World
from tiengvang.warehouse.analyzing import LEAST_ROWS, analyze_grown
from tiengvang.windows import SLOT, Window, floor_slot

TABLE = "gdelt__outlet_totals"


def analyses(warehouse: Warehouse) -> int:
    """How often we analyzed the table; the server's own daemon is counted apart."""
    return warehouse.query(
        f"select analyze_count from pg_stat_user_tables where relname = '{TABLE}'"
    )[0][0]


def test_a_load_that_brings_much_is_analyzed_and_one_more_slot_is_not(
    new_warehouse: Callable[[str], Warehouse], small_world: World
) -> None:
    warehouse = new_warehouse("analyzed")
    # a daemon that is quicker than us would leave us nothing to do
    with psycopg.connect(warehouse.url) as connection:
        connection.execute(f"alter table raw.{TABLE} set (autovacuum_enabled = off)")
    end = floor_slot(small_world.instants[0]) - SLOT
    with reading(warehouse, small_world.folder, small_world.instants[0]):
        ingest("gdelt", Window(end - timedelta(hours=18), end))
        rows = warehouse.query(f"select count(*) from raw.{TABLE}")[0][0]
        assert rows > LEAST_ROWS
        known = warehouse.query(f"select reltuples from pg_class where relname = '{TABLE}'")
        assert known == [(rows,)]
        columns = warehouse.query(f"select count(*) from pg_stats where tablename = '{TABLE}'")
        assert columns[0][0] > 0
        assert analyses(warehouse) == 1
        assert ingest("gdelt", Window(end, end + SLOT))["loaded"] > 0
    assert analyses(warehouse) == 1
    assert analyze_grown(warehouse.url) == []
