"""What a parser takes and gives: a file's identity, its rows by table, and its rejects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that a source must have: the key of its ledger entry and where its bytes are.

    ``checksum`` where it is known before the file is read: the same bytes under another name are no other
    file.
    """

    source: str
    table_name: str
    file_name: str
    stream: str | None
    slot_at: datetime
    checksum: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be read. The row itself is never kept: it may name people.

    Where lines do not tell the place, ``place`` does, such as a sheet and cell; the number is then
    that of the reject.
    """

    line_number: int
    reason: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows for one raw table, in the order of ``columns``."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """Everything that one file says: count in (``rows_read``) = kept + counted only + rejects.

    ``rows_kept`` counts the file's own rows that are stored one by one; the others are in totals.
    """

    rows_read: int
    rows_kept: int
    tables: tuple[Rows, ...]
    rejects: tuple[Reject, ...] = ()
    bytes_replaced: int = 0
    notes: dict[str, int] = field(default_factory=dict)
