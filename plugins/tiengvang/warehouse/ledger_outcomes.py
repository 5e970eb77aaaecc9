"""What the ledger notes of an attempt: a file's outcome, a load's verdict, the days they changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tiengvang.sources.records import SourceFile
from tiengvang.warehouse.connection import Connection

ASK_AGAIN_FOR = timedelta(days=1)
# A digest that no watch-list has: the file is read with an old one and cannot be read again.
NOT_READ_AGAIN = "not read again"


def has_open_days(connection: Connection, source: str) -> bool:
    """Say whether the source has changed days that a build could claim now."""
    row: Any = connection.execute(
        """
        select exists (
            select from ops.changed_days as changed
            left join ops.loads as load on load.load_id = changed.load_id
            where changed.source = %s and not changed.is_done
                and (changed.load_id is null or load.status = 'passed')
        )
        """,
        (source,),
    ).fetchone()
    return bool(row[0])


def record_missing(
    connection: Connection,
    file: SourceFile,
    as_of: datetime,
    reason: str,
    ask_again_for: timedelta = ASK_AGAIN_FOR,
) -> str:
    """Note that a file is not there: ``missing`` for a while after its slot, then ``gap``."""
    status = "missing" if as_of - file.slot_at <= ask_again_for else "gap"
    _record(connection, file, status, reason)
    return status


def record_refused(connection: Connection, file: SourceFile, reason: str) -> None:
    """Note that a file's bytes were refused, and why; what was loaded before stays as it was."""
    _record(connection, file, "refused", reason)


def record_unreachable(connection: Connection, file: SourceFile, reason: str) -> None:
    """Note an attempt that got no answer about the file; it stays due."""
    connection.execute(
        """
        update ops.source_files set attempts = attempts + 1, reason = %s
        where source = %s and file_name = %s
        """,
        (reason, file.source, file.file_name),
    )


def _record(connection: Connection, file: SourceFile, status: str, reason: str) -> None:
    row: Any = connection.execute(
        "select status from ops.source_files where source = %s and file_name = %s for update",
        (file.source, file.file_name),
    ).fetchone()
    digest = None
    if row is not None and row[0] in ("loaded", "empty"):
        status, digest = row[0], NOT_READ_AGAIN  # what was loaded before stays in force
    connection.execute(
        """
        update ops.source_files set status = %s, reason = %s, attempts = attempts + 1,
            watchlist_digest = coalesce(%s, watchlist_digest)
        where source = %s and file_name = %s
        """,
        (status, reason, digest, file.source, file.file_name),
    )
    if row is None or row[0] != status:
        _mark_changed(connection, file.source, file.slot_at.date())


def _mark_changed(connection: Connection, source: str, day: date) -> None:
    connection.execute(
        """
        insert into ops.changed_days (source, day)
        select %(source)s, %(day)s
        where not exists (
            select from ops.changed_days
            where source = %(source)s and day = %(day)s and load_id is null
                and build_id is null and not is_done
        )
        """,
        {"source": source, "day": day},
    )


def close_load(connection: Connection, load_id: int, reason: str | None) -> bool:
    """Record door one's verdict: passed, or quarantined with the reason.

    Files of a quarantined load count as missing. Those of one slot are refused, and due again for a
    day; where the load held several slots, each is expected again and will be judged alone.

    Returns:
        False when the load was judged before, and nothing was changed.
    """
    status = "passed" if reason is None else "quarantined"
    judged = connection.execute(
        """
        update ops.loads set status = %s, reason = %s, judged_at = clock_timestamp()
        where load_id = %s and status = 'loading'
        """,
        (status, reason, load_id),
    ).rowcount
    if not judged or reason is None:
        return bool(judged)
    rows: list[Any] = connection.execute(
        """
        with slots as (
            select count(distinct slot_at) as n from ops.source_files where load_id = %(load_id)s
        )
        update ops.source_files
        set status = case when slots.n > 1 then 'expected' else 'refused' end,
            reason = %(reason)s
        from slots
        where load_id = %(load_id)s
        returning source, (slot_at at time zone 'UTC')::date
        """,
        {"reason": f"quarantined: {reason}", "load_id": load_id},
    ).fetchall()
    connection.execute("update ops.changed_days set is_done = true where load_id = %s", (load_id,))
    for source, day in sorted(set(rows)):
        _mark_changed(connection, source, day)
    return True
