"""A delivered workbook: the visible sheet ``data``, read within fixed bounds, nothing of it unseen.

openpyxl's readers of parts are used, as for the workbooks of publishers: its own streaming workbook skips
rows that are out of order and cells outside the sheet's declared size.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser

from tiengvang.registers.answers import Answer, Answers, refusal
from tiengvang.registers.cells import FORMULA, VALUE, Odd, Raw
from tiengvang.registers.declaration import Said
from tiengvang.registers.package import Styles, check_archive, guarded
from tiengvang.registers.personal import personal
from tiengvang.registers.table import (
    HEAD_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Table,
)

DATA, DICTIONARY, EXAMPLES = "data", "dictionary", "examples"

_SHEETS = Said(
    "the visible sheet data, and beside it dictionary and examples",
    "trang data hiển thị, kèm các trang dictionary và examples",
)


def read_workbook(payload: bytes, *, file_name: str, last_row: int | None = None) -> Table:
    """Read the sheet ``data`` of a workbook.

    Hidden rows, columns and sheets, merged cells, formulas and sheets of other names are answers:
    nobody who looks at the sheet would see what they hold, or would see more than was read.

    Raises:
        FileRefused: it is no such workbook: truncated, locked, bears macros, or too large.
    """
    with guarded(file_name):
        check_archive(payload, file_name)
        reader = ExcelReader(BytesIO(payload), read_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        part = _data_part(reader, file_name)
        styles = Styles.of(reader.archive)
        with reader.archive.open(part) as source:
            return _read_sheet(source, reader, styles, file_name, last_row)


def _data_part(reader: Any, file_name: str) -> str:
    """Return the part of the sheet ``data``; sheets that nobody sees, or of other names, are answers."""
    answers = Answers(file_name)
    data = None
    for sheet, relation in reader.parser.find_sheets():
        title = _title(sheet.name)
        if (sheet.state or "visible") != "visible":
            found = Said(f"the hidden sheet {title.en}", f"trang bị ẩn {title.vi}")
            answers.add(Answer(found, _SHEETS))
        elif sheet.name == DATA and relation.target in reader.valid_files:
            data = relation.target
        elif sheet.name not in (DICTIONARY, EXAMPLES):
            found = Said(f"the sheet {title.en}", f"trang {title.vi}")
            answers.add(Answer(found, _SHEETS))
    if data is None:
        answers.add(Answer(Said("no visible sheet data", "không có trang data hiển thị"), _SHEETS))
    answers.refuse_if_any()
    return str(data)


def _title(name: str) -> Said:
    held = personal(name)
    if held is not None:
        return held
    text = "".join(letter if letter.isprintable() else "?" for letter in name[:31])
    return Said(f"{text!r}", f"{text!r}")


def _read_sheet(
    source: Any, reader: Any, styles: Styles, file_name: str, last_row: int | None
) -> Table:
    parser = WorkSheetParser(
        source,
        reader.shared_strings,
        data_only=False,
        epoch=reader.wb.epoch,
        date_formats=styles.dates,
        timedelta_formats=set(),
    )
    table = Table(DATA)
    last = 0
    for row, cells in parser.parse():
        if row <= last or any(cell["row"] != row for cell in cells):
            raise InvalidFileException("rows out of order")
        last = row
        if last_row is not None and row > last_row:
            break
        values = _values(row, cells, styles, table)
        if not values:
            continue
        if row > MAX_ROWS + HEAD_ROWS:
            found = Said(f"row {row} and more", f"dòng {row} trở đi")
            raise refusal(file_name, found, TOO_MANY_ROWS)
        table.rows[row] = values
    table.problems += _unseen(parser, table)
    return table


def _values(row: int, cells: list[dict[str, Any]], styles: Styles, table: Table) -> list[Raw]:
    values: list[Raw] = []
    for cell in cells:
        value, column = _value(cell, styles), cell["column"]
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if column <= len(values):
            raise InvalidFileException("cells out of order")
        if column > MAX_COLUMNS:
            found = Said("a value beyond the table", "giá trị nằm ngoài bảng")
            table.problems.append(Answer(found, TOO_MANY_COLUMNS, row, column))
            continue
        values += [None] * (column - 1 - len(values))
        values.append(value)
    return values


def _value(cell: dict[str, Any], styles: Styles) -> Raw:
    value, kind = cell["value"], cell["data_type"]
    if kind == "f":
        return Odd(FORMULA, VALUE)
    if value is None:
        return None
    if kind == "e":
        return Odd(Said("an error value", "giá trị lỗi"))
    if kind == "b":
        return Odd(Said("TRUE" if value else "FALSE", "TRUE" if value else "FALSE"))
    if cell["style_id"] in styles.percentages:
        shown = Said("a number shown as a percentage", "số định dạng phần trăm")
        expected = Said(
            "a plain number, such as 92.5 for 92.5 %", "số thường, ví dụ 92.5 cho 92,5 %"
        )
        return Odd(shown, expected)
    if isinstance(value, str | int | float | datetime | date | time):
        return value
    return Odd(Said("no plain value", "không phải giá trị thường"))


def _unseen(parser: Any, table: Table) -> Iterator[Answer]:
    """Yield the hidden rows and columns of the table, and its merged cells."""
    last = max(table.rows, default=0)
    width = max((len(cells) for cells in table.rows.values()), default=0)
    for number, attributes in parser.row_dimensions.items():
        if _is_on(attributes.get("hidden")) and int(float(number)) <= last:
            found = Said("a hidden row (or a filter)", "dòng bị ẩn (hoặc bị lọc)")
            shown = Said("all rows shown, no filter", "mọi dòng đều hiển thị, không lọc")
            yield Answer(found, shown, int(float(number)))
    for attributes in parser.column_dimensions.values():
        first = int(attributes["min"])
        if _is_on(attributes.get("hidden")) and first <= width:
            letters = f"{get_column_letter(first)}:{get_column_letter(min(int(attributes['max']), width))}"
            found = Said(f"hidden columns {letters}", f"các cột bị ẩn {letters}")
            yield Answer(found, Said("all columns shown", "mọi cột đều hiển thị"), None, first)
    for merged in parser.merged_cells.mergeCell if parser.merged_cells else ():
        start = str(merged.ref).partition(":")[0]
        column = column_index_from_string("".join(filter(str.isalpha, start)))
        found = Said(f"the merged cells {merged.ref}", f"các ô bị gộp {merged.ref}")
        one = Said("one cell for each value", "mỗi giá trị một ô")
        yield Answer(found, one, int("".join(filter(str.isdecimal, start))), column)


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true")
