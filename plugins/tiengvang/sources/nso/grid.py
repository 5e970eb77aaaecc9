"""The cells of one sheet, as both readers of workbooks give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from openpyxl.utils import get_column_letter

from tiengvang.errors import FileRefused
from tiengvang.sources.nso.vietnamese import is_printed

# The longest genuine sheet of the two tables has 53 rows, and none more than 8 columns.
MAX_ROWS = 1_000
MAX_COLUMNS = 100
# Rows that a sheet may leave empty; a sheet of Excel ends at 1,048,576.
MAX_ROW_NUMBER = 1_048_576
TOP_ROWS = 6


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell whose content is neither text nor a number: what it is instead."""

    what: str


Value = str | float | Unusable


@dataclass(frozen=True, slots=True)
class Grid:
    """The non-empty cells of a sheet: by row (from 1), then by column (from 1), both in order."""

    sheet: str
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)

    def texts(self) -> Iterator[str]:
        """Yield every text."""
        for cells in self.rows.values():
            for value in cells.values():
                if isinstance(value, str):
                    yield value


class OpenWorkbook(Protocol):
    """A workbook whose sheets can be read one by one."""

    file_name: str
    sheets: tuple[str, ...]

    def top(self, sheet: str) -> Grid:
        """Read the first rows of a sheet."""

    def grid(self, sheet: str) -> Grid:
        """Read a sheet whole.

        Raises:
            FileRefused: it has more cells than such a table can have, or its bytes are corrupt.
        """


def checked_names(names: Iterable[str], file_name: str) -> tuple[str, ...]:
    """Return names of sheets, which places name.

    Raises:
        FileRefused: one cannot be printed.
    """
    checked = tuple(names)
    if not all(map(is_printed, "".join(checked))):
        raise FileRefused(f"{file_name}: a sheet whose name holds control characters")
    return checked


def address(row: int, column: int) -> str:
    """Return a cell's address, such as ``C7``."""
    return f"{get_column_letter(column)}{row}"


@contextmanager
def guarded(file_name: str) -> Iterator[None]:
    """Let a library work on bytes that nobody vouches for: it fails in its own many ways.

    Raises:
        FileRefused: it failed, in whatever way.
    """
    try:
        yield
    except FileRefused:
        raise
    except Exception as error:
        raise FileRefused(f"{file_name}: no readable workbook ({type(error).__name__})") from error


def collect(
    sheet: str, rows: Iterator[tuple[int, Iterator[tuple[int, Value]]]], file_name: str
) -> Grid:
    """Gather rows of cells; empty ones are left out.

    Raises:
        FileRefused: there are more rows or columns than such a table can have, or a row comes twice.
    """
    grid = Grid(sheet)
    for row, values in rows:
        cells = dict(values)
        if not cells:
            continue
        if row > MAX_ROW_NUMBER or len(grid.rows) >= MAX_ROWS:
            raise FileRefused(
                f"{file_name}, {sheet}!A{row}: more than {MAX_ROWS} rows, expected a table"
            )
        if row in grid.rows:
            raise FileRefused(f"{file_name}, {sheet}!A{row}: a row that came before")
        if max(cells) > MAX_COLUMNS:
            raise FileRefused(
                f"{file_name}, {sheet}!{address(row, max(cells))}: a cell beyond column"
                f" {MAX_COLUMNS}, expected a table"
            )
        grid.rows[row] = cells
    return grid
