"""The planner's statistics after a load: a build plans with what it finds."""

from __future__ import annotations

from typing import Any

from tiengvang.warehouse.connection import connect

# Rows of a table that changed since it was analyzed: at least so many, and this share of it.
LEAST_ROWS = 1_000
LEAST_SHARE = 0.1


def analyze_grown(url: str) -> list[str]:
    """Analyze the raw and computed tables and the ledger where much changed since they were last analyzed.

    Autovacuum does the same by the same measure, but looks once a minute: a build that follows a
    first backfill would find tables without statistics. Only a table's owner may analyze it before
    Postgres 17, so the owner does.

    Returns:
        The tables that were analyzed; the other ones of a long history cost nothing.
    """
    with connect(url, "owner", autocommit=True) as connection:
        rows: list[Any] = connection.execute(
            """
            select format('%%I.%%I', known.schemaname, known.relname)
            from pg_stat_user_tables as known
            inner join pg_class on known.relid = pg_class.oid
            where known.schemaname in ('raw', 'ops', 'computed')
                and known.n_mod_since_analyze > greatest(%s, %s * pg_class.reltuples)
            order by 1
            """,
            (LEAST_ROWS, LEAST_SHARE),
        ).fetchall()
        tables = [row[0] for row in rows]
        for table in tables:
            connection.execute(f"analyze (skip_locked) {table}")
    return tables
