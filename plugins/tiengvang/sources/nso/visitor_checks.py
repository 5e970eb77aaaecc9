"""Whether the table of visitors adds up: parts to totals, markets to continents, months to the year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from tiengvang.sources.nso.body import TOTAL
from tiengvang.sources.nso.grid import address
from tiengvang.sources.nso.headers import ARRIVALS, Column
from tiengvang.sources.nso.periods import MONTH, YEAR_TO_DATE
from tiengvang.sources.nso.table import Check, Table
from tiengvang.sources.nso.units import PERSONS, THOUSAND

MODE, PURPOSE, CONTINENT, MARKET, OTHER = "mode", "purpose", "continent", "market", "other"

# Thousands are shown with one decimal and persons with none: what cannot be seen is no difference. (The
# largest that 51 workbooks hold are 0.114 thousand, and none in persons.)
_SHOWN = {THOUSAND: 0.1, PERSONS: 1.0}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the table with everything that its place says of it."""

    row: int
    column: Column
    breakdown: str
    group: str | None
    label: str
    value: float


def check_sums(figures: list[Figure], unit: str, release: date, table: Table) -> None:
    """Try every sum that the table prints, column by column."""
    columns: dict[Column, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.column.measure == ARRIVALS:
            columns[figure.column].append(figure)
    counts = [figure for printed in columns.values() for figure in printed]
    kinds = {figure.breakdown for figure in counts}
    divided = {figure.group for figure in counts if figure.group}
    for printed in columns.values():
        _check_column(printed, kinds, divided, unit, table)
    _check_year(counts, unit, release, table)


def _check_column(
    figures: list[Figure], kinds: set[str], divided: set[str], unit: str, table: Table
) -> None:
    """Try a column: against the breakdowns, and the continents' markets, that any column has."""
    parts: dict[str, list[Figure]] = defaultdict(list)
    markets: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        parts[figure.breakdown].append(figure)
        if figure.breakdown in (MARKET, OTHER) and figure.group:
            markets[figure.group].append(figure)
    total = parts[TOTAL][0] if parts[TOTAL] else None
    for kind in [kind for kind in (MODE, PURPOSE, CONTINENT) if kind in kinds] or [MODE]:
        place = total or (parts[kind] or figures)[0]
        found = total.value if total else None
        _add(f"{kind}s_of_total", place, found, _sum(parts[kind]), unit, table)
    for continent in parts[CONTINENT]:
        if continent.label in divided:
            expected = _sum(markets[continent.label])
            _add("markets_of_continent", continent, continent.value, expected, unit, table)
    # Before 2018 only some markets are listed, without continents.
    if total and parts[MARKET] and not parts[CONTINENT]:
        most = max(total.value, sum(part.value for part in parts[MARKET]))
        _add("markets_within_total", total, total.value, most, unit, table)


def _check_year(figures: list[Figure], unit: str, release: date, table: Table) -> None:
    """Try that the year holds its last two months; in February it holds nothing else."""
    totals = [figure for figure in figures if figure.breakdown == TOTAL]
    year = next((f for f in totals if f.column.period.kind == YEAR_TO_DATE), None)
    months = [f.value for f in totals if f.column.period.kind == MONTH]
    if year is None or release.month == 1 or not months:
        return
    is_whole = release.month == 2 and len(months) == 2
    expected = sum(months) if is_whole else max(sum(months), year.value)
    _add("months_of_year", year, year.value, expected, unit, table)


def _sum(parts: list[Figure]) -> float | None:
    return sum(part.value for part in parts) if parts else None


def _add(
    name: str, place: Figure, found: float | None, expected: float | None, unit: str, table: Table
) -> None:
    period = place.column.period
    table.checks.append(
        Check(table.sheet, address(place.row, place.column.number), name, ARRIVALS,
              period.month, period.kind, expected, found, _SHOWN[unit] + 1e-9)
    )  # fmt: skip
