"""A warehouse that an earlier version prepared gains what its tables have been given since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
from harness import Warehouse

from tiengvang.warehouse.setup import prepare

# The tables that changed, as the first version made them, with a row each.
FIRST_VERSION = """
    drop table ops.rejected_rows;
    create table ops.rejected_rows (
        source text not null,
        file_name text not null,
        line_number integer not null,
        reason text not null,
        load_id bigint not null,
        primary key (source, file_name, line_number)
    );
    insert into ops.rejected_rows values ('fia', 'partners.csv@0123456789ab', 7, 'no year', 1);
    alter table ops.editions drop constraint editions_status_check;
    alter table ops.editions add constraint editions_status_check
    check (status in ('published', 'held'));
    alter table ops.editions drop column overrides;
    alter table ops.editions drop column corrections;
    alter table ops.corrections drop column withdraws;
    alter table ops.source_freshness drop column silent_after_seconds;
    update ops.prepared set sha256 = 'of the first version'
"""
COLUMNS = """
    select table_schema, table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns
    where table_schema in ('ops', 'raw', 'computed')
    order by 1, 2, 3
"""
CONSTRAINTS = """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    from pg_constraint
    where connamespace::regnamespace::text in ('ops', 'raw', 'computed') and contype <> 'n'
    order by 1, 2
"""


def test_tables_of_the_first_version_become_those_of_this_one(
    new_warehouse: Callable[[str], Warehouse],
) -> None:
    warehouse = new_warehouse("first_version")
    fresh = shape(warehouse)
    with psycopg.connect(warehouse.url) as connection:
        for statement in FIRST_VERSION.split(";"):
            assert connection.execute(statement.encode()).rowcount != 0
    missing = set(fresh) - set(shape(warehouse))
    assert ("ops", "rejected_rows", "place", "text", "YES", None) in missing
    assert len(missing) == 8
    prepare(warehouse.url)
    assert shape(warehouse) == fresh
    # What was there stays, and what the version needs can be written.
    assert warehouse.query("select line_number, reason, place from ops.rejected_rows") == [
        (7, "no year", None)
    ]
    with psycopg.connect(warehouse.url) as connection:
        connection.execute("set role tiengvang_loader")
        connection.execute("update ops.rejected_rows set place = 'Sheet1!C7'")
    # Every start may run it again.
    with psycopg.connect(warehouse.url) as connection:
        connection.execute("update ops.prepared set sha256 = 'of another version'")
    prepare(warehouse.url)
    assert shape(warehouse) == fresh


def shape(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    found = [*warehouse.query(COLUMNS), *warehouse.query(CONSTRAINTS)]
    assert len(found) > 300
    return found
