"""The Foreign Investment Agency's yearly tables as CSV: what a file is, and what its lines say.

One file holds one breakdown of registered foreign investment (by partner, sector or province) for several
years, with Vietnamese or English headings and labels. The headings, not the order, say what a column is.
Labels stay as printed. Capital is in million US dollars: the headings must say so.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.sources.drop_folder import Identity, own_name
from tiengvang.sources.fia_lines import FIGURES, Line, is_total, read_line
from tiengvang.sources.records import ParsedFile, Reject, Rows

SOURCE = "fia"
REGISTERED = "registered"
LIMIT_BYTES = 16 * 1024**2  # eight genuine years by partner are 50 kB
MAX_REJECTED_SHARE = 0.05
# Of the larger of a printed total and the sum of its parts; genuine sums agree to 0.01 %.
TOTAL_TOLERANCE = Decimal("0.005")
COLUMNS = (
    "file_name",
    "line_number",
    "language_code_iso639_3",
    "breakdown",
    "is_total",
    "label",
    "registered_year",
    *FIGURES,
)

PARTNER, SECTOR, PROVINCE = "partner", "sector", "province"
# What a heading means. The publisher heads provinces with "Đối tác" (partner) in its Vietnamese table.
HEADINGS = {
    "vie": {
        "tt": "order", "stt": "order", "đối tác": PARTNER, "ngành": SECTOR, "tỉnh": PROVINCE,
        "địa phương": PROVINCE, "tỉnh, thành phố": PROVINCE, "số dự án cấp mới": FIGURES[0],
        "vốn đăng ký cấp mới (triệu usd)": FIGURES[1], "số lượt dự án điều chỉnh": FIGURES[2],
        "vốn đăng ký điều chỉnh (triệu usd)": FIGURES[3],
        "số lượt góp vốn mua cổ phần": FIGURES[4],
        "giá trị góp vốn, mua cổ phần (triệu usd)": FIGURES[5], "năm": "year",
    },
    "eng": {
        "order": "order", "country": PARTNER, "industry": SECTOR, "provinces": PROVINCE,
        "province": PROVINCE, "number of new projects": FIGURES[0],
        "newly registered capital (million usd)": FIGURES[1],
        "adjusted project number": FIGURES[2], "adjusted capital (million usd)": FIGURES[3],
        "number of times of capital contribution to buy shares": FIGURES[4],
        "value of capital contribution, share purchase (million usd)": FIGURES[5], "year": "year",
    },
}  # fmt: skip
NAMES = {"partner": PARTNER, "industry": SECTOR, "sector": SECTOR, "province": PROVINCE}
_YEAR_AT_THE_END = re.compile(rb",\s*\"?((?:19|20)[0-9]{2})\"?\s*$", re.M)


def identify(name: str, payload: bytes) -> Identity:
    """Say which table a file fills and when the newest year begins that its lines end with."""
    years = {int(year) for year in _YEAR_AT_THE_END.findall(payload)}
    return Identity(REGISTERED, datetime(max(years), 1, 1, tzinfo=UTC) if years else None)


def parse_registered(payload: bytes, file_name: str) -> ParsedFile:
    """Read one file into rows of ``raw.fia__registered``.

    A dash is a printed zero; an empty cell is nothing printed, null. Every line that holds something is
    a row or a reject. ``notes`` count printed totals that differ from their parts by more than 0.5 %
    (``totals_that_differ``), labels that a year lists twice (``labels_twice``), and a heading that
    calls the labels something else than the file's name does (``heading_disagrees``).

    Args:
        payload: the file's bytes, UTF-8 with or without a mark.
        file_name: the ledger's name.

    Raises:
        FileRefused: no CSV, no lines, or neither name nor headings say what the labels are.
        SchemaDrift: a heading is unknown, missing or twice, or more than 5 % of the lines are rejects.
    """
    text, replaced = _text(payload, file_name)
    records = _records(text, file_name)
    language, columns = _columns(next(records, (1, []))[1], file_name)
    breakdown, disagrees = _breakdown(file_name, columns)
    lines: list[tuple[int, Line]] = []
    rejects: list[Reject] = []
    for number, fields in records:
        line = read_line(fields, columns)
        if isinstance(line, str):
            rejects.append(Reject(number, line))
        else:
            lines.append((number, line))
    _check(file_name, lines, rejects)
    rows = [
        (
            *(file_name, number, language, breakdown),
            *(is_total(line.label), line.label, line.year, *line.figures),
        )
        for number, line in lines
    ]
    return ParsedFile(
        rows_read=len(lines) + len(rejects),
        rows_kept=len(rows),
        tables=(Rows("raw.fia__registered", COLUMNS, rows),),
        rejects=tuple(rejects),
        bytes_replaced=replaced,
        notes={
            "heading_disagrees": int(disagrees),
            "labels_twice": _twice(lines),
            "totals_that_differ": totals_that_differ([line for _, line in lines]),
        },
    )


def totals_that_differ(lines: list[Line]) -> int:
    """Return how many printed totals differ from the sum of their year's parts by more than 0.5 %."""
    count = 0
    for total in (line for line in lines if is_total(line.label)):
        parts = [line for line in lines if line.year == total.year and not is_total(line.label)]
        for place, printed in enumerate(total.figures):
            if printed is None:
                continue
            found = sum((Decimal(line.figures[place] or 0) for line in parts), Decimal(0))
            larger = max(abs(Decimal(printed)), abs(found))
            count += abs(found - printed) > TOTAL_TOLERANCE * larger
    return count


