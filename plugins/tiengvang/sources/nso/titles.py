"""Which sheets hold which table, and what their titles say of the period.

Names and numbers of sheets change every month; the titles in the first rows do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tiengvang.sources.nso.grid import Grid
from tiengvang.sources.nso.periods import month_number
from tiengvang.sources.nso.vietnamese import is_tcvn3, key, pattern, readable

VISITORS = "visitors"
FDI = "fdi"

_NUMBER = r"(?:\d+\s*\.\s*)?"
_TITLES = {
    VISITORS: pattern(
        _NUMBER + r"(?:khách quốc tế đến|international (?:visitors|arrivals) to) viet ?nam"
    ),
    FDI: pattern(
        _NUMBER
        + r"(?:đầu tư (?!.*ra nước ngoài).*nước ngoài.*cấp phép|licensed (?:fdi|foreign direct))"
    ),
}
_QUARTERS = pattern(r"các quý|in quarters")
_CUT_OFF = pattern(
    r"\b0?1/0?1\s*(?:/\d{4}\s*)?(?:-|–|đến(?: ngày)?)\s*"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
)
_ENGLISH_CUT_OFF = pattern(r"january 0?1 to (?P<name>[a-z]+)\.? (?P<day>\d{1,2}), (?P<year>\d{4})")
_MONTH = pattern(r"tháng (?P<month>\d{1,2})\b.*năm (?P<year>\d{4})")
_ENGLISH_MONTH = pattern(r"\bin (?P<name>[a-z]+)\b.* (?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a table: which table, where it stands, what it says."""

    table: str
    text: str
    row: int
    column: int

    def is_quarterly(self) -> bool:
        """Tell whether the table is by quarter: months are what is wanted."""
        return bool(_QUARTERS.search(key(self.text)))


def find_title(grid: Grid) -> Title | None:
    """Return the title of one of the two tables, if the sheet has one."""
    tcvn3 = is_tcvn3(grid.texts())
    for row, cells in grid.rows.items():
        for column, value in cells.items():
            if not isinstance(value, str):
                continue
            text = readable(value, tcvn3=tcvn3)
            for table, form in _TITLES.items():
                if form.match(key(text).replace("việt", "viet")):
                    return Title(table, text, row, column)
    return None


def title_month(title: Title) -> date | None:
    """Return the month that a title of visitors names; many name none."""
    text = key(title.text)
    found = _MONTH.search(text)
    if found:
        return _day(found["year"], int(found["month"]), 1)
    found = _ENGLISH_MONTH.search(text)
    return _day(found["year"], month_number(found["name"]), 1) if found else None


def cut_off(title: Title) -> date | None:
    """Return the last day that a title of licensed investment names, counted from 1 January."""
    text = key(title.text)
    found = _CUT_OFF.search(text)
    if found:
        return _day(found["year"], int(found["month"]), int(found["day"]))
    found = _ENGLISH_CUT_OFF.search(text)
    return _day(found["year"], month_number(found["name"]), int(found["day"])) if found else None


def _day(year: str, month: int | None, day: int) -> date | None:
    try:
        return date(int(year), month or 0, day)
    except ValueError:
        return None
