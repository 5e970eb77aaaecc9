"""Bring candidate marts to readers: one transaction, table identity and grants kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from tiengvang.errors import BuildFailed
from tiengvang.warehouse.connection import Connection

LOCK_TIMEOUT = "10s"


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A mart that readers see; ``partition`` is its date column, None where it is replaced whole."""

    name: str
    partition: str | None
    days_before: int
    days_after: int
    comment: str
    column_comments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Publication:
    """What one publication changed; ``publication_id`` is None when nothing did."""

    publication_id: int | None
    rows_deleted: int
    rows_inserted: int


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


def publish_marts(
    connection: Connection, manifest: Mapping[str, Any], *, build_id: int, whole: bool
) -> Publication:
    """Replace the claimed days of every public mart; all of it where ``whole`` is set.

    Rows that did not change are not written again, so that a publication costs what changed. Runs
    inside the caller's transaction.

    Raises:
        BuildFailed: a public table cannot take its new shape: an analyst's view needs the old one.
        psycopg.errors.LockNotAvailable: a reader holds a table for too long; a retry heals it.
    """
    deleted = inserted = 0
    connection.execute(sql.SQL("set local lock_timeout = {}").format(LOCK_TIMEOUT))
    _claimed_days(connection, build_id)
    tables = public_tables(manifest)
    for table in tables:
        try:
            has_new_shape = _take_shape(connection, table)
        except (
            psycopg.errors.DependentObjectsStillExist,
            psycopg.errors.FeatureNotSupported,
        ) as error:
            raise BuildFailed(f"marts.{table.name} cannot change its shape: {error}") from error
        gone, came = _replace(connection, table, whole=whole or has_new_shape)
        deleted, inserted = deleted + gone, inserted + came
        if whole or has_new_shape:
            _comment(connection, table)
    if whole:
        deleted += _withdraw(connection, {table.name for table in tables})
    if not (whole or deleted or inserted):
        return Publication(None, 0, 0)
    row: Any = connection.execute(
        """
        insert into ops.publications (
            build_id, as_of_at, project_digest, rows_deleted, rows_inserted
        )
        select build_id, as_of_at, project_digest, %s, %s from ops.builds where build_id = %s
        returning publication_id
        """,
        (deleted, inserted, build_id),
    ).fetchone()
    return Publication(int(row[0]), deleted, inserted)


def _claimed_days(connection: Connection, build_id: int) -> None:
    connection.execute("create temporary table claimed (day date primary key) on commit drop")
    connection.execute(
        """
        insert into claimed
        select distinct day from ops.changed_days where build_id = %s and not is_done
        """,
        (build_id,),
    )


def _replace(connection: Connection, table: PublicTable, *, whole: bool) -> tuple[int, int]:
    """Make the public table's rows equal to the candidate's, in the claimed partitions or everywhere."""
    names = {
        "public": sql.Identifier("marts", table.name),
        "candidate": sql.Identifier("warehouse", table.name),
        "columns": sql.SQL(", ").join(
            sql.Identifier(column) for column, _ in _columns(connection, "warehouse", table.name)
        ),
        "days": _days(table, whole=whole),
    }
    # `is not distinct from` on whole rows cannot use an index: rows are compared by EXCEPT's hash.
    connection.execute(
        sql.SQL(
            """
            create temporary table gone on commit drop as
            select {columns} from {public} {days}
            except all
            select {columns} from {candidate} {days}
            """
        ).format(**names)
    )
    connection.execute(
        sql.SQL(
            """
            create temporary table came on commit drop as
            select {columns} from {candidate} {days}
            except all
            select {columns} from {public} {days}
            """
        ).format(**names)
    )
    keys = _key(connection, "marts", table.name)
    if not keys:
        raise BuildFailed(
            f"marts.{table.name} has no primary key; a public mart's contract needs one"
        )
    match = sql.SQL(" and ").join(
        sql.SQL("held.{0} = gone.{0}").format(sql.Identifier(key)) for key in keys
    )
    deleted = connection.execute(
        sql.SQL("delete from {public} as held using gone where {match}").format(
            **names, match=match
        )
    ).rowcount
    inserted = connection.execute(
        sql.SQL("insert into {public} ({columns}) select {columns} from came").format(**names)
    ).rowcount
    connection.execute("drop table gone, came")
    return deleted, inserted


