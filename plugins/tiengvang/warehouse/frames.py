"""Tables of ``computed`` as pandas frames: what a Python step of a build reads and writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from psycopg import sql

from tiengvang.warehouse.connection import Connection


def read_frame(
    connection: Connection, query: str, values: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """Return the rows of a query, with its columns' names."""
    cursor = connection.execute(query.encode(), values)
    columns = [column.name for column in cursor.description or []]
    return pd.DataFrame(cursor.fetchall(), columns=columns)


def delete_rows(connection: Connection, table: str) -> None:
    """Delete every row of a table of ``computed``."""
    connection.execute(sql.SQL("delete from {}").format(_name(table)))


def copy_frame(connection: Connection, table: str, rows: pd.DataFrame) -> int:
    """Copy rows into a table of ``computed`` by the names of their columns; NaN and None become null.

    Returns:
        The number of rows.
    """
    if rows.empty:
        return 0
    copy = sql.SQL("copy {} ({}) from stdin").format(
        _name(table), sql.SQL(", ").join(map(sql.Identifier, rows.columns))
    )
    lists = [rows[column].tolist() for column in rows.columns]
    with connection.cursor() as cursor, cursor.copy(copy) as stream:
        for values in zip(*lists, strict=True):
            # only NaN (and NaT) differs from itself
            stream.write_row([value if value == value else None for value in values])
    return len(rows)


def _name(table: str) -> sql.Identifier:
    return sql.Identifier("computed", table)
