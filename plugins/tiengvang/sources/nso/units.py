"""In what unit a table of visitors counts: what its heading prints, and what its size says."""

from __future__ import annotations

from tiengvang.sources.nso.vietnamese import pattern

THOUSAND = "thousand"
PERSONS = "persons"
FACTOR = {THOUSAND: 1_000, PERSONS: 1}

UNIT_CELL = pattern(
    r"(?:(?:đơn vị(?: tính)?|unit)\s*:?\s*)?"
    r"(?:(?P<thousand>nghìn lượt(?: người)?|(?:thousand|thous\.?)(?: arrivals| visitors| persons)?)"
    r"|(?P<persons>lượt(?: người)?|arrivals|visitors|persons))(?:\s*[;,]\s*%)?"
)
# Of 51 workbooks the smallest month has 7,203 persons (June 2021), the largest 1.99 million (January
# 2020). In thousands a month lies between the same bounds divided by 1,000, so both cannot fit.
_LEAST, _MOST = 5_000, 5_000_000


def printed_unit(cells: list[str]) -> str | None:
    """Return the unit that a heading prints; None where it prints none, or both."""
    units = {
        THOUSAND if found["thousand"] else PERSONS
        for found in map(UNIT_CELL.fullmatch, cells)
        if found
    }
    return units.pop() if len(units) == 1 else None


def unit_by_size(month_total: float) -> str | None:
    """Return the unit in which a month's visitors can be so many; None where neither can."""
    if _LEAST < month_total <= _MOST:
        return PERSONS
    return THOUSAND if _LEAST <= month_total * 1_000 <= _MOST else None
