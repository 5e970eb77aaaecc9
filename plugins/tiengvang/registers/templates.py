"""The templates that offices fill, empty or with rows; the same rows always give the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.data_dictionary import dictionary_rows, page, province_rows
from tiengvang.registers.declaration import Column, Register
from tiengvang.registers.head import OFFICE, TEMPLATE, VERSION
from tiengvang.registers.table import HEAD_ROWS, MAX_ROWS
from tiengvang.registers.workbook import DATA, DICTIONARY, EXAMPLES

_WIDTHS = {"text": 40, "url": 40, "list": 24, "instant": 26}
_PROPERTIES_PART = "docProps/core.xml"
_PROPERTIES = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>'
)
# A spreadsheet makes a date of 01-2008 and a number of 0012 where the column is not text.
_FORMATS = {"day": "yyyy-mm-dd", "whole": "0", "number": "General", "percent": "General"}
_TEXT = "@"


def write_templates(folder: Path) -> list[Path]:
    """Write the empty templates of all registers as CSV and XLSX, and their dictionary; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, register in REGISTERS.items():
        for suffix, content in (("csv", csv_template(register)), ("xlsx", xlsx_template(register))):
            path = folder / f"{name}.{suffix}"
            path.write_bytes(content)
            written.append(path)
    explained = folder / "README.md"
    explained.write_text(page(), encoding="utf-8")
    return [*written, explained]


def csv_template(
    register: Register, rows: Iterable[Mapping[str, Any]] = (), *, office: str = ""
) -> bytes:
    """Return a template as CSV, with a mark by which spreadsheets know that it is UTF-8.

    ``rows`` are values by column; a column that a row lacks is null.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(_head(register, office))
    for row in rows:
        writer.writerow([_as_text(row.get(column.name)) for column in register.columns])
    return text.getvalue().encode("utf-8-sig")


def xlsx_template(
    register: Register, rows: Iterable[Mapping[str, Any]] = (), *, office: str = ""
) -> bytes:
    """Return a template as a workbook: sheet data, and sheets dictionary and examples beside it."""
    book = Workbook()
    data: Any = book.active
    data.title = DATA
    _fill(data, register, office, ([row.get(c.name) for c in register.columns] for row in rows))
    _write_dictionary(book.create_sheet(DICTIONARY), register)
    examples = ([row.get(c.name, "") for c in register.columns] for row in register.examples)
    _fill(book.create_sheet(EXAMPLES), register, "Example office / Đơn vị ví dụ", examples)
    packed = io.BytesIO()
    book.save(packed)
    return _without_clock(packed)


def _head(register: Register, office: str) -> list[list[str]]:
    return [
        [TEMPLATE, register.name],
        [VERSION, str(register.version)],
        [OFFICE, office],
        [column.name for column in register.columns],
        [column.heading_vi for column in register.columns],
    ]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def _fill(sheet: Worksheet, register: Register, office: str, rows: Iterable[Sequence[Any]]) -> None:
    for line in _head(register, office):
        sheet.append([text or None for text in line])
    for number, column in enumerate(register.columns, start=1):
        letter = get_column_letter(number)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDTHS.get(column.kind, max(14, len(column.name) + 2))
        dimension.number_format = _FORMATS.get(column.kind, _TEXT)
        for row in (HEAD_ROWS - 1, HEAD_ROWS):
            cell = sheet.cell(row, number)
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="DDE7EE")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        _offer_choices(sheet, column, letter)
    for label in range(1, HEAD_ROWS - 1):
        sheet.cell(label, 1).font = Font(bold=True)
        sheet.cell(label, 2).number_format = _TEXT
    sheet.freeze_panes = f"A{HEAD_ROWS + 1}"
    for number, values in enumerate(rows, start=HEAD_ROWS + 1):
        for place, (column, value) in enumerate(zip(register.columns, values, strict=True), 1):
            if value is not None and value != "":
                cell = sheet.cell(number, place, _as_cell(value))
                cell.number_format = _FORMATS.get(column.kind, _TEXT)


def _as_cell(value: Any) -> Any:
    is_plain = isinstance(value, int | Decimal | date) and not isinstance(value, bool | datetime)
    return value if is_plain else _as_text(value)


def _offer_choices(sheet: Worksheet, column: Column, letter: str) -> None:
    choices = ("yes", "no", "có", "không") if column.kind == "yes_no" else column.choices
    if column.kind not in ("choice", "yes_no"):
        return
    listed = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    listed.add(f"{letter}{HEAD_ROWS + 1}:{letter}{HEAD_ROWS + MAX_ROWS}")
    sheet.add_data_validation(listed)


def _write_dictionary(sheet: Worksheet, register: Register) -> None:
    rows = dictionary_rows(register)
    if any(column.codes == "unit" for column in register.columns):
        rows += [(), *province_rows()]
    for row in rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFGHI", (22, 22, 30, 30, 12, 48, 48, 30, 24), strict=True):
        sheet.column_dimensions[letter].width = width
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = _TEXT
    sheet.freeze_panes = "A2"


def _without_clock(packed: io.BytesIO) -> bytes:
    """Return a package of the same parts that does not tell when it was written."""
    again = io.BytesIO()
    with ZipFile(packed) as parts, ZipFile(again, "w", ZIP_DEFLATED) as target:
        for part in parts.infolist():
            content = _PROPERTIES if part.filename == _PROPERTIES_PART else parts.read(part)
            entry = ZipInfo(part.filename)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, content)
    return again.getvalue()
