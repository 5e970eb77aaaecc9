"""Periods as headings print them, in Vietnamese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tiengvang.sources.nso.vietnamese import pattern

MONTH = "month"
YEAR_TO_DATE = "year_to_date"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_PATTERNS = (
    (YEAR_TO_DATE, pattern(rf"(?P<month>\d{{1,2}}) tháng(?: đầu)?(?: năm)? {_YEAR}")),
    (YEAR_TO_DATE, pattern(rf"(?:first )?(?P<month>\d{{1,2}}) months(?: of)? {_YEAR}")),
    (YEAR_TO_DATE, pattern(rf"(?P<first>quý (?:i|1)) (?:năm )?{_YEAR}")),
    (YEAR_TO_DATE, pattern(rf"(?P<first>(?:first quarter|quarter i)) (?:of )?{_YEAR}")),
    (YEAR_TO_DATE, pattern(rf"(?P<whole>(?:cả )?năm|(?:whole )?year(?: of)?) {_YEAR}")),
    (MONTH, pattern(rf"tháng (?P<month>\d{{1,2}}) (?:năm )?{_YEAR}")),
    (MONTH, pattern(rf"(?P<name>[a-z]{{3,9}})\.?,? {_YEAR}")),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A month, or the months of a year through one."""

    kind: str
    month: date


def month_number(name: str) -> int | None:
    """Return the number of an English month by its name or the beginning of it."""
    start = name.casefold()[:3]
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


def read_period(text: str) -> Period | None:
    """Return what a heading says of the period, without any other word; None where it is none.

    A first quarter is the year to date through March, a year that through December.
    """
    for kind, form in _PATTERNS:
        found = form.fullmatch(text)
        if not found:
            continue
        parts = found.groupdict()
        if parts.get("name"):
            month = month_number(parts["name"])
        elif parts.get("first"):
            month = 3
        elif parts.get("whole"):
            month = 12
        else:
            month = int(parts["month"])
        if month is None or not 1 <= month <= 12:
            return None
        return Period(kind, date(int(parts["year"]), month, 1))
    return None


def previous_month(month: date) -> date:
    """Return the first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
