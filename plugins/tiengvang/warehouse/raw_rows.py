"""Write a file's rows into raw tables, or remove them: few in one statement, many by COPY."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from psycopg import sql

from tiengvang.sources.records import Rows, SourceFile
from tiengvang.warehouse.connection import Connection

# Each COPY takes three round trips; blocks of up to so many rows share one insert, and one of them.
MOST_INSERTED = 200


def delete_file_rows(connection: Connection, file: SourceFile, tables: tuple[str, ...]) -> None:
    """Remove what an earlier reading of the file left in tables keyed by slot and stream."""
    for table in tables:
        connection.execute(
            sql.SQL("delete from {} where slot_at = %s and stream = %s").format(_identifier(table)),
            (file.slot_at, file.stream),
        )


def write_rows(connection: Connection, blocks: Iterable[Rows], load_id: int) -> None:
    """Write blocks of rows, the load's id appended to each row."""
    few = []
    for block in blocks:
        if len(block.rows) > MOST_INSERTED:
            _copy(connection, block, load_id)
        elif block.rows:
            few.append(block)
    if few:
        statement = _insert_statement(tuple((block.table, block.columns) for block in few))
        connection.execute(statement, [load_id, *map(_json, few)])


def _copy(connection: Connection, block: Rows, load_id: int) -> None:
    # In binary: reading numbers and instants from text was half of a COPY's time.
    columns = (*block.columns, "load_id")
    statement = sql.SQL("copy {} ({}) from stdin (format binary)").format(
        _identifier(block.table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    types = _column_types(connection, block.table, columns)
    tail = (load_id,)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(types)
        for row in block.rows:
            copy.write_row(row + tail)


# By table and columns: the server is asked once in the life of a process.
_types: dict[tuple[str, tuple[str, ...]], list[int]] = {}


def _column_types(connection: Connection, table: str, columns: tuple[str, ...]) -> list[int]:
    """Return the server's number of each column's type."""
    if (table, columns) not in _types:
        found = connection.execute(
            sql.SQL("select {} from {} limit 0").format(
                sql.SQL(", ").join(map(sql.Identifier, columns)), _identifier(table)
            )
        ).description
        _types[table, columns] = [column.type_code for column in found or ()]
    return _types[table, columns]


@lru_cache
def _insert_statement(blocks: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """Return one statement that inserts into several tables, each from rows as JSON."""
    # A table's own row type turns JSON's text into the type of each column.
    insert = sql.SQL(
        "{name} as (insert into {table} ({columns}, load_id)"
        " select {columns}, (select load_id from this)"
        " from json_populate_recordset(null::{table}, %s))"
    )
    inserts = (
        insert.format(
            name=sql.Identifier(f"block{number}"),
            table=_identifier(table),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        )
        for number, (table, columns) in enumerate(blocks)
    )
    return (
        sql.SQL("with this (load_id) as (values (%s::bigint)), {} select")
        .format(sql.SQL(", ").join(inserts))
        .as_string()
    )


def _json(block: Rows) -> str:
    rows = [dict(zip(block.columns, row, strict=True)) for row in block.rows]
    return json.dumps(rows, ensure_ascii=False, default=_json_text)


def _json_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _identifier(table: str) -> sql.Identifier:
    return sql.Identifier(*table.split("."))
