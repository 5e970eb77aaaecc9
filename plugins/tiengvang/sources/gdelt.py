"""GDELT 2.0 bulk files: which files a window must have, what its lists say, and bytes to rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tiengvang.errors import FileRefused
from tiengvang.sources import gdelt_export, gdelt_gkg, gdelt_mentions
from tiengvang.sources.gdelt_fields import refuse_drift, slot_stamp
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.watchlist import Watchlist
from tiengvang.windows import STREAMS, SlotCalendar, Window

SOURCE = "gdelt"
TABLES = ("export", "mentions", "gkg")
LATEST_LISTS = {"english": "lastupdate.txt", "translation": "lastupdate-translation.txt"}
MASTER_LISTS = {"english": "masterfilelist.txt", "translation": "masterfilelist-translation.txt"}

# One listed md5 of this slot is wrong, of which file is not known: only sizes can be compared.
SLOTS_WITH_WRONG_MD5 = frozenset({datetime(2016, 5, 8, 14, tzinfo=UTC)})

_ENDINGS = {"export": "export.CSV", "mentions": "mentions.CSV", "gkg": "gkg.csv"}
_ENTRY = re.compile(
    rb"([0-9]{1,12}) ([0-9a-f]{32}) (?:\S*/)?"
    rb"(([0-9]{14})\.(?:translation\.)?(?:export\.CSV|mentions\.CSV|gkg\.csv)\.zip)"
)
_PARSERS = {
    "export": gdelt_export.parse,
    "mentions": gdelt_mentions.parse,
    "gkg": gdelt_gkg.parse,
}


@dataclass(frozen=True, slots=True)
class ListEntry:
    """What a list says about one zip: its size in bytes and the md5 of its bytes, in hex."""

    size: int
    md5: str


def source_file(table_name: str, stream: str, slot_at: datetime) -> SourceFile:
    """Return the file of one table, stream and slot.

    Raises:
        ValueError: no such table or stream.
    """
    if table_name not in TABLES or stream not in STREAMS:
        raise ValueError(f"no GDELT table {table_name!r} in stream {stream!r}")
    infix = "translation." if stream == "translation" else ""
    return SourceFile(
        SOURCE,
        table_name,
        f"{slot_stamp(slot_at)}.{infix}{_ENDINGS[table_name]}.zip",
        stream,
        slot_at,
    )


def expected_files(window: Window, calendar: SlotCalendar) -> Iterator[SourceFile]:
    """Yield the files that a window must have, oldest slot first.

    In a slot the exports of both streams come first, so that a mention meets its event already
    there.
    """
    for slot_at in window.slots():
        streams = [stream for stream in STREAMS if calendar.expects(stream, slot_at)]
        for table_name in TABLES:
            for stream in streams:
                yield source_file(table_name, stream, slot_at)


def paths(file: SourceFile) -> tuple[str, str]:
    """Return where a file may be under the base address: the zip, else the same as plain text."""
    return file.file_name, file.file_name.removesuffix(".zip")


def read_list(lines: Iterable[bytes], window: Window | None = None) -> dict[str, ListEntry]:
    """Read the lines of a list (``size md5 url``) and return the window's entries by file name.

    One line is held at a time, so a list of any length can be streamed. A line that is no entry,
    such as a bare URL prefix, says nothing of a file and is passed over.
    """
    entries: dict[str, ListEntry] = {}
    # As text, stamps are ordered as in time, and ":" comes after every digit.
    first = slot_stamp(window.start).encode() if window else b""
    end = slot_stamp(window.end).encode() if window else b":"
    for line in lines:
        match = _ENTRY.fullmatch(line.strip())
        if match is not None and first <= match[4] < end:
            entries[match[3].decode()] = ListEntry(int(match[1]), match[2].decode())
    return entries


def check_listed(file: SourceFile, payload: bytes, entry: ListEntry | None) -> str:
    """Compare a zip's bytes, as fetched, with what a list says, if it says anything.

    Returns:
        The md5 of the bytes, in hex.

    Raises:
        FileRefused: another size or md5 than listed.
    """
    if entry is not None and len(payload) != entry.size:
        raise FileRefused(
            f"{file.file_name}: {len(payload)} bytes, expected {entry.size} by its list"
        )
    found = hashlib.md5(payload, usedforsecurity=False).hexdigest()
    if entry is not None and found != entry.md5 and file.slot_at not in SLOTS_WITH_WRONG_MD5:
        raise FileRefused(f"{file.file_name}: md5 {found}, expected {entry.md5} by its list")
    return found


def parse(file: SourceFile, data: bytes, watchlist: Watchlist) -> ParsedFile:
    """Read one inflated file: rows of raw tables (all columns but ``load_id``), totals, rejects.

    Every row is kept, counted in totals, or a reject. Personal fields are never read.

    Raises:
        SchemaDrift: more than 5 % of the rows cannot be read.
    """
    parsed = _PARSERS[file.table_name](file, data, watchlist)
    refuse_drift(file, parsed.rows_read, parsed.rejects)
    return parsed
