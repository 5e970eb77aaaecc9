"""Headings of several rows: what each column of a table holds, and in what unit.

A heading's rows are joined from top to bottom. A comparison that spans columns ("So với cùng kỳ năm
trước" over two periods) holds for the columns right of it as well; whether its cells are merged is not
asked, for merges move.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tiengvang.sources.nso.grid import Grid, Value, address
from tiengvang.sources.nso.periods import MONTH, Period, previous_month, read_period
from tiengvang.sources.nso.table import TableUnreadableError
from tiengvang.sources.nso.vietnamese import is_tcvn3, key, pattern, readable

ARRIVALS = "arrivals"
INDEX_PREVIOUS_YEAR = "index_previous_year"
INDEX_PREVIOUS_MONTH = "index_previous_month"
ESTIMATE = "estimate"
REVISED = "revised"

_STATUS = {
    key("ước tính"): "estimated",
    "estimate": "estimated",
    "estimated": "estimated",
    key("thực hiện"): "performed",
    "performance": "performed",
    key("sơ bộ"): "preliminary",
    key("chính thức"): "final",
    key("cộng dồn"): "cumulated",
}
_STATUS_WORDS = pattern("|".join(sorted(_STATUS, key=len, reverse=True)))
_COMPARED = pattern(r"(?:^|(?<=\s))(?:so với|so(?=\scùng)|versus|compared (?:to|with))\s")
_WITH_YEAR = pattern(
    r"(?:cùng kỳ năm (?:trước|\d{4})|cùng kỳ|năm (?:trước|\d{4})"
    r"|(?:the )?same period (?:in|of) (?:\d{4}|(?:the )?(?:last|previous) year)"
    r"|(?:the )?same period last year)"
)
_WITH_MONTH = pattern(r"tháng (?:trước|\d{1,2} năm \d{4})|(?:the )?previous month")
_NOISE = pattern(r"\(%\)|[:;]|%")
_SPACE = pattern(r"\s+")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column under a heading holds. ``printed`` is the heading's own word for the status.

    ``misprint`` is the month that the heading names where it cannot be meant.
    """

    number: int
    measure: str
    period: Period
    status: str
    printed: str | None
    row: int
    misprint: date | None = None


def heading_texts(
    grid: Grid, title: int, totals: int, labels: int, units: re.Pattern[str]
) -> tuple[dict[int, str], dict[int, int], list[str]]:
    """Join the rows of headings, between title and totals, right of the column of labels.

    Returns:
        The headings (as ``key`` gives them), the row in which each begins, and the cells that name
        a unit and nothing else.
    """
    tcvn3 = is_tcvn3(grid.texts())
    rows: list[tuple[int, dict[int, str]]] = []
    named: list[str] = []
    for row, cells in grid.rows.items():
        if title < row < totals:
            texts = {c: key(_text(value, tcvn3=tcvn3)) for c, value in cells.items()}
            named += [text for text in texts.values() if units.fullmatch(text)]
            headings = {c: t for c, t in texts.items() if c > labels and t}
            rows.append((row, {c: t for c, t in headings.items() if not units.fullmatch(t)}))
    columns = sorted({column for _, texts in rows for column in texts})
    joined: dict[int, list[str]] = {column: [] for column in columns}
    begins: dict[int, int] = {}
    for row, texts in rows:
        for column, text in _spread(texts, columns):
            joined[column].append(text)
            begins.setdefault(column, row)
    return {c: _tidy(" ".join(parts)) for c, parts in joined.items()}, begins, named


def _text(value: Value, *, tcvn3: bool) -> str:
    """Return a heading's text; a year that is typed as a number is one as well."""
    if isinstance(value, str):
        return readable(value, tcvn3=tcvn3)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else ""


def _spread(texts: dict[int, str], columns: list[int]) -> Iterator[tuple[int, str]]:
    comparison = None
    for column in columns:
        if column in texts:
            text = texts[column]
            comparison = text if _COMPARED.match(f"{text} ") else None
            yield column, text
        elif comparison:
            yield column, comparison


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", _NOISE.sub(" ", text)).strip()


def visitor_columns(
    headings: dict[int, str], begins: dict[int, int]
) -> tuple[date, dict[int, Column], dict[int, str]]:
    """Tell the columns of the table of visitors by their headings.

    The release is that of the month whose figures are estimated. Every other column must be of that
    month, of the year through it, or of the month before.

    Returns:
        The release's month, the columns by number, and for each other column why it is none.

    Raises:
        TableUnreadableError: no column, or more than one, holds the estimate of a month.
    """
    unread: dict[int, str] = {}
    columns: list[Column] = []
    for number, text in headings.items():
        column = _read_heading(number, text, begins[number])
        if column is None:
            unread[number] = "no heading that is known"
        else:
            columns.append(column)
    estimates = [
        c
        for c in columns
        if (c.measure, c.period.kind, c.printed) == (ARRIVALS, MONTH, "estimated")
    ]
    if len(estimates) != 1:
        where = address(estimates[1].row, estimates[1].number) if estimates else _corner(begins)
        reason = f"{len(estimates)} columns hold the estimate of a month, expected one"
        raise TableUnreadableError(where, reason)
    release = estimates[0].period.month
    placed = [_placed(column, release) for column in columns]
    for column, fitting in zip(columns, placed, strict=True):
        if fitting is None:
            unread[column.number] = "a heading of another period than the release"
    found = [column for column in placed if column is not None]
    return release, _without_twins(found, unread), unread


def _read_heading(number: int, text: str, row: int) -> Column | None:
    compared = _COMPARED.search(f"{text} ")
    if compared:
        left, right = text[: compared.start()].strip(), text[compared.end() :].strip()
        for measure, form in (
            (INDEX_PREVIOUS_YEAR, _WITH_YEAR),
            (INDEX_PREVIOUS_MONTH, _WITH_MONTH),
        ):
            base = form.match(right)
            if base:
                period = read_period(left or right[base.end() :].strip())
                return Column(number, measure, period, "", None, row) if period else None
        return None
    words = _STATUS_WORDS.findall(text)
    period = read_period(_tidy(_STATUS_WORDS.sub(" ", text)))
    if len(words) != 1 or period is None:
        return None
    return Column(number, ARRIVALS, period, "", _STATUS[words[0]], row)


def _placed(column: Column, release: date) -> Column | None:
    """Fit a column to the release: two misprints of 2020-09 are read as what they must mean."""
    kind, month = column.period.kind, column.period.month
    misprint = None
    if column.measure == ARRIVALS and kind == MONTH and column.printed != "estimated":
        if month == release:
            misprint, month = month, previous_month(release)
        fits = month == previous_month(release)
    else:
        if column.measure != ARRIVALS and month.month == release.month and month != release:
            misprint, month = month, release
        fits = month == release
    if not fits:
        return None
    status = ESTIMATE if month == release else REVISED
    period = Period(kind, month)
    return Column(
        column.number, column.measure, period, status, column.printed, column.row, misprint
    )


def _without_twins(columns: list[Column], unread: dict[int, str]) -> dict[int, Column]:
    counts = Counter((column.measure, column.period) for column in columns)
    twins = [column for column in columns if counts[column.measure, column.period] > 1]
    for column in twins:
        unread[column.number] = "a heading that another column has as well"
    return {column.number: column for column in columns if column not in twins}


def _corner(begins: dict[int, int]) -> str:
    column = min(begins, default=1)
    return address(begins.get(column, 1), column)
