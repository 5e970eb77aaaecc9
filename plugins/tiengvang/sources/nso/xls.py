"""Workbooks in the binary format of Excel 97-2003 (``.xls``)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc

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

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_WORKBOOK_STREAMS = {"workbook", "book"}
_ENCRYPTED_STREAMS = {"encryptedpackage", "encryptioninfo"}
_MACRO_STREAMS = {"_vba_project_cur", "_vba_project", "macros"}
_EMPTY = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}
_UNUSABLE = {
    xlrd.XL_CELL_ERROR: "an error value",
    xlrd.XL_CELL_BOOLEAN: "a truth value",
    xlrd.XL_CELL_DATE: "a date",
}


@dataclass(slots=True)
class XlsWorkbook:
    """An ``.xls`` workbook; formulas count as the value that was computed and stored with them."""

    payload: bytes
    file_name: str
    sheets: tuple[str, ...] = ()
    _book: Any = None

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
            return self._read(sheet)

    def _open(self) -> None:
        log = io.StringIO()
        names = {entry.name.casefold() for entry in CompDoc(self.payload, logfile=log).dirlist}
        if names & _ENCRYPTED_STREAMS:
            raise self._refuse("the workbook is encrypted, expected one without a password")
        if names & _MACRO_STREAMS:
            raise self._refuse("the workbook bears macros, expected one without")
        if not names & _WORKBOOK_STREAMS:
            raise self._refuse("a compound file without a workbook, expected one")
        self._book = xlrd.open_workbook(
            file_contents=self.payload, on_demand=True, ragged_rows=True, logfile=log
        )
        self.sheets = checked_names(self._book.sheet_names(), self.file_name)

    def _read(self, sheet: str, rows: int | None = None) -> Grid:
        cells = self._book.sheet_by_name(sheet)
        numbers = range(cells.nrows if rows is None else min(rows, cells.nrows))
        found = ((row + 1, self._values(cells.row(row))) for row in numbers)
        try:
            return collect(sheet, found, self.file_name)
        finally:
            self._book.unload_sheet(sheet)

    def _values(self, cells: list[Any]) -> Iterator[tuple[int, Value]]:
        for column, cell in enumerate(cells, start=1):
            if cell.ctype == xlrd.XL_CELL_TEXT and not cell.value:
                # Text of no characters is what a formula leaves that nobody has computed.
                yield column, Unusable("a formula without a value")
                continue
            if cell.ctype in _EMPTY or (isinstance(cell.value, str) and not cell.value.strip()):
                continue
            if cell.ctype in _UNUSABLE:
                yield column, Unusable(_UNUSABLE[cell.ctype])
            else:
                yield column, cell.value if isinstance(cell.value, str) else float(cell.value)

    def _refuse(self, reason: str) -> FileRefused:
        return FileRefused(f"{self.file_name}: {reason}")
