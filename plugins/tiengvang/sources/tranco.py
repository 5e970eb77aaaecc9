"""The Tranco list of popular sites: which lists a window must have, where they are, what they say.

Le Pochat et al., "Tranco: A Research-Oriented Top Sites Ranking Hardened Against Manipulation",
NDSS 2019, https://tranco-list.eu/. A list has a day and, by its id, a permanent address. Asked for is
the list of the first day of each month, so that the same list is loaded whenever it is asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tiengvang.errors import FileMissing, FileRefused, SchemaDrift
from tiengvang.sources.records import ParsedFile, Reject, Rows, SourceFile
from tiengvang.sources.site_lists import HOST_NAME, monthly_files, read_lines
from tiengvang.windows import Window

SOURCE = "tranco"
RANKS = "ranks"
# The last rank of a reach tier: all that lies beyond is one tier with what has no rank at all.
KEPT_RANKS = 500_000
LIST_LENGTH = 1_000_000
MAX_REJECTED_SHARE = 0.05
COLUMNS = ("list_id", "list_date", "rank", "domain")

_LIST_ID = re.compile(r"[A-Z0-9]{4,10}")
_RANK = re.compile(rb"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class ListReference:
    """A permanent list: its id, and the day that it describes."""

    list_id: str
    list_date: date


def expected_files(window: Window) -> Iterator[SourceFile]:
    """Yield the list of every month that the window touches, see ``monthly_files``."""
    return monthly_files(SOURCE, RANKS, window)


def reference_url(base_url: str, list_date: date) -> str:
    """Return the address of the answer that names the list of a day."""
    suffix = ".json" if base_url.startswith("file://") else ""
    return f"{base_url}/api/lists/date/{list_date:%Y%m%d}{suffix}"


def list_urls(base_url: str, list_id: str) -> tuple[str, ...]:
    """Return the addresses of a list, the better one first: a zip, or plain text where there is none.

    The source declines (403) the zip of a list that it does not keep as one.
    """
    if base_url.startswith("file://"):
        return (f"{base_url}/download_daily/{list_id}.zip",)
    return (
        f"{base_url}/download_daily/{list_id}",
        f"{base_url}/download/{list_id}/{LIST_LENGTH}",
    )


def read_reference(payload: bytes, *, list_date: date, file_name: str) -> ListReference:
    """Read the answer that names the list of a day.

    Raises:
        FileMissing: the source has no list of that day, or not yet.
        FileRefused: the answer is no such answer.
    """
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise FileRefused(
            f"{file_name}: {len(payload)} bytes that are no JSON, expected an object with list_id"
            f" ({type(error).__name__})"
        ) from None
    if not isinstance(answer, dict) or not isinstance(answer.get("available"), bool):
        raise FileRefused(f"{file_name}: expected an object with list_id and available")
    if answer.get("failed") or not answer["available"]:
        raise FileMissing(f"{file_name}: the list of {list_date} is not available")
    list_id = answer.get("list_id")
    if not isinstance(list_id, str) or not _LIST_ID.fullmatch(list_id):
        raise FileRefused(f"{file_name}: list_id is no id of capital letters and digits")
    return ListReference(list_id, list_date)


def parse_ranks(payload: bytes, *, reference: ListReference, file_name: str) -> ParsedFile:
    """Read a list, zipped or plain: lines of ``rank,domain`` without a header, ranks 1, 2, 3, ...

    Every line is checked; ranks up to ``KEPT_RANKS`` are kept. A name that no host can have is a reject.

    Returns:
        rows of ``raw.tranco__ranks``.

    Raises:
        FileRefused: the archive is bad or too large, there is no line, a line has other columns, a
            rank is not one more than the rank before, or a name comes twice; the message names the line.
        SchemaDrift: more than 5 % of the names are no host names.
    """
    lines = read_lines(payload, file_name=file_name)
    rows: list[tuple[str, date, int, str]] = []
    rejects: list[Reject] = []
    seen: set[bytes] = set()
    for number, line in enumerate(lines, start=1):
        domain = _domain(line, number, file_name)
        if not HOST_NAME.fullmatch(domain):
            rejects.append(Reject(number, "the name is no host name"))
            continue
        if domain in seen:
            raise FileRefused(f"{file_name}, line {number}: a name that came before")
        seen.add(domain)
        if number <= KEPT_RANKS:
            rows.append((reference.list_id, reference.list_date, number, domain.decode("ascii")))
    if len(rejects) > MAX_REJECTED_SHARE * len(lines):
        raise SchemaDrift(
            f"{file_name}: {len(rejects)} of {len(lines)} names are no host names, expected at most"
            f" {MAX_REJECTED_SHARE:.0%}; first: line {rejects[0].line_number}"
        )
    return ParsedFile(
        rows_read=len(lines),
        rows_kept=len(rows),
        tables=(Rows("raw.tranco__ranks", COLUMNS, rows),),
        rejects=tuple(rejects),
    )


def _domain(line: bytes, number: int, file_name: str) -> bytes:
    fields = line.split(b",")
    if len(fields) != 2:
        raise FileRefused(f"{file_name}, line {number}: {len(fields)} columns, expected 2")
    rank, domain = fields
    if not _RANK.fullmatch(rank):
        raise FileRefused(f"{file_name}, line {number}: the first column is no rank")
    if int(rank) != number:
        raise FileRefused(f"{file_name}, line {number}: rank {int(rank)}, expected {number}")
    return domain
