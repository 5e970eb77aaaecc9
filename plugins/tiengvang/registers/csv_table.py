"""A delivered CSV file: UTF-8, parted by commas or semicolons."""

from __future__ import annotations

import csv
import io

from tiengvang.registers.answers import Answer, refusal
from tiengvang.registers.declaration import Said
from tiengvang.registers.table import (
    HEAD_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Table,
)

_UTF8 = Said("text in UTF-8: save it as `CSV UTF-8`", "văn bản UTF-8: hãy lưu dạng `CSV UTF-8`")


def read_csv(payload: bytes, *, file_name: str, last_row: int | None = None) -> Table:
    """Read the rows of a CSV file; a row is a record, as a spreadsheet counts it.

    Raises:
        FileRefused: it is no CSV in UTF-8, or has more rows than a register can have.
    """
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = Said(f"other bytes, at {error.start}", f"byte khác, ở vị trí {error.start}")
        raise refusal(file_name, found, _UTF8) from None
    if "\0" in text:
        raise refusal(file_name, Said("a null character", "ký tự null"), _UTF8)
    first = text.split("\n", 1)[0]
    separator = max(",;", key=first.count)
    table = Table()
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, cells in enumerate(records, start=1):
            if last_row is not None and number > last_row:
                break
            if number > MAX_ROWS + HEAD_ROWS:
                found = Said(f"row {number} and more", f"dòng {number} trở đi")
                raise refusal(file_name, found, TOO_MANY_ROWS)
            if len(cells) > MAX_COLUMNS and any(cell.strip() for cell in cells[MAX_COLUMNS:]):
                found = Said(f"{len(cells)} cells", f"{len(cells)} ô")
                table.problems.append(Answer(found, TOO_MANY_COLUMNS, number))
            if any(cell.strip() for cell in cells):
                table.rows[number] = list(cells[:MAX_COLUMNS])
    except csv.Error as error:
        found = Said(
            f"a quote or cell that does not end ({error})",
            f"dấu ngoặc kép hoặc ô không kết thúc ({error})",
        )
        raise refusal(file_name, found, Said("a CSV file", "tệp CSV")) from None
    return table
