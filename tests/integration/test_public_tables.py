"""A public table follows its candidate's shape and stays the same table."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from harness import Warehouse

from tiengvang.warehouse.connection import connect
from tiengvang.warehouse.public_tables import PublicTable, columns_of, key_of, take_shape

TABLE = PublicTable("mart_probe", None, 0, 0, "", {})
OLD = "day date primary key, gone text not null, looser int not null, retyped int, kept text"
NEW = "day date, looser int, retyped text not null, kept text, came real not null"


def take(warehouse: Warehouse, columns: str) -> bool:
    """Make the candidate anew with these columns, and let the public table follow."""
    with psycopg.connect(warehouse.url) as connection:
        connection.execute("drop table if exists warehouse.mart_probe")
        connection.execute(f"create table warehouse.mart_probe ({columns})".encode())
        connection.execute("grant select on warehouse.mart_probe to tiengvang_publisher")
    with connect(warehouse.url, "publisher") as connection:
        changed = take_shape(connection, TABLE)
        wanted, held = (
            (
                dict(columns_of(connection, schema, TABLE.name)),
                key_of(connection, schema, "mart_probe"),
            )
            for schema in ("warehouse", "marts")
        )
        assert held == wanted
    return changed


def test_a_public_table_follows_its_candidate(
    new_warehouse: Callable[[str], Warehouse],
) -> None:
    warehouse = new_warehouse("shapes")
    identity = "select 'marts.mart_probe'::regclass::oid"
    assert take(warehouse, OLD), "it was made"
    (made,) = warehouse.query(identity)
    assert not take(warehouse, OLD), "nothing to do"
    with psycopg.connect(warehouse.url) as connection:
        connection.execute("insert into marts.mart_probe values ('2026-07-01', 'x', 1, 2, 'y')")
    assert take(warehouse, f"{NEW}, primary key (kept, day)")
    assert warehouse.query("select * from marts.mart_probe") == [], "all rows come again"
    assert warehouse.query(identity) == [made], "grants and views hang on it"
