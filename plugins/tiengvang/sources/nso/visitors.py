"""The table of international visitors: by means of transport, purpose of visit, and market."""

from __future__ import annotations

from datetime import date

from tiengvang.sources.nso.body import TOTAL, Entry, Layout, find_totals, read_body
from tiengvang.sources.nso.grid import Grid, Value, address
from tiengvang.sources.nso.headers import ARRIVALS, Column, heading_texts, visitor_columns
from tiengvang.sources.nso.numbers import problem_with
from tiengvang.sources.nso.periods import MONTH
from tiengvang.sources.nso.table import Check, Table, TableUnreadableError
from tiengvang.sources.nso.titles import Title, title_month
from tiengvang.sources.nso.units import FACTOR, UNIT_CELL, printed_unit, unit_by_size
from tiengvang.sources.nso.vietnamese import key, pattern
from tiengvang.sources.nso.visitor_checks import (
    CONTINENT,
    MARKET,
    MODE,
    OTHER,
    PURPOSE,
    Figure,
    check_sums,
)

COLUMNS = (
    "file_name", "sheet", "cell", "release_month", "period_month", "period_kind", "status",
    "status_printed", "measure", "breakdown", "group_label", "label", "value_printed",
    "unit_printed", "unit_evidence", "arrivals_count",
)  # fmt: skip

_SECTIONS = (
    (MODE, pattern(r"phân theo phương tiện|by (?:means|mode) of transport")),
    (PURPOSE, pattern(r"phân theo mục đích|by purpose")),
    (MARKET, pattern(r"phân theo .*nước|by (?:citizenship|nationalit|countr)")),
)
_CONTINENTS = frozenset(
    key(name)
    for names in (
        ("Châu Á", "Châu Mỹ", "Châu Âu", "Châu Úc", "Châu Đại Dương", "Châu Phi"),
        ("Asia", "America", "Americas", "Europe", "Oceania", "Africa"),
    )
    for name in names
)
_OTHER = pattern(r"(?:một số|các) (?:nước|thị trường) khác|nước, vùng lãnh thổ khác|other ")


def read_visitors(grid: Grid, title: Title, *, file_name: str) -> Table:
    """Read the table of visitors.

    Returns:
        rows of ``raw.nso__visitors``: one per printed figure, indices as they are printed.

    Raises:
        TableUnreadableError: its headings, totals or unit cannot be made out.
    """
    table = Table(grid.sheet, COLUMNS)
    totals, labels = find_totals(grid, title.row)
    headings, begins, unit_cells = heading_texts(grid, title.row, totals, labels, UNIT_CELL)
    release, columns, unread = visitor_columns(headings, begins)
    layout = Layout(frozenset(columns), unread, _SECTIONS, _problem, _is_continent)
    figures = [_figure(e, columns[e.column]) for e in read_body(grid, totals, layout, table)]
    printed = printed_unit(unit_cells)
    unit, evidence = _unit(figures, printed, release, table)
    _check_headings(columns, title, release, table)
    _check_row_of_totals(figures, totals, table)
    check_sums(figures, unit, release, table)
    for figure in figures:
        column = figure.column
        counted: tuple[str | None, str | None, float | None] = (None, None, None)
        if column.measure == ARRIVALS:
            counted = (printed, evidence, round(figure.value * FACTOR[unit], 6))
        table.figures.append((
            file_name, grid.sheet, address(figure.row, column.number), release,
            column.period.month, column.period.kind, column.status, column.printed,
            column.measure, figure.breakdown, figure.group, figure.label, figure.value, *counted,
        ))  # fmt: skip
    return table


def _problem(column: int, value: Value) -> str | None:
    return problem_with(value)


def _is_continent(label: str) -> bool:
    return key(label) in _CONTINENTS


def _figure(entry: Entry, column: Column) -> Figure:
    breakdown = entry.section
    if breakdown == MARKET and _is_continent(entry.label):
        breakdown = CONTINENT
    elif breakdown == MARKET and _OTHER.match(key(entry.label)):
        breakdown = OTHER
    return Figure(entry.row, column, breakdown, entry.group, entry.label, entry.value)


def _unit(
    figures: list[Figure], printed: str | None, release: date, table: Table
) -> tuple[str, str]:
    """Return the unit and how it is known: what is printed, confirmed or overruled by the size."""
    month = [
        f for f in figures
        if f.column.measure == ARRIVALS and f.column.period.kind == MONTH
        and f.column.period.month == release
    ]  # fmt: skip
    for breakdown in (TOTAL, MODE, PURPOSE):
        parts = [figure for figure in month if figure.breakdown == breakdown]
        if not parts:
            continue
        by_size = unit_by_size(sum(figure.value for figure in parts))
        cell = address(parts[0].row, parts[0].column.number)
        unit = by_size or printed
        if unit is None:
            raise TableUnreadableError(
                cell, "no unit that is printed, or that this total may be in"
            )
        table.checks.append(
            Check(table.sheet, cell, "unit", ARRIVALS, release, MONTH,
                  FACTOR[printed] if printed else None, FACTOR[by_size] if by_size else None)
        )  # fmt: skip
        if by_size == printed:
            return unit, "printed_and_size"
        return unit, "size" if by_size else "printed"
    raise TableUnreadableError("A1", "no total of the month that would tell the unit")


def _check_headings(columns: dict[int, Column], title: Title, release: date, table: Table) -> None:
    named = title_month(title)
    if named:
        table.check_month(title.row, title.column, "title_month", ARRIVALS, release, named)
    for number, column in columns.items():
        if column.misprint:
            table.check_month(column.row, number, "heading_month", column.measure,
                              column.period.month, column.misprint)  # fmt: skip


def _check_row_of_totals(figures: list[Figure], totals: int, table: Table) -> None:
    for figure in figures:
        if figure.breakdown == TOTAL and figure.row != totals:
            period = figure.column.period
            table.checks.append(
                Check(table.sheet, address(figure.row, figure.column.number), "row_of_totals",
                      figure.column.measure, period.month, period.kind, totals, figure.row)
            )  # fmt: skip
