"""What reading a table gives: figures, the cells that could not be read, and the sums that were tried."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tiengvang.sources.nso.grid import Value, address


class TableUnreadableError(Exception):
    """A table cannot be read at all: the cell that says so, and why."""

    def __init__(self, cell: str, reason: str) -> None:
        super().__init__(f"{cell}: {reason}")
        self.cell = cell
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be read."""

    sheet: str
    cell: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold between printed figures, tried on one cell.

    ``expected`` and ``found`` are in the unit of ``measure`` as printed; a period is 202009.
    """

    sheet: str
    cell: str
    name: str
    measure: str
    period_month: date
    period_kind: str
    expected: float | None
    found: float | None
    tolerance: float = 0.0

    @property
    def is_ok(self) -> bool:
        """Tell whether both figures are there and no further apart than the tolerance."""
        if self.expected is None or self.found is None:
            return False
        return abs(self.found - self.expected) <= self.tolerance


@dataclass(slots=True)
class Table:
    """One table as read: ``cells_read`` = figures + problems."""

    sheet: str
    columns: tuple[str, ...]
    figures: list[tuple[Any, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def reject(self, row: int, column: int, reason: str) -> None:
        """Keep where a cell could not be read, and why; never what it holds."""
        self.problems.append(Problem(self.sheet, address(row, column), reason))

    def reject_all(self, row: int, cells: dict[int, Value], reason: str) -> None:
        """Reject the cells of a row for one reason."""
        for column in cells:
            self.reject(row, column, reason)

    def check_month(
        self, row: int, column: int, name: str, measure: str, expected: date, found: date
    ) -> None:
        """Try a month that is printed twice."""
        months = (month.year * 100 + month.month for month in (expected, found))
        self.checks.append(
            Check(self.sheet, address(row, column), name, measure, expected, "month", *months)
        )
