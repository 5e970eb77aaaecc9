"""Write one file's rows, rejects and ledger entry in one transaction; twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tiengvang.sources.records import ParsedFile, Reject, SourceFile
from tiengvang.warehouse.connection import Connection
from tiengvang.windows import Window

LOAD_LOCK = 7_261  # first key of the advisory lock that says: this load is being written


@dataclass(frozen=True, slots=True)
class Received:
    """The bytes of a file as the ledger remembers them.

    ``watchlist_digest`` is None where the file still grows: it is in force, and stays due.
    """

    bytes: int
    checksum: str
    watchlist_digest: str | None


def open_load(connection: Connection, source: str, run_id: str, window: Window) -> int:
    """Begin a load: the batch of files that door one judges together; return its id."""
    row: Any = connection.execute(
        """
        insert into ops.loads (source, run_id, window_start, window_end) values (%s, %s, %s, %s)
        returning load_id
        """,
        (source, run_id, window.start, window.end),
    ).fetchone()
    return int(row[0])


@contextmanager
def load_lock(connection: Connection, load_id: int) -> Iterator[None]:
    """Hold the lock of a load while it is written, so that nobody judges half of it.

    Call it in the transaction that opened the load: no one can see the load unlocked.
    """
    connection.execute("select pg_advisory_lock(%s, %s)", (LOAD_LOCK, load_id))
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute("select pg_advisory_unlock(%s, %s)", (LOAD_LOCK, load_id))
        connection.commit()


def drop_if_empty(connection: Connection, load_id: int) -> None:
    """Forget a load that brought nothing: it needs no verdict. The ledger keeps the attempts."""
    with connection.transaction():
        connection.execute(
            """
            delete from ops.loads where load_id = %(id)s
                and not exists (select from ops.source_files where load_id = %(id)s)
            """,
            {"id": load_id},
        )


def unjudged_loads(connection: Connection, source: str) -> Iterator[int]:
    """Yield loads that are written and not judged, those of killed runs as well, each locked.

    The lock is held until the caller asks for the next one, so that two judges never meet.
    """
    rows: list[Any] = connection.execute(
        "select load_id from ops.loads where source = %s and status = 'loading' order by load_id",
        (source,),
    ).fetchall()
    connection.commit()
    for (load_id,) in rows:
        row: Any = connection.execute(
            "select pg_try_advisory_lock(%s, %s)", (LOAD_LOCK, load_id)
        ).fetchone()
        if not row[0]:
            continue
        try:
            still: Any = connection.execute(
                "select exists (select from ops.loads where load_id = %s and status = 'loading')",
                (load_id,),
            ).fetchone()
            if still[0]:
                yield int(load_id)
        finally:
            connection.rollback()
            connection.execute("select pg_advisory_unlock(%s, %s)", (LOAD_LOCK, load_id))
            connection.commit()


def _lock_entry(
    connection: Connection, file: SourceFile
) -> tuple[str, str | None, str | None, int | None, int]:
    """Lock the file's ledger entry; return its status, checksum, watch-list digest, load and attempts."""
    row: Any = connection.execute(
        """
        select status, checksum, watchlist_digest, load_id, attempts from ops.source_files
        where source = %s and file_name = %s for update
        """,
        (file.source, file.file_name),
    ).fetchone()
    if row is None:
        raise LookupError(f"{file.file_name} is not in the ledger: register it before loading it")
    entry: tuple[str, str | None, str | None, int | None, int] = row
    return entry


def _record_loaded(
    connection: Connection, file: SourceFile, parsed: ParsedFile, received: Received, load_id: int
) -> None:
    """Write the ledger entry, and queue the file's day for the next build, once per load."""
    connection.execute(
        """
        with entry as (
            update ops.source_files
            set status = %(status)s, rows_read = %(read)s, rows_kept = %(kept)s,
                rows_rejected = %(rejected)s, bytes = %(bytes)s, checksum = %(checksum)s,
                attempts = attempts + 1, reason = %(reason)s, load_id = %(load_id)s,
                loaded_at = clock_timestamp(), watchlist_digest = %(digest)s
            where source = %(source)s and file_name = %(file_name)s
        )
        insert into ops.changed_days (source, day, load_id)
        select %(source)s, %(day)s, %(load_id)s
        where not exists (
            select from ops.changed_days
            where load_id = %(load_id)s and day = %(day)s and not is_done
        )
        """,
        {
            "status": "loaded" if parsed.rows_read else "empty",
            "read": parsed.rows_read,
            "kept": parsed.rows_kept,
            "rejected": len(parsed.rejects),
            "bytes": received.bytes,
            "checksum": received.checksum,
            "reason": _remark(parsed),
            "load_id": load_id,
            "digest": received.watchlist_digest,
            "source": file.source,
            "file_name": file.file_name,
            "day": file.slot_at.date(),
        },
    )


def _count_attempt(connection: Connection, file: SourceFile) -> None:
    connection.execute(
        """
        update ops.source_files set attempts = attempts + 1
        where source = %s and file_name = %s
        """,
        (file.source, file.file_name),
    )


def _remark(parsed: ParsedFile) -> str | None:
    """Say what a reader of the ledger should know of a loaded file; usually nothing."""
    remarks = [f"{name}: {count}" for name, count in sorted(parsed.notes.items()) if count]
    if parsed.bytes_replaced:
        remarks.append(f"bytes_replaced: {parsed.bytes_replaced}")
    return "; ".join(remarks) or None


def write_rejects(
    connection: Connection, file: SourceFile, rejects: tuple[Reject, ...], load_id: int
) -> None:
    """Add the rejects of one reading of a file."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into ops.rejected_rows values (%s, %s, %s, %s, %s, %s)",
            [
                (file.source, file.file_name, r.line_number, r.reason, load_id, r.place)
                for r in rejects
            ],
        )


def drop_rejects(connection: Connection, file: SourceFile) -> None:
    """Remove the rejects of an earlier reading of a file."""
    connection.execute(
        "delete from ops.rejected_rows where source = %s and file_name = %s",
        (file.source, file.file_name),
    )


def load_file(
    connection: Connection,
    file: SourceFile,
    parsed: ParsedFile,
    received: Received,
    load_id: int,
    *,
    write: Callable[[Connection, SourceFile, ParsedFile, int, bool], None],
) -> bool:
    """Load one file in one transaction.

    ``write`` puts its rows into the raw tables; its last argument says whether an earlier reading's
    rows are there to be replaced.

    Returns:
        False when exactly these bytes are in force, or were refused, and nothing was changed.
    """
    with connection.transaction():
        status, checksum, digest, earlier_load, attempts = _lock_entry(connection, file)
        if status in ("loaded", "empty") and (checksum, digest) == (
            received.checksum,
            received.watchlist_digest,
        ):
            return False
        if status == "refused" and (checksum, digest) == (
            received.checksum,
            received.watchlist_digest,
        ):
            _count_attempt(connection, file)  # door one said no to exactly these bytes
            return False
        was_read_before = earlier_load is not None
        if attempts:
            drop_rejects(connection, file)
        write(connection, file, parsed, load_id, was_read_before)
        if parsed.rejects:
            write_rejects(connection, file, parsed.rejects, load_id)
        _record_loaded(connection, file, parsed, received, load_id)
    return True
