"""What GDELT's tables share: rows and their grammar, text, outlets, languages, too many rejects."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import AnyStr

from tiengvang.errors import SchemaDrift
from tiengvang.sources.records import Reject, SourceFile

MAX_REJECT_SHARE = 0.05
UNKNOWN_OUTLET = "unknown"
ENGLISH = "eng"
UNDETERMINED = "und"

# Bounded so that every accepted number fits its column and no sum of squares overflows.
FLOAT = r"-?[0-9]{1,15}+(?:\.[0-9]{0,40}+)?+(?:[eE][-+]?[0-9]{1,2})?+"
INTEGER = r"-?[0-9]{1,9}"
BIG_INTEGER = r"[0-9]{1,18}"
INSTANT = r"[0-9]{14}"
ANY_TEXT = r"[^\t]*+"

# A longer name is no domain, and would not fit the index of the totals.
MAX_OUTLET_LENGTH = 253

_REPLACEMENT = "\ufffd"
_REPLACEMENT_UTF8 = _REPLACEMENT.encode()
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/?#@:\s]+)", re.IGNORECASE)
_is_stamp = re.compile(INSTANT).fullmatch
_LANGUAGE = re.compile(r"srclc:([a-z]{3})(?![a-z])")


class RowPattern:
    """The grammar of a table's row: its columns in order, and patterns of those that are checked.

    ``match`` takes a row and gives the captured columns as groups, in the order of the columns.
    One match both checks and splits, in less time than splitting first and checking each field.
    """

    def __init__(
        self, columns: Sequence[str], patterns: Mapping[str, str], captured: Collection[str]
    ) -> None:
        self._columns = columns
        self._patterns = patterns
        self.match = re.compile(
            "\t".join(
                f"({patterns.get(name, ANY_TEXT)})"
                if name in captured
                else patterns.get(name, ANY_TEXT)
                for name in columns
            )
        ).fullmatch

    def misfit(self, line: str) -> str:
        """Return why a line does not match, without quoting it: it may name people."""
        fields = line.split("\t")
        if len(fields) != len(self._columns):
            return wrong_width(len(fields), len(self._columns))
        return next(
            f"{name} is malformed"
            for name, field in zip(self._columns, fields, strict=True)
            if not re.fullmatch(self._patterns.get(name, ANY_TEXT), field)
        )


def wrong_width(found: int, expected: int) -> str:
    """Return the reason of a reject with another number of columns."""
    return f"{found} columns, expected {expected}"


def read_rows(
    rows: Iterable[AnyStr], take: Callable[[int, AnyStr], str | None]
) -> tuple[int, tuple[Reject, ...]]:
    """Give every row to ``take`` with its line number from 1; return their number and the rejects.

    ``take`` returns None, or the reason why the row cannot be read.
    """
    rejects: list[Reject] = []
    number = 0
    for number, row in enumerate(rows, start=1):
        reason = take(number, row)
        if reason:
            rejects.append(Reject(number, reason))
    return number, tuple(rejects)


@dataclass(frozen=True, slots=True)
class Lines:
    """A file's lines as text, and what had to be changed to make them so."""

    rows: list[str]
    bytes_replaced: int
    nul_bytes_removed: int


def split_lines(data: bytes) -> Lines:
    """Decode a file and cut it into rows.

    Rows are never quoted: a ``"`` is text, only a newline ends a row, and a final newline starts
    no further one.
    """
    data, nul_bytes = without_nul(data)
    decode = Decoder()
    rows = decode(data).split("\n")
    if not rows[-1]:
        rows.pop()
    return Lines(rows, decode.replaced, nul_bytes)


def without_nul(data: bytes) -> tuple[bytes, int]:
    """Remove NUL bytes, which Postgres text cannot hold, and say how many there were."""
    if b"\0" not in data:
        return data, 0
    return data.replace(b"\0", b""), data.count(b"\0")


class Decoder:
    """Decodes UTF-8, putting U+FFFD in the place of bytes that are none, and counts those."""

    def __init__(self) -> None:
        self.replaced = 0

    def __call__(self, raw: bytes) -> str:
        """Return the text."""
        try:
            return raw.decode()
        except UnicodeDecodeError:
            text = raw.decode(errors="replace")
            self.replaced += text.count(_REPLACEMENT) - raw.count(_REPLACEMENT_UTF8)
            return text


def notes(**counts: int) -> dict[str, int]:
    """Return the counts that are not zero."""
    return {name: count for name, count in counts.items() if count}


def slot_stamp(moment: datetime) -> str:
    """Write an instant as the wire does: ``YYYYMMDDHHMMSS``, UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def instant(stamp: str) -> datetime | None:
    """Read ``YYYYMMDDHHMMSS`` as UTC; None if it is no instant of the calendar."""
    if not _is_stamp(stamp):
        return None
    try:
        # A tenth of the time of strptime, which thousands of late mentions of a file would feel.
        return datetime.fromisoformat(f"{stamp[:8]}T{stamp[8:]}+00:00")
    except ValueError:
        return None


def outlet_of_url(url: str) -> str | None:
    """Return the lower-case host of a web address without ``www.``, or None for anything else."""
    match = _HOST.match(url)
    host = match[1].lower().rstrip(".") if match else ""
    return host if 0 < len(host.encode()) <= MAX_OUTLET_LENGTH else None


def outlet(name: str, url: str) -> str:
    """Return the outlet's lower-case domain: as named, else from the URL, else ``unknown``."""
    return name.strip().lower() or outlet_of_url(url) or UNKNOWN_OUTLET


def language(translation_info: str) -> str:
    """Return the ISO 639-3 code of ``srclc:vie;eng:...``: empty is English, unreadable ``und``."""
    if not translation_info:
        return ENGLISH
    match = _LANGUAGE.search(translation_info)
    return match[1] if match else UNDETERMINED


def refuse_drift(file: SourceFile, rows_read: int, rejects: Sequence[Reject]) -> None:
    """Refuse a file of which more than 5 % of the rows could not be read.

    Raises:
        SchemaDrift: with the file's name, the share, and the first reject.
    """
    if len(rejects) > MAX_REJECT_SHARE * rows_read:
        first = rejects[0]
        raise SchemaDrift(
            f"{file.file_name}: {len(rejects)} of {rows_read} rows cannot be read"
            f" ({len(rejects) / rows_read:.1%}), expected at most {MAX_REJECT_SHARE:.0%};"
            f" first in line {first.line_number}: {first.reason}"
        )
