"""How GDELT's parsed files become raw rows: the mentions' wait for their events included.

A mention is kept when its event is kept, and the two arrive in any order. While the event's files are not
settled (loaded or empty, read with today's watch-list, in every stream that the calendar expects), the
mention waits in ``raw.gdelt__pending_mentions``. Loading an export promotes or deletes its mentions in
its own transaction, so any order of arrival gives the same tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from tiengvang.sources.records import ParsedFile, Rows, SourceFile
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.raw_rows import delete_file_rows, write_rows
from tiengvang.windows import DAY, SLOT, STREAMS, SlotCalendar, Window

TABLES = {
    "export": ("raw.gdelt__events", "raw.gdelt__event_totals"),
    "mentions": (
        "raw.gdelt__mentions",
        "raw.gdelt__pending_mentions",
        "raw.gdelt__mention_totals",
    ),
    "gkg": (
        "raw.gdelt__documents",
        "raw.gdelt__document_places",
        "raw.gdelt__outlet_totals",
        "raw.gdelt__outlet_country_totals",
    ),
}
# When a mention may be published, counted from its event.
EARLIEST_MENTION = DAY
LATEST_MENTION = 7 * DAY
# An export that promotes and a mentions file that looks must not pass each other unseen:
# exports take this lock alone, mentions files share it.
MENTIONS_LOCK = "select pg_advisory_xact_lock{}(hashtext('tiengvang.gdelt.mentions'))"


@dataclass(frozen=True, slots=True)
class GdeltWriter:
    """Writes parsed files, given the calendar and the digest of a day's watch-list."""

    calendar: SlotCalendar
    digest_on: Callable[[Any], str]

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Replace all rows of the file; called inside the file's transaction."""
        match file.table_name:
            case "export":
                connection.execute(MENTIONS_LOCK.format(""))
                earlier = self._take_back(connection, file) if was_read_before else None
                write_rows(connection, parsed.tables, load_id)
                self._promote(connection, file)
                if earlier is not None and not _events(parsed) <= earlier:
                    # mentions of events that were not there before may have been dropped
                    read_mentions_again(connection, Window(file.slot_at, file.slot_at + SLOT))
            case "mentions":
                connection.execute(MENTIONS_LOCK.format("_shared"))
                if was_read_before:
                    delete_file_rows(connection, file, TABLES["mentions"])
                parts = [self._sort_mentions(connection, block) for block in parsed.tables]
                write_rows(connection, chain.from_iterable(parts), load_id)
            case _:
                if was_read_before:
                    delete_file_rows(connection, file, TABLES[file.table_name])
                write_rows(connection, parsed.tables, load_id)

    def _sort_mentions(self, connection: Connection, block: Rows) -> Iterable[Rows]:
        """Split candidates into kept and waiting; the rest are mentions of events not kept."""
        if block.table != "raw.gdelt__mentions":
            return [block]
        event = block.columns.index("global_event_id")
        seen_at = block.columns.index("event_slot_at")
        kept_events = _kept_events(connection, {row[event] for row in block.rows})
        settled = self._settled(connection, {row[seen_at] for row in block.rows})
        kept, waiting = [], []
        for row in block.rows:
            if kept_events.get(row[event]) == row[seen_at]:
                kept.append(row)
            elif row[seen_at] not in settled:
                waiting.append(row)
        return [
            Rows(block.table, block.columns, kept),
            Rows("raw.gdelt__pending_mentions", block.columns, waiting),
        ]

    def _settled(
        self, connection: Connection, slots: set[datetime], but_for: SourceFile | None = None
    ) -> set[datetime]:
        """Return the slots whose expected exports are all read with today's watch-list."""
        rows: list[Any] = connection.execute(
            """
            select slot_at, stream, watchlist_digest from ops.source_files
            where source = 'gdelt' and table_name = 'export' and slot_at = any (%s)
                and status in ('loaded', 'empty')
            """,
            (list(slots),),
        ).fetchall()
        read: dict[datetime, set[str]] = defaultdict(set)
        digests = {day: self.digest_on(day) for day in {row[0].date() for row in rows}}
        for slot, stream, digest in rows:
            if digest == digests[slot.date()]:
                read[slot].add(stream)
        if but_for is not None and but_for.stream is not None:
            read[but_for.slot_at].add(but_for.stream)
        settled = set()
        for slot in slots:
            expected = {stream for stream in STREAMS if self.calendar.expects(stream, slot)}
            if expected and expected <= read[slot]:
                settled.add(slot)
        return settled

    def _take_back(self, connection: Connection, file: SourceFile) -> set[int]:
        """Remove an export's earlier rows; mentions of its events wait once more.

        Returns:
            The events that were there.
        """
        rows: list[Any] = connection.execute(
            "select global_event_id from raw.gdelt__events where slot_at = %s and stream = %s",
            (file.slot_at, file.stream),
        ).fetchall()
        earlier = {row[0] for row in rows}
        connection.execute(
            """
            with moved as (
                delete from raw.gdelt__mentions where global_event_id = any (%s) returning *
            )
            insert into raw.gdelt__pending_mentions select * from moved
            """,
            (list(earlier),),
        )
        delete_file_rows(connection, file, TABLES["export"])
        return earlier

    def _promote(self, connection: Connection, file: SourceFile) -> None:
        """Move waiting mentions of the new events; once the slot is settled, drop the others."""
        is_settled = bool(self._settled(connection, {file.slot_at}, but_for=file))
        connection.execute(
            """
            with left_waiting as (
                delete from raw.gdelt__pending_mentions as waiting
                where waiting.event_slot_at = %(slot_at)s
                    and (
                        %(is_settled)s
                        or exists (
                            select from raw.gdelt__events as event
                            where event.global_event_id = waiting.global_event_id
                                and event.slot_at = waiting.event_slot_at
                        )
                    )
                returning waiting.*
            )
            insert into raw.gdelt__mentions
            select left_waiting.* from left_waiting
            inner join raw.gdelt__events as event
                on left_waiting.global_event_id = event.global_event_id
                and left_waiting.event_slot_at = event.slot_at
            """,
            {"slot_at": file.slot_at, "is_settled": is_settled},
        )


def _kept_events(connection: Connection, candidates: set[int]) -> dict[int, datetime]:
    """Return the slots of those candidates that are kept events."""
    rows: list[Any] = connection.execute(
        "select global_event_id, slot_at from raw.gdelt__events where global_event_id = any (%s)",
        (list(candidates),),
    ).fetchall()
    return dict(rows)


def _events(parsed: ParsedFile) -> set[int]:
    """Return the ids of the events that an export keeps."""
    block = next(block for block in parsed.tables if block.table == "raw.gdelt__events")
    event = block.columns.index("global_event_id")
    return {row[event] for row in block.rows}


def read_mentions_again(connection: Connection, events: Window) -> None:
    """Make mentions files due again that may refer to events of a window.

    A file that is being loaded at this moment is left out: it looks at the events after us.
    """
    connection.execute(
        """
        update ops.source_files set watchlist_digest = null, reason = 'its events changed'
        where source = 'gdelt' and file_name in (
            select file_name from ops.source_files
            where source = 'gdelt' and table_name = 'mentions' and slot_at >= %s and slot_at < %s
                and status in ('loaded', 'empty')
            for update skip locked
        )
        """,
        (events.start - EARLIEST_MENTION, events.end + LATEST_MENTION),
    )
