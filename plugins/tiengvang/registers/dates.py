"""Days and instants as people write them: ISO, or an answer that says what looks wrong."""

from __future__ import annotations

import re
from datetime import date, datetime

from tiengvang.registers.declaration import Said

FIRST_YEAR, LAST_YEAR = 1901, 2100
DAY = Said(
    "a day as year-month-day, such as 2026-07-01", "ngày dạng năm-tháng-ngày, ví dụ 2026-07-01"
)
INSTANT = Said(
    "an instant with its offset, such as 2026-07-01T08:30+07:00 (as text)",
    "thời điểm kèm múi giờ, ví dụ 2026-07-01T08:30+07:00 (dạng chữ)",
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.A)
_YEAR_LAST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.A)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})", re.A)


def read_day(text: str) -> date | Said:
    """Read an ISO day; otherwise return what was expected."""
    found = _ISO.fullmatch(text)
    if found is None:
        return _with(DAY, _year_last(text))
    year, month, day = map(int, found.groups())
    made = _day(year, month, day)
    if made is not None:
        return made
    swapped = _day(year, day, month) if month > 12 else None
    if swapped is not None:
        return _with(DAY, _swapped(swapped))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        years = f"{FIRST_YEAR}-{LAST_YEAR}"
        return _with(DAY, Said(f"in the years {years}", f"trong các năm {years}"))
    return _with(DAY, Said("that the calendar has", "có trong lịch"))


def read_instant(text: str) -> datetime | Said:
    """Read an ISO instant with an offset; otherwise return what was expected."""
    found = _INSTANT.fullmatch(text)
    if found is None:
        return INSTANT
    day = read_day(found.group(1))
    if isinstance(day, Said):
        return _with(INSTANT, Said(*(part.partition("; ")[2] for part in day)))
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return INSTANT


def _year_last(text: str) -> Said | None:
    """Say what a day with the year at its end means, where only one reading is a day."""
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        return None
    first, second, year = map(int, found.groups())
    as_here, as_there = _day(year, second, first), _day(year, first, second)
    if as_here is not None and as_there is not None and first != second:
        return Said(
            f"{as_here} or {as_there}, which the cell does not tell",
            f"{as_here} hay {as_there}, ô này không cho biết",
        )
    if as_here is not None:
        return Said(f"this one is {as_here}", f"ngày này là {as_here}")
    return None if as_there is None else _swapped(as_there)


def _swapped(day: date) -> Said:
    return Said(f"day and month look swapped: {day}", f"ngày và tháng có vẻ bị đảo: {day}")


def _with(expected: Said, more: Said | None) -> Said:
    if more is None or not more.en:
        return expected
    return Said(f"{expected.en}; {more.en}", f"{expected.vi}; {more.vi}")


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
