"""A workbook from bytes, known by its content and not by its name."""

from __future__ import annotations

from tiengvang.errors import FileRefused
from tiengvang.sources.nso.grid import OpenWorkbook
from tiengvang.sources.nso.xls import COMPOUND_FILE, XlsWorkbook
from tiengvang.sources.nso.xlsx import ZIP_FILE, XlsxWorkbook

LIMIT_BYTES = 8 * 1024**2  # the largest genuine workbook has 0.9 MB


def open_workbook(payload: bytes, *, file_name: str) -> OpenWorkbook:
    """Open an ``.xlsx`` or ``.xls`` workbook; what its name ends with does not matter.

    Raises:
        FileRefused: the bytes are no such workbook, or it is truncated, corrupt, encrypted, bears
            macros, or is larger than these workbooks can be.
    """
    if not payload:
        raise FileRefused(f"{file_name}: no bytes at all, expected a workbook")
    if len(payload) > LIMIT_BYTES:
        raise FileRefused(
            f"{file_name}: {len(payload)} bytes, expected a workbook of at most {LIMIT_BYTES}"
        )
    if payload.startswith(ZIP_FILE):
        return XlsxWorkbook(payload, file_name)
    if payload.startswith(COMPOUND_FILE):
        return XlsWorkbook(payload, file_name)
    raise FileRefused(
        f"{file_name}: {len(payload)} bytes that begin like neither .xlsx nor .xls,"
        " expected a workbook"
    )
