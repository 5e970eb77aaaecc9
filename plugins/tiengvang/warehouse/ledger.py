"""The ledger ``ops.source_files``: which files must exist, which are there, what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from tiengvang.sources.records import SourceFile
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.ledger_outcomes import ASK_AGAIN_FOR
from tiengvang.windows import Window


def register(connection: Connection, files: Iterable[SourceFile]) -> int:
    """Enter files that must exist and are not in the ledger yet; return how many were new.

    A file whose bytes are loaded already under another name is not new.
    """
    rows = [(f.source, f.table_name, f.file_name, f.stream, f.slot_at, f.checksum) for f in files]
    if not rows:
        return 0
    columns = [list(column) for column in zip(*rows, strict=True)]
    found: Any = connection.execute(
        """
        with new as (
            insert into ops.source_files (source, table_name, file_name, stream, slot_at)
            select file.source, file.table_name, file.file_name, file.stream, file.slot_at
            from unnest(
                %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::text[]
            ) as file (source, table_name, file_name, stream, slot_at, checksum)
            where file.checksum is null or not exists (
                select from ops.source_files as known
                where known.source = file.source and known.checksum = file.checksum
                    and known.status in ('loaded', 'empty')
            )
            on conflict do nothing
            returning source, slot_at
        ),
        changed as (
            insert into ops.changed_days (source, day)
            select distinct source, (slot_at at time zone 'UTC')::date from new
        )
        select count(*) from new
        """,
        columns,
    ).fetchone()
    return int(found[0])


def registered_until(connection: Connection, source: str) -> datetime | None:
    """Return how far scheduled runs have registered a source; None before the first one."""
    row: Any = connection.execute(
        "select registered_until from ops.registrations where source = %s", (source,)
    ).fetchone()
    return None if row is None else row[0]


def set_registered_until(connection: Connection, source: str, until: datetime) -> None:
    """Remember how far a source is registered; never moves backwards."""
    connection.execute(
        """
        insert into ops.registrations (source, registered_until) values (%s, %s)
        on conflict (source) do update
        set registered_until = greatest(registrations.registered_until, excluded.registered_until)
        """,
        (source, until),
    )


def newest_registered(connection: Connection, source: str) -> datetime | None:
    """Return the newest slot of a source in the ledger, however it came there."""
    row: Any = connection.execute(
        "select max(slot_at) from ops.source_files where source = %s", (source,)
    ).fetchone()
    moment: datetime | None = row[0]
    return moment


def reopen(connection: Connection, source: str, window: Window) -> int:
    """Make closed files of a window due again: a window given by hand asks for gaps once more."""
    return connection.execute(
        """
        update ops.source_files set status = 'expected', reason = 'asked for again by hand'
        where source = %s and slot_at >= %s and slot_at < %s and status in ('gap', 'refused')
        """,
        (source, window.start, window.end),
    ).rowcount


def follow_watchlist(
    connection: Connection, source: str, version: str, digest_on: Callable[[date], str]
) -> list[date]:
    """Make loaded files due again whose day has another watch-list than the one they were read with.

    They stay ``loaded``, with what the old list kept, until the new reading replaces it: a null
    ``watchlist_digest`` marks them. The whole ledger is looked at only when the seed's ``version`` is new.

    Returns:
        The days whose files are due again.
    """
    row: Any = connection.execute(
        "select watchlist_version from ops.registrations where source = %s for update", (source,)
    ).fetchone()
    if row is not None and row[0] == version:
        return []
    groups: list[Any] = connection.execute(
        """
        select distinct (slot_at at time zone 'UTC')::date, watchlist_digest from ops.source_files
        where source = %s and watchlist_digest is not null
        """,
        (source,),
    ).fetchall()
    stale = [(day, digest) for day, digest in groups if digest != digest_on(day)]
    for day, digest in stale:
        connection.execute(
            """
            update ops.source_files set watchlist_digest = null, reason = 'the watch-list changed'
            where source = %s and (slot_at at time zone 'UTC')::date = %s and watchlist_digest = %s
            """,
            (source, day, digest),
        )
    connection.execute(
        """
        insert into ops.registrations (source, watchlist_version) values (%s, %s)
        on conflict (source) do update set watchlist_version = excluded.watchlist_version
        """,
        (source, version),
    )
    return sorted({day for day, _ in stale})


def due(
    connection: Connection,
    source: str,
    as_of: datetime,
    window: Window | None,
    ask_again_for: timedelta = ASK_AGAIN_FOR,
) -> list[SourceFile]:
    """Return the files to ask for now, oldest slot first, those that others wait for first.

    Due is what was never asked for, what was missing (its gap is closed after the attempt), what was
    refused and is younger than ``ask_again_for``, and what was read with another watch-list or still
    grows. A window limits the answer to itself.
    """
    rows: list[Any] = connection.execute(
        """
        select source, table_name, file_name, stream, slot_at from ops.source_files
        where source = %(source)s
            and (
                status in ('expected', 'missing')
                or (status = 'refused' and slot_at > %(since)s)
                or (status in ('loaded', 'empty') and watchlist_digest is null)
            )
            and (%(start)s::timestamptz is null or (slot_at >= %(start)s and slot_at < %(end)s))
        order by slot_at, array_position(array['export', 'mentions', 'gkg'], table_name), file_name
        """,
        {
            "source": source,
            "since": as_of - ask_again_for,
            "start": window.start if window else None,
            "end": window.end if window else None,
        },
    ).fetchall()
    return [SourceFile(*row) for row in rows]


def apart(connection: Connection, files: list[SourceFile]) -> list[list[SourceFile]]:
    """Group files into loads: what was quarantined before is judged slot by slot, the rest together.

    So one bad slot does not keep out the slots that happened to be loaded with it.
    """
    rows: list[Any] = connection.execute(
        """
        select file.file_name from ops.source_files as file
        join ops.loads as load on load.load_id = file.load_id and load.status = 'quarantined'
        where file.source = %s and file.file_name = any (%s)
        """,
        (files[0].source, [file.file_name for file in files]),
    ).fetchall()
    suspects = {row[0] for row in rows}
    by_slot: dict[datetime, list[SourceFile]] = {}
    for file in files:
        if file.file_name in suspects:
            by_slot.setdefault(file.slot_at, []).append(file)
    rest = [file for file in files if file.file_name not in suspects]
    return [group for group in (rest, *by_slot.values()) if group]
