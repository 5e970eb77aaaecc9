"""What lists of sites share: one list a month, lines of text, and names that a host can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiengvang.errors import FileRefused
from tiengvang.inflate import inflate
from tiengvang.sources.records import SourceFile
from tiengvang.windows import Window

LIMIT_BYTES = 64 * 1024**2  # a list of a million names is some 22 MB
HOST_NAME = re.compile(rb"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")


def monthly_files(source: str, table_name: str, window: Window) -> Iterator[SourceFile]:
    """Yield the list of every month that the window touches.

    ``slot_at`` is the month's first day, 00:00 UTC, which may lie before the window's start.
    """
    for month in window.months():
        yield SourceFile(source, table_name, f"{table_name}@{month:%Y-%m}", None, month)


def read_lines(payload: bytes, *, file_name: str) -> list[bytes]:
    r"""Return the lines of a list, zipped or plain, without their ends (``\n`` or ``\r\n``).

    Raises:
        FileRefused: the archive is bad or too large, or there is no line.
    """
    text = inflate(payload, file_name=file_name, limit_bytes=LIMIT_BYTES)
    if not text:
        raise FileRefused(f"{file_name}: no lines, expected a list of sites")
    return [line.removesuffix(b"\r") for line in text.removesuffix(b"\n").split(b"\n")]
