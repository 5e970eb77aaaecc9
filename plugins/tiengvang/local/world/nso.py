"""Monthly workbooks in the layout of Vietnam's National Statistics Office, with the traps of its eras.

What a workbook says is given; how it says it follows from the era and the month: sheets' names, rows of
headings, units, the column of the month before, titles in English, a row of totals that slipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from tiengvang.local.world.nso_layout import Sheet, fdi_sheet, other_sheets, visitor_sheet
from tiengvang.local.world.nso_release import Era, Release
from tiengvang.sources.nso.vietnamese import FROM_TCVN3

_PROPERTIES_PART = "docProps/core.xml"
_PROPERTIES = (
    b"<cp:coreProperties xmlns:cp="
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
# Capitals with an accent have no code of their own: a font of capitals shows them.
_TO_TCVN3 = {ord(letter.upper()): code for code, letter in FROM_TCVN3.items()} | {
    ord(letter): code for code, letter in FROM_TCVN3.items()
}


def sheets(release: Release, era: Era) -> list[Sheet]:
    """Return the cells of the workbook's sheets, the two tables among others."""
    return [
        *other_sheets(release.month),
        fdi_sheet(release, era),
        visitor_sheet(release, era),
    ]


def xlsx_bytes(plans: list[Sheet]) -> bytes:
    """Write sheets as an ``.xlsx`` workbook."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for plan in plans:
        sheet = book.create_sheet(plan.name)
        for (row, column), value in plan.cells.items():
            sheet.cell(row, column, value)
        for span in plan.merged:
            sheet.merge_cells(span)
    packed = BytesIO()
    book.save(packed)
    return _without_clock(packed)


def _without_clock(packed: BytesIO) -> bytes:
    """Return a package of the same parts that does not tell when it was written."""
    again = BytesIO()
    with ZipFile(packed) as parts, ZipFile(again, "w", ZIP_DEFLATED) as target:
        for part in parts.infolist():
            content = _PROPERTIES if part.filename == _PROPERTIES_PART else parts.read(part)
            entry = ZipInfo(part.filename)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, content)
    return again.getvalue()


def in_tcvn3(sheet: Sheet) -> Sheet:
    """Return a sheet whose text is in TCVN3, as a reader of cells sees it."""
    return _retyped(sheet, _TO_TCVN3)


def damaged(sheet: Sheet) -> Sheet:
    """Return a sheet whose text a conversion took for TCVN3, which it was not."""
    return _retyped(sheet, FROM_TCVN3)


def _retyped(sheet: Sheet, letters: Mapping[int, str | int]) -> Sheet:
    cells = {
        place: value.translate(letters) if isinstance(value, str) else value
        for place, value in sheet.cells.items()
    }
    return Sheet(sheet.name, cells, sheet.merged)
