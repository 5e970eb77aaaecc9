"""Question 9, month by month: visitors and registered capital of the largest markets, beside stories.

A market's figures by month, what may be compared with what, and how two lines are indexed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import pandas as pd

from tiengvang.edition.columns_outcomes import MAIN_MONTHS
from tiengvang.edition.facts import months_before
from tiengvang.edition.sourced import of_rows

TOTAL = "total"
BreakKind = Literal["cut_off", "adjusted"]
Row = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure: persons, or dollars registered from January to the cut-off.

    ``first`` is what an earlier vintage said where that differs. ``of_month`` is the figure that is
    drawn: the visitors again, or the capital of the month, null where it cannot be told.
    """

    value: float | None
    of_month: float | None
    first: float | None
    row: Row


@dataclass(frozen=True, slots=True)
class Market:
    """One market or partner, or the total: its figures, and stories of its press, by month.

    A month without whole coverage is not in ``stories``; ``why_no_stories`` says why.
    """

    code: str
    figures: Mapping[date, Figure]
    stories: Mapping[date, int] = field(default_factory=dict)
    why_no_stories: Mapping[date, str] = field(default_factory=dict)

    @property
    def newest(self) -> date | None:
        """The newest month with a figure."""
        known = [month for month, figure in self.figures.items() if figure.value is not None]
        return max(known, default=None)

    def value(self, month: date) -> float | None:
        """Return the figure of a month; null where there is none."""
        figure = self.figures.get(month)
        return figure.value if figure else None


@dataclass(frozen=True, slots=True)
class Break:
    """From this month on the figures are defined otherwise."""

    month: date
    kind: BreakKind


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A month whose printed total is not the sum of its parts (continents, or modes of travel)."""

    month: date
    parts: Literal["continents", "modes"]
    total: float
    of_parts: float


@dataclass(frozen=True, slots=True)
class Markets:
    """What question 9 is answered with; the total comes first, then the largest.

    ``months`` are those of the charts, without a hole; ``closed`` those of them in which the
    border was closed, first and last.
    """

    months: tuple[date, ...]
    closed: tuple[date, date] | None
    arrivals: tuple[Market, ...]
    registered: tuple[Market, ...]
    breaks: tuple[Break, ...]
    mismatches: tuple[Mismatch, ...]

    @property
    def n_main(self) -> int:
        """Markets of visitors beside the total."""
        n: int = of_rows(
            sum(market.code != TOTAL for market in self.arrivals),
            "arrivals",
            "select count(distinct market_code) from arrivals"
            " where transport_mode = 'all' and market_kind = 'country'",
        )
        return n


def year_on_year(market: Market, month: date) -> float | None:
    """Return a figure's change on the same month a year before, as a share.

    Null where either is missing or the earlier is not above zero, and where the two years to date
    end on different days.
    """
    now, before = market.figures.get(month), market.figures.get(months_before(month, 12))
    if now is None or before is None or now.value is None or not before.value:
        return None
    if before.value < 0 or _cut_off(now.row) != _cut_off(before.row):
        return None
    return now.value / before.value - 1


def largest_change(found: Iterable[Market], month: date) -> tuple[Market, float] | None:
    """Return the market that changed most against the year before, in either direction."""
    changes = [
        (market, change)
        for market in found
        if market.code != TOTAL and (change := year_on_year(market, month)) is not None
    ]
    return max(changes, key=lambda pair: abs(pair[1]), default=None)


def index_base(market: Market) -> list[date]:
    """Return the newest twelve months in which visitors and stories are both known.

    Where there is none, those of the visitors: the mean over them is 100.
    """
    known = sorted(month for month in market.figures if market.value(month) is not None)
    both = [month for month in known if month in market.stories]
    return (both or known)[-MAIN_MONTHS:]


def indexed(values: Mapping[date, float], base: Iterable[date]) -> dict[date, float]:
    """Return values as percent of their mean over the base months; empty where that is zero."""
    of_base = [values[month] for month in base if month in values]
    mean = sum(of_base) / len(of_base) if of_base else 0.0
    return {month: 100 * value / mean for month, value in values.items()} if mean > 0 else {}


def _cut_off(row: Row) -> tuple[int, int] | str | None:
    """Return the day of the year on which a year to date ends; a month's end is one, leap or not."""
    day = row.get("cut_off_date")
    if day is None or pd.isna(day):
        return None
    return f"end of {day.month}" if is_month_end(day) else (day.month, day.day)


def is_month_end(day: date) -> bool:
    """Tell whether a day is the last of its month."""
    return (day + timedelta(days=1)).day == 1


def total_of(found: Iterable[Market]) -> Market | None:
    """Return the total; null where no row of it is there."""
    return next((market for market in found if market.code == TOTAL), None)


def newest_month(found: Iterable[Market]) -> date | None:
    """Return the newest month of which the total has a figure."""
    total = total_of(found)
    return total.newest if total else None


def newest_release(found: Iterable[Market]) -> date | None:
    """Return the month of the newest release that any figure comes from."""
    releases = [f.row["vintage_month"] for market in found for f in market.figures.values()]
    return max(releases, default=None)
