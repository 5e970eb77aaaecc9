"""Bring candidate marts to readers: one transaction, table identity and grants kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from tiengvang.errors import BuildFailed
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.public_tables import (
    PublicTable,
    columns_of,
    describe,
    key_of,
    public_tables,
    take_shape,
)

LOCK_TIMEOUT = "10s"


@dataclass(frozen=True, slots=True)
class Publication:
    """What one publication changed; ``publication_id`` is None when nothing did."""

    publication_id: int | None
    rows_deleted: int
    rows_inserted: int


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
            has_new_shape = take_shape(connection, table)
        except (
            psycopg.errors.DependentObjectsStillExist,
            psycopg.errors.FeatureNotSupported,
        ) as error:
            raise BuildFailed(f"marts.{table.name} cannot change its shape: {error}") from error
        gone, came = _replace(connection, table, whole=whole or has_new_shape)
        deleted, inserted = deleted + gone, inserted + came
        if whole or has_new_shape:
            describe(connection, table)
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
            sql.Identifier(column) for column, _ in columns_of(connection, "warehouse", table.name)
        ),
        "days": _days(connection, table, whole=whole),
    }
    # `is not distinct from` on whole rows cannot use an index: rows are compared by EXCEPT's hash.
    for name, here, there in (("gone", "public", "candidate"), ("came", "candidate", "public")):
        connection.execute(
            sql.SQL(
                """
                create temporary table {name} on commit drop as
                select {columns} from {here} {days}
                except all
                select {columns} from {there} {days}
                """
            ).format(**names, name=sql.Identifier(name), here=names[here], there=names[there])
        )
    keys = key_of(connection, "marts", table.name)
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


def _days(connection: Connection, table: PublicTable, *, whole: bool) -> sql.Composable:
    """Return the condition on the claimed partitions: ranges as constants, which reach an index."""
    if whole or table.partition is None:
        return sql.SQL("")
    rows: list[Any] = connection.execute(
        """
        select min(day), max(day)
        from (
            select day, day - row_number() over (order by day)::integer as island
            from (
                select distinct claimed.day + reach as day
                from claimed, generate_series(%s::integer, %s::integer) as reach
            ) as days
        ) as islands
        group by island
        order by 1
        """,
        (-table.days_before, table.days_after),
    ).fetchall()
    column = sql.Identifier(table.partition)
    ranges = [sql.SQL("{} between {} and {}").format(column, first, last) for first, last in rows]
    return sql.SQL("where {}").format(sql.SQL(" or ").join(ranges) if ranges else sql.SQL("false"))


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
