"""GDELT's lists of outlets by country: which list a window must have, what its lines say.

A list counts which countries the places in an outlet's documents lie in. It says what an outlet writes
about, not where it is at home. Read are the layouts in which such lists were published:

- ``domain,countrycode,cnt`` under that header, up to five countries a domain, counted (2015-2021):
  https://blog.gdeltproject.org/mapping-the-media-a-geographic-lookup-of-gdelts-sources-2015-2021/
- domain, code and name of the country, divided by tabs: the one country most mentioned, not counted
  (May 2018, without a header):
  https://blog.gdeltproject.org/mapping-the-media-a-geographic-lookup-of-gdelts-sources/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tiengvang.errors import FileRefused
from tiengvang.sources.gdelt_fields import refuse_drift
from tiengvang.sources.records import ParsedFile, Reject, Rows, SourceFile
from tiengvang.sources.site_lists import HOST_NAME, monthly_files, read_lines
from tiengvang.windows import Window

SOURCE = "gdelt_domains"
COUNTRIES = "countries"
HEADER = b"domain,countrycode,cnt"
COLUMNS = ("list_name", "domain", "country_code_fips", "place_mentions")

_FIPS = re.compile(rb"[A-Z]{2}")
_COUNT = re.compile(rb"[1-9][0-9]{0,17}")
_ENDINGS = re.compile(r"(\.(csv|txt|zip))+\Z", re.IGNORECASE)


def expected_files(window: Window) -> Iterator[SourceFile]:
    """Yield the list of the window's last month: the address only knows today's list."""
    yield from list(monthly_files(SOURCE, COUNTRIES, window))[-1:]


def list_name(url: str) -> str:
    """Return the name of the list at an address: its file's, without endings."""
    return _ENDINGS.sub("", urlsplit(url).path.rpartition("/")[2])


def parse(payload: bytes, *, file: SourceFile, name: str) -> ParsedFile:
    """Read a list, zipped or plain; ``name`` is that of the list.

    A line that says nothing about a site is a reject: another number of columns, a name that no site can
    have (also ``unknown``, under which a list of 2015-2021 counts addresses without a domain), no
    FIPS code, no count, or a site and country that came before.

    Returns:
        rows of ``raw.gdelt_domains__countries``, domains as published; ``place_mentions`` is None where
        the list counts nothing.

    Raises:
        FileRefused: the archive is bad or too large, or the first line is of neither layout.
        SchemaDrift: more than 5 % of the lines are rejects.
    """
    lines = read_lines(payload, file_name=file.file_name)
    is_counted = lines[0] == HEADER
    if not is_counted and lines[0].count(b"\t") != 2:
        raise FileRefused(
            f"{file.file_name}, line 1: neither the header {HEADER.decode()} nor three columns"
            " divided by tabs"
        )
    rows: list[tuple[str, str, str, int | None]] = []
    rejects: list[Reject] = []
    seen: set[tuple[bytes, bytes]] = set()
    first = 2 if is_counted else 1
    for number, line in enumerate(lines[first - 1 :], start=first):
        fields = line.split(b"," if is_counted else b"\t")
        reason = _wrong(fields, is_counted) or (
            "a name and country that came before" if tuple(fields[:2]) in seen else None
        )
        if reason:
            rejects.append(Reject(number, reason))
            continue
        domain, code, third = fields
        seen.add((domain, code))
        count = int(third) if is_counted else None
        rows.append((name, domain.decode("ascii"), code.decode("ascii"), count))
    rows_read = len(lines) - first + 1
    if not rows_read:
        raise FileRefused(f"{file.file_name}: no lines below the header")
    refuse_drift(file, rows_read, rejects)
    return ParsedFile(
        rows_read=rows_read,
        rows_kept=len(rows),
        tables=(Rows("raw.gdelt_domains__countries", COLUMNS, rows),),
        rejects=tuple(rejects),
    )


def _wrong(fields: list[bytes], is_counted: bool) -> str | None:
    """Say what is wrong with a line's fields, without repeating them."""
    if len(fields) != 3:
        return f"{len(fields)} columns, expected 3"
    domain, code, count = fields
    # Some names are published in capitals, or with the dot that ends a full host name.
    host = domain.lower().removesuffix(b".")
    if b"." not in host or not HOST_NAME.fullmatch(host):
        return "the name is no domain"
    if not _FIPS.fullmatch(code):
        return "the country code is no FIPS code"
    if is_counted and not _COUNT.fullmatch(count):
        return "the count is no number above 0"
    return None