def _days(table: PublicTable, *, whole: bool) -> sql.Composable:
    if whole or table.partition is None:
        return sql.SQL("")
    return sql.SQL(
        "where {} in (select claimed.day + reach from claimed, generate_series({}, {}) as reach)"
    ).format(
        sql.Identifier(table.partition),
        sql.Literal(-table.days_before),
        sql.Literal(table.days_after),
    )


def _take_shape(connection: Connection, table: PublicTable) -> bool:
    """Create the public table, or alter it to the candidate's columns; say whether it changed."""
    public, candidate = (sql.Identifier(schema, table.name) for schema in ("marts", "warehouse"))
    wanted = dict(_columns(connection, "warehouse", table.name))
    held = dict(_columns(connection, "marts", table.name))
    if not wanted:
        raise BuildFailed(f"warehouse.{table.name} does not exist, though the manifest declares it")
    if not held:
        connection.execute(
            sql.SQL("create table {} (like {} including all)").format(public, candidate)
        )
        return True
    if wanted == held and _key(connection, "warehouse", table.name) == _key(
        connection, "marts", table.name
    ):
        return False
    # Every row is replaced in this transaction: an empty table takes any type.
    connection.execute(sql.SQL("delete from {}").format(public))
    for column in held.keys() - wanted.keys():
        connection.execute(
            sql.SQL("alter table {} drop column {}").format(public, sql.Identifier(column))
        )
    for column, (kind, is_required) in wanted.items():
        name = sql.Identifier(column)
        if column not in held:
            change = sql.SQL("add column {} {}").format(name, sql.SQL(kind))
        elif held[column][0] != kind:
            change = sql.SQL("alter column {} type {} using null").format(name, sql.SQL(kind))
        else:
            change = None
        if change is not None:
            connection.execute(sql.SQL("alter table {} {}").format(public, change))
        required = sql.SQL("set not null" if is_required else "drop not null")
        if column not in held or held[column][1] != is_required:
            connection.execute(
                sql.SQL("alter table {} alter column {} {}").format(public, name, required)
            )
    _take_key(connection, table.name)
    return True


def _take_key(connection: Connection, table: str) -> None:
    key = _key(connection, "warehouse", table)
    if key == _key(connection, "marts", table):
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


def _columns(connection: Connection, schema: str, table: str) -> list[tuple[str, tuple[str, bool]]]:
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


def _key(connection: Connection, schema: str, table: str) -> list[str]:
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


def _withdraw(connection: Connection, names: set[str]) -> int:
    """Empty public tables that the project no longer has: stale rows would be believed."""
    rows: list[Any] = connection.execute(
        "select tablename from pg_tables where schemaname = 'marts' and tablename <> all (%s)",
        (list(names),),
    ).fetchall()
    deleted = 0
    for (name,) in rows:
        table = sql.Identifier("marts", name)
        deleted += connection.execute(sql.SQL("delete from {}").format(table)).rowcount
        connection.execute(
            sql.SQL("comment on table {} is 'Withdrawn: no longer published, kept empty.'").format(
                table
            )
        )
    return deleted


def _comment(connection: Connection, table: PublicTable) -> None:
    name = sql.Identifier("marts", table.name)
    connection.execute(sql.SQL("comment on table {} is {}").format(name, table.comment))
    for column, text in table.column_comments.items():
        target = sql.Identifier("marts", table.name, column)
        connection.execute(sql.SQL("comment on column {} is {}").format(target, text))
