"""Workbooks in Office Open XML (``.xlsx``), read as a stream of rows within fixed bounds.

openpyxl's readers of parts are used, not its workbook: that one skips rows that are out of order and
cells outside the sheet's declared size, and spends most of its time on styles.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile
from typing import IO, Any
from xml.etree import ElementTree

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import builtin_format_code, is_date_format
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS

from tiengvang.errors import FileRefused
from tiengvang.sources.nso.grid import (
    TOP_ROWS,
    Grid,
    Unusable,
    Value,
    checked_names,
    collect,
    guarded,
)

ZIP_FILE = b"PK"
# The largest genuine workbook has 195 parts of 5.1 MB inflated, the largest part 1.4 MB.
MAX_PARTS = 2_000
SHEET_LIMIT_BYTES = 64 * 1024**2
PART_LIMIT_BYTES = 8 * 1024**2
TOTAL_LIMIT_BYTES = 256 * 1024**2

_WORKBOOK_PART = "xl/workbook.xml"
_SHEETS = "xl/worksheets/"
_MACRO_PARTS = ("vbaproject", "macrosheets/")
_IS_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UNUSABLE = {"e": "an error value", "b": "a truth value", "d": "a date"}
_XML = f"{{{SHEET_MAIN_NS}}}"


class _FormulaFinder(WorkSheetParser):
    """Marks cells that hold a formula without reading it."""

    def parse_formula(self, element: Any) -> str:
        """Return what every formula begins with."""
        return "="


@dataclass(slots=True)
class XlsxWorkbook:
    """An ``.xlsx`` workbook; formulas count as the value that was computed and stored with them."""

    payload: bytes
    file_name: str
    sheets: tuple[str, ...] = ()
    _reader: Any = None
    _parts: dict[str, str] = field(default_factory=dict)
    _date_styles: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        with guarded(self.file_name):
            self._open()

    def top(self, sheet: str) -> Grid:
        """Read the first rows of a sheet."""
        with guarded(self.file_name):
            return self._read(sheet, TOP_ROWS)

    def grid(self, sheet: str) -> Grid:
        """Read a sheet whole; a formula that nobody has computed is no value.

        Raises:
            FileRefused: it has more cells than such a table can have, or its bytes are corrupt.
        """
        with guarded(self.file_name):
            grid, formulas = self._read(sheet), self._formulas(sheet)
        for row, cells in formulas:
            values = grid.rows.get(row, {})
            missing = {column: Unusable("a formula without a value") for column in cells}
            grid.rows[row] = dict(sorted({**missing, **values}.items()))
        return Grid(sheet, dict(sorted(grid.rows.items())))

    def _open(self) -> None:
        self._check_archive()
        reader = ExcelReader(BytesIO(self.payload), read_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        self._reader = reader
        self._parts = {
            sheet.name: relation.target
            for sheet, relation in reader.parser.find_sheets()
            if relation.target in reader.valid_files and relation.target.startswith(_SHEETS)
        }
        self.sheets = checked_names(self._parts, self.file_name)
        self._date_styles = _date_styles(reader.archive)

    def _check_archive(self) -> None:
        with zipfile.ZipFile(BytesIO(self.payload)) as archive:
            parts = archive.infolist()
        if len(parts) > MAX_PARTS:
            raise self._refuse(f"{len(parts)} archive members, expected at most {MAX_PARTS}")
        total = sum(part.file_size for part in parts)
        if total > TOTAL_LIMIT_BYTES:
            raise self._refuse(f"{total} bytes inflated, expected at most {TOTAL_LIMIT_BYTES}")
        if _WORKBOOK_PART not in {part.filename for part in parts}:
            raise self._refuse("an archive without xl/workbook.xml, expected a workbook")
        for part in parts:
            name = part.filename.casefold()
            if any(macro in name for macro in _MACRO_PARTS):
                raise self._refuse("the workbook bears macros, expected one without")
            if part.flag_bits & _IS_ENCRYPTED or part.compress_type not in _METHODS:
                raise self._refuse(f"{part.filename} is encrypted, or packed by an unknown method")
            limit = SHEET_LIMIT_BYTES if name.startswith(_SHEETS) else PART_LIMIT_BYTES
            if part.file_size > limit:
                raise self._refuse(
                    f"{part.filename}: {part.file_size} bytes inflated, expected at most {limit}"
                )

    def _read(self, sheet: str, rows: int | None = None) -> Grid:
        with self._part(sheet) as source:
            reader = WorkSheetParser(
                source,
                self._reader.shared_strings,
                data_only=True,
                date_formats=self._date_styles,
                timedelta_formats=set(),
            )
            found: Iterator[tuple[int, Iterator[tuple[int, Value]]]] = (
                (row, self._values(row, cells)) for row, cells in reader.parse()
            )
            if rows is not None:
                found = takewhile(lambda item: item[0] <= rows, found)
            return collect(sheet, found, self.file_name)

    def _formulas(self, sheet: str) -> list[tuple[int, list[int]]]:
        with self._part(sheet) as source:
            finder = _FormulaFinder(
                source,
                self._reader.shared_strings,
                data_only=False,
                date_formats=set(),
                timedelta_formats=set(),
            )
            found = (
                (row, [cell["column"] for cell in cells if cell["data_type"] == "f"])
                for row, cells in finder.parse()
            )
            return [(row, columns) for row, columns in found if columns]

    def _values(self, row: int, cells: list[dict[str, Any]]) -> Iterator[tuple[int, Value]]:
        seen: set[int] = set()
        for cell in cells:
            column, value = cell["column"], cell["value"]
            if cell["row"] != row or column in seen:
                raise self._refuse(f"row {row} holds a cell twice, or one of another row")
            seen.add(column)
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            if cell["data_type"] in _UNUSABLE:
                yield column, Unusable(_UNUSABLE[cell["data_type"]])
            else:
                yield column, value if isinstance(value, str) else float(value)

    def _part(self, sheet: str) -> IO[bytes]:
        part: IO[bytes] = self._reader.archive.open(self._parts[sheet])
        return part

    def _refuse(self, reason: str) -> FileRefused:
        return FileRefused(f"{self.file_name}: {reason}")


def _date_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the cell styles that show a number as a date or time."""
    if ARC_STYLE not in archive.namelist():
        return set()
    root = ElementTree.fromstring(archive.read(ARC_STYLE))  # noqa: S314  expat bounds entities
    own = {
        int(form.get("numFmtId", 0)): form.get("formatCode", "")
        for form in root.iterfind(f"{_XML}numFmts/{_XML}numFmt")
    }
    styles = enumerate(root.iterfind(f"{_XML}cellXfs/{_XML}xf"))
    formats = ((style, int(xf.get("numFmtId", 0))) for style, xf in styles)
    return {
        style
        for style, number in formats
        if is_date_format(own.get(number) or builtin_format_code(number))
    }
