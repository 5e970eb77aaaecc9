"""The cells of a delivered file, as both of its formats give them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tiengvang.registers.answers import Answer
from tiengvang.registers.cells import Raw
from tiengvang.registers.declaration import Said

LIMIT_BYTES = 16 * 1024**2
MAX_ROWS = 50_000  # of data; a register has hundreds
MAX_COLUMNS = 60
HEAD_ROWS = 5

TOO_MANY_ROWS = Said(f"at most {MAX_ROWS} rows of data", f"không quá {MAX_ROWS} dòng dữ liệu")
TOO_MANY_COLUMNS = Said("the columns of the template", "các cột của biểu mẫu")


@dataclass(slots=True)
class Table:
    """The rows that hold something, by their numbers from 1, and what is wrong with the sheet.

    ``sheet`` is None in a CSV file.
    """

    sheet: str | None = None
    rows: dict[int, list[Raw]] = field(default_factory=dict)
    problems: list[Answer] = field(default_factory=list)
