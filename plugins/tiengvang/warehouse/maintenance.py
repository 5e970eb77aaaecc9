"""Housekeeping: what killed runs left behind, and the planner's statistics."""

from __future__ import annotations

from typing import Any

from tiengvang.edition.records import sweep
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import connect

KEEP_DONE_DAYS = "90 days"
ANALYZED = ("raw", "ops", "warehouse", "marts")


def maintain(settings: Settings, url: str) -> dict[str, int]:
    """Sweep folders without an edition, forget finished claims of old builds, analyze the tables.

    Nothing that a reader or a rebuild needs is removed.

    Returns:
        How many folders were swept, claims forgotten and tables analyzed.
    """
    with connect(url, "publisher") as connection:
        connection.execute("select pg_advisory_xact_lock(hashtext('tiengvang.edition'))")
        swept = len(sweep(connection, settings))
    with connect(url, "builder") as connection:
        forgotten = connection.execute(
            """
            delete from ops.changed_days using ops.builds
            where changed_days.build_id = builds.build_id and changed_days.is_done
                and builds.ended_at < clock_timestamp() - %s::interval
            """,
            (KEEP_DONE_DAYS,),
        ).rowcount
    with connect(url, "owner", autocommit=True) as connection:
        tables: list[Any] = connection.execute(
            """
            select format('%%I.%%I', schemaname, tablename) from pg_tables
            where schemaname = any (%s) order by 1
            """,
            (list(ANALYZED),),
        ).fetchall()
        for (table,) in tables:
            connection.execute(f"vacuum (analyze) {table}")
    return {"folders_swept": swept, "claims_forgotten": forgotten, "tables_analyzed": len(tables)}
