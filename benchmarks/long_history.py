"""A long history in bearable time: one week's rows, raw and derived, copied back week by week."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

IDS = {"record_id", "story_id", "old_story_id", "file_name"}
DAYS = ("date", "timestamp with time zone")


def keep_week(url: str) -> None:
    """Keep the one week's rows of every table that holds days, to copy them from."""
    with _open(url) as connection:
        connection.execute("create schema kept")
        for schema, table in _tables(connection):
            connection.execute(
                sql.SQL("create table {} as select * from {}").format(
                    sql.Identifier("kept", f"{schema}.{table}"), sql.Identifier(schema, table)
                )
            )


def copy_back(url: str, first: int, last: int) -> None:
    """Copy the week's rows so many weeks back: dates shifted, ids told apart.

    The rows of a week lie together, as they do where a week was loaded after the other.
    """
    with _open(url) as connection:
        for schema, table in _tables(connection):
            columns: list[tuple[str, str]] = connection.execute(
                """
                select attname, format_type(atttypid, null) from pg_attribute
                where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped order by attnum
                """,
                (f"{schema}.{table}",),
            ).fetchall()
            if not any(kind in DAYS for _, kind in columns):
                continue
            with _without_indexes(connection, f"{schema}.{table}"):
                for week in range(first, last + 1):
                    connection.execute(
                        sql.SQL("insert into {} select {} from {} as t").format(
                            sql.Identifier(schema, table),
                            sql.SQL(", ").join(_shifted(*column, week) for column in columns),
                            sql.Identifier("kept", f"{schema}.{table}"),
                        )
                    )
        connection.execute("vacuum analyze")


def _open(url: str) -> psycopg.Connection[tuple[str, str]]:
    """Connect for bulk work: nothing has to survive a crash, foreign keys hold as they did."""
    options = (
        "-c synchronous_commit=off -c maintenance_work_mem=1GB -c session_replication_role=replica"
    )
    return psycopg.connect(url, autocommit=True, options=options)


def _tables(connection: psycopg.Connection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the tables that hold days: raw, computed and dbt's incremental ones."""
    return connection.execute(
        """
        select schemaname::text, tablename::text from pg_tables
        where schemaname in ('raw', 'computed', 'intermediate', 'warehouse', 'marts')
            and tablename not like 'dim_%' and tablename not like 'worldbank%'
            and tablename <> 'mart_agreement'  -- a list with dates, not one row per day
        union all select 'ops', 'source_files'
        """
    ).fetchall()


@contextmanager
def _without_indexes(connection: psycopg.Connection[tuple[str, str]], table: str) -> Iterator[None]:
    """Drop a table's indexes and build them again at the end; those that others refer to stay."""
    found = connection.execute(
        """
        select
            case when key.oid is null then format('drop index %%s', indexrelid::regclass)
            else format('alter table %%s drop constraint %%I', indrelid::regclass, key.conname) end,
            case when key.oid is null then pg_get_indexdef(indexrelid)
            else format(
                'alter table %%s add constraint %%I %%s',
                indrelid::regclass, key.conname, pg_get_constraintdef(key.oid)
            ) end
        from pg_index
        left join pg_constraint as key on key.conindid = indexrelid and key.contype in ('p', 'u')
        where indrelid = to_regclass(%s) and not exists (
            select from pg_constraint where contype = 'f' and conindid = indexrelid
        )
        """,
        (table,),
    ).fetchall()
    for drop, _ in found:
        connection.execute(drop.encode())
    yield
    for _, create in found:
        connection.execute(create.encode())


def _shifted(column: str, kind: str, weeks: int) -> sql.Composable:
    name = sql.Identifier("t", column)
    if kind == "date":
        return sql.SQL("{} - {}").format(name, 7 * weeks)
    if kind == "timestamp with time zone":
        return sql.SQL("{} - {} * interval '7 days'").format(name, weeks)
    if column in IDS:
        return sql.SQL("{} || {}").format(name, f"-{weeks}")
    return name
