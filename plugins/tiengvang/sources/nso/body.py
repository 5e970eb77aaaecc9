"""The body of a table: totals, then headings, each with its labels and their figures.

Every cell of it ends as an entry or as a reject; printed dashes are counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tiengvang.sources.nso.grid import Grid, Value, address
from tiengvang.sources.nso.numbers import is_dash
from tiengvang.sources.nso.table import Table, TableUnreadableError
from tiengvang.sources.nso.vietnamese import is_tcvn3, key, pattern, readable

TOTAL = "total"

_TOTAL_LABELS = {key("tổng số"), key("tổng cộng"), "total"}
_HEADING = pattern(r"phân theo |by ")
# In genuine workbooks the row of totals stands five to eight rows below the title.
_MAX_HEADER_ROWS = 20
_LONGEST_LABEL = 200  # the longest that was seen has 42 characters


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table's headings say: which columns hold what, and what its sections are.

    ``problem`` says why a value cannot stand in a column, ``is_group`` whether a label is that of a
    group of the labels below it. ``unread`` are the columns that cannot be read, and why.
    """

    columns: frozenset[int]
    unread: dict[int, str]
    sections: tuple[tuple[str, re.Pattern[str]], ...]
    problem: Callable[[int, Value], str | None]
    is_group: Callable[[str], bool] = lambda label: False

    @property
    def first_column(self) -> int:
        """Return the first column under a heading: what stands left of it is a label."""
        return min([*self.columns, *self.unread])


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of a table's body with everything that its place says of it."""

    row: int
    column: int
    section: str
    group: str | None
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    label: str | None
    cells: dict[int, Value]
    stray: dict[int, Value]


def find_totals(grid: Grid, title_row: int) -> tuple[int, int]:
    """Return row and column of the label of the totals, where a table's body begins.

    Raises:
        TableUnreadableError: there is none below the title.
    """
    tcvn3 = is_tcvn3(grid.texts())
    for row, cells in grid.rows.items():
        if title_row < row <= title_row + _MAX_HEADER_ROWS:
            column, first = next(
                ((c, value) for c, value in cells.items() if isinstance(value, str)), (0, "")
            )
            if key(readable(first, tcvn3=tcvn3)) in _TOTAL_LABELS:
                return row, column
    raise TableUnreadableError(address(title_row, 1), "no row of totals below this title")


def read_body(grid: Grid, totals: int, layout: Layout, table: Table) -> list[Entry]:
    """Read a table's body from its row of totals on; what cannot be read becomes a reject."""
    entries: list[Entry] = []
    seen: set[tuple[str, str | None, str]] = set()
    section: str | None = TOTAL
    group: str | None = None
    lines = list(_lines(grid, totals, layout.first_column, table))
    for position, line in enumerate(lines):
        table.reject_all(line.row, line.stray, "beside a label, where no figure belongs")
        if line.label is None:
            table.reject_all(line.row, line.cells, "figures without a label")
            continue
        label, within = line.label, group
        if position and _HEADING.match(key(label)):
            table.notes["headings"] += 1
            section, group = _section(label, layout), None
            # In 2020-04 and 2020-05 the figures of the row of totals stand one row lower.
            if position > 1 or lines[0].cells or lines[0].label is None:
                table.reject_all(line.row, line.cells, "figures on a heading")
                continue
            place: str | None = TOTAL
            label, within = lines[0].label, None
        else:
            place = section
            table.notes["labels_without_figures"] += not line.cells
            if layout.is_group(label):
                group, within = label, None
        if len(label) > _LONGEST_LABEL:
            reason = f"figures of a label of more than {_LONGEST_LABEL} characters"
        elif place is None:
            reason = "figures under a heading that is not known"
        elif place == TOTAL and position > 1:
            reason = "figures before any heading"
        elif line.cells and (place, within, label.casefold()) in seen:
            reason = "figures of a label that came before"
        else:
            seen.update([(place, within, label.casefold())] if line.cells else [])
            entries += _entries(line, place, within, label, layout, table)
            continue
        table.reject_all(line.row, line.cells, reason)
    return entries


def _lines(grid: Grid, first_row: int, first_column: int, table: Table) -> Iterator[_Line]:
    tcvn3 = is_tcvn3(grid.texts())
    for row, cells in grid.rows.items():
        if row < first_row:
            continue
        stray = {column: value for column, value in cells.items() if column < first_column}
        labelled = next((c for c, value in stray.items() if isinstance(value, str)), None)
        label = stray.pop(labelled) if labelled else None
        printed = {column: value for column, value in cells.items() if column >= first_column}
        figures = {column: value for column, value in printed.items() if not is_dash(value)}
        table.notes["dashes"] += len(printed) - len(figures)
        text = readable(label, tcvn3=tcvn3) if isinstance(label, str) else None
        yield _Line(row, text, figures, stray)


def _section(label: str, layout: Layout) -> str | None:
    return next((name for name, form in layout.sections if form.match(key(label))), None)


def _entries(
    line: _Line, section: str, group: str | None, label: str, layout: Layout, table: Table
) -> Iterator[Entry]:
    for column, value in line.cells.items():
        problem = layout.unread.get(column) or layout.problem(column, value)
        if problem is None and column not in layout.columns:
            problem = "a figure without a heading"
        if problem is None and isinstance(value, float):
            yield Entry(line.row, column, section, group, label, value)
        else:
            table.reject(line.row, column, problem or "no number")
