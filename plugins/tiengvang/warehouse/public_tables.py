"""What a public mart is, and how it takes the shape of its candidate: identity and grants kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from tiengvang.errors import BuildFailed
from tiengvang.warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A mart that readers see; ``partition`` is its date column, None where it is replaced whole."""

    name: str
    partition: str | None
    days_before: int
    days_after: int
    comment: str
    column_comments: Mapping[str, str]


def public_tables(manifest: Mapping[str, Any]) -> list[PublicTable]:
    """Return the public marts that dbt's manifest declares, by name.

    Raises:
        BuildFailed: the manifest declares none.
    """
    tables = []
    for node in manifest["nodes"].values():
        meta = {**node.get("meta", {}), **node.get("config", {}).get("meta", {})}
        if node["resource_type"] != "model" or not meta.get("public"):
            continue
        tables.append(
            PublicTable(
                name=node["alias"],
                partition=meta.get("partition_column"),
                days_before=int(meta.get("days_before", 0)),
                days_after=int(meta.get("days_after", 0)),
                comment=node.get("description", ""),
                column_comments={
                    name: column.get("description", "") for name, column in node["columns"].items()
                },
            )
        )
    if not tables:
        raise BuildFailed("dbt's manifest declares no public mart (meta.public)")
    return sorted(tables, key=lambda table: table.name)


def take_shape(connection: Connection, table: PublicTable) -> bool:
    """Create the public table, or empty and alter it to the candidate's columns and key.

    Returns:
        Whether it was made or altered; then all its rows have to be brought again.

    Raises:
        BuildFailed: there is no candidate of that name.
        psycopg.errors.DependentObjectsStillExist, psycopg.errors.FeatureNotSupported: an analyst's
            view needs a column as it is.
    """
    public, candidate = (sql.Identifier(schema, table.name) for schema in ("marts", "warehouse"))
    wanted = dict(columns_of(connection, "warehouse", table.name))
    held = dict(columns_of(connection, "marts", table.name))
    if not wanted:
        raise BuildFailed(f"warehouse.{table.name} does not exist, though the manifest declares it")
    if not held:
        connection.execute(
            sql.SQL("create table {} (like {} including all)").format(public, candidate)
        )
        return True
    if wanted == held and key_of(connection, "warehouse", table.name) == key_of(
        connection, "marts", table.name
    ):
        return False
    # Every row is replaced in this transaction: an empty table takes any type.
    connection.execute(sql.SQL("delete from {}").format(public))
    for column in held.keys() - wanted.keys():
        connection.execute(
            sql.SQL("alter table {} drop column {}").format(public, sql.Identifier(column))
        )
    for column, description in wanted.items():
        _take_column(connection, public, column, description, held.get(column))
    _take_key(connection, table.name)
    return True


def _take_column(
    connection: Connection,
    public: sql.Identifier,
    column: str,
    wanted: tuple[str, bool],
    held: tuple[str, bool] | None,
) -> None:
    name = sql.Identifier(column)
    kind, is_required = wanted
    changes = []
    if held is None:
        changes.append(sql.SQL("add column {} {}").format(name, sql.SQL(kind)))
    elif held[0] != kind:
        changes.append(sql.SQL("alter column {} type {} using null").format(name, sql.SQL(kind)))
    if held is None or held[1] != is_required:
        required = sql.SQL("set not null" if is_required else "drop not null")
        changes.append(sql.SQL("alter column {} {}").format(name, required))
    for change in changes:
        connection.execute(sql.SQL("alter table {} {}").format(public, change))


def _take_key(connection: Connection, table: str) -> None:
    key = key_of(connection, "warehouse", table)
    if key == key_of(connection, "marts", table):
        return
    public = sql.Identifier("marts", table)
    row: Any = connection.execute(
        "select conname from pg_constraint where conrelid = to_regclass(%s) and contype = 'p'",
        (f"marts.{table}",),
    ).fetchone()
    if row is not None:
        connection.execute(
            sql.SQL("alter table {} drop constraint {}").format(public, sql.Identifier(row[0]))
        )
    columns = sql.SQL(", ").join(map(sql.Identifier, key))
    connection.execute(sql.SQL("alter table {} add primary key ({})").format(public, columns))


def columns_of(
    connection: Connection, schema: str, table: str
) -> list[tuple[str, tuple[str, bool]]]:
    """Return a table's columns in order, each with its type and whether it is not null; maybe none."""
    rows: list[Any] = connection.execute(
        """
        select attname, format_type(atttypid, atttypmod), attnotnull
        from pg_attribute
        where attrelid = to_regclass(format('%%I.%%I', %s::text, %s::text))
            and attnum > 0 and not attisdropped
        order by attnum
        """,
        (schema, table),
    ).fetchall()
    return [(name, (kind, is_required)) for name, kind, is_required in rows]


def key_of(connection: Connection, schema: str, table: str) -> list[str]:
    """Return the columns of a table's primary key by name; empty where there is none."""
    rows: list[Any] = connection.execute(
        """
        select attname from pg_index
        join pg_attribute on attrelid = indrelid and attnum = any (indkey)
        where indrelid = to_regclass(format('%%I.%%I', %s::text, %s::text)) and indisprimary
        order by attname
        """,
        (schema, table),
    ).fetchall()
    return [row[0] for row in rows]


def describe(connection: Connection, table: PublicTable) -> None:
    """Write what dbt's project says of the table and its columns as comments in the database."""
    name = sql.Identifier("marts", table.name)
    connection.execute(sql.SQL("comment on table {} is {}").format(name, table.comment))
    for column, text in table.column_comments.items():
        target = sql.Identifier("marts", table.name, column)
        connection.execute(sql.SQL("comment on column {} is {}").format(target, text))