def _text(payload: bytes, file_name: str) -> tuple[str, int]:
    if b"\0" in payload:
        raise FileRefused(f"{own_name(file_name)}: holds NUL bytes, expected CSV in UTF-8")
    text = payload.decode("utf-8-sig", "replace")
    return text, text.count("\ufffd")


def _records(text: str, file_name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that hold something, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                yield number, fields
            number = reader.line_num + 1
    except csv.Error as error:
        raise FileRefused(f"{own_name(file_name)}, line {number}: no CSV: {error}") from None


def _columns(headings: list[str], file_name: str) -> tuple[str, Mapping[str, int]]:
    """Return the headings' language, and what stands in which column."""
    found = [_folded(heading) for heading in headings]
    language = max(HEADINGS, key=lambda name: sum(heading in HEADINGS[name] for heading in found))
    known = HEADINGS[language]
    strange = [heading[:40] for heading in found if heading not in known]
    columns = {known[heading]: place for place, heading in enumerate(found) if heading in known}
    missing = {"year", *FIGURES} - set(columns)
    if strange or missing or len(columns) != len(found):
        raise SchemaDrift(
            f"{own_name(file_name)}, line 1: {len(found)} headings, unknown {strange}, missing"
            f" {sorted(missing)}; expected those of the yearly tables, each once"
        )
    return language, columns


def _breakdown(file_name: str, columns: Mapping[str, int]) -> tuple[str, bool]:
    """Return what the labels are, by the file's name where it says so, and if the heading disagrees."""
    by_heading = [name for name in (PARTNER, SECTOR, PROVINCE) if name in columns]
    by_name = {meant for word, meant in NAMES.items() if word in own_name(file_name).lower()}
    if len(by_heading) != 1 or len(by_name) > 1:
        raise FileRefused(
            f"{own_name(file_name)}: headings {by_heading} and name {sorted(by_name)}, expected one of"
            " partner, sector, province"
        )
    name = next(iter(by_name), by_heading[0])
    return name, name != by_heading[0]


def _check(file_name: str, lines: list[tuple[int, Line]], rejects: list[Reject]) -> None:
    if not lines and not rejects:
        raise FileRefused(f"{own_name(file_name)}: headings and no lines")
    if len(rejects) > MAX_REJECTED_SHARE * (len(lines) + len(rejects)):
        raise SchemaDrift(
            f"{own_name(file_name)}: {len(rejects)} of {len(lines) + len(rejects)} lines cannot be read,"
            f" expected at most {MAX_REJECTED_SHARE:.0%}; first: line {rejects[0].line_number}:"
            f" {rejects[0].reason}"
        )


def _twice(lines: list[tuple[int, Line]]) -> int:
    return len(lines) - len({(line.year, line.label) for _, line in lines})


def _folded(heading: str) -> str:
    return " ".join(unicodedata.normalize("NFC", heading).lower().split())
