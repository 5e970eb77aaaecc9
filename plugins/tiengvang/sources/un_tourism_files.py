"""UN Tourism's download as files: the workbooks of a zip, and the rows of a workbook's sheet ``Data``."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tiengvang.errors import FileRefused

MAX_MEMBERS = 200
INFLATED_LIMIT_BYTES = 512 * 1024**2
MAX_COLUMNS = 50
SHEET = "Data"
NEEDED = (
    "indicator_code",
    "reporter_area_code",
    "reporter_area_label",
    "partner_area_label",
    "year",
    "value",
    "unit",
)

_IS_ENCRYPTED = 0x1
_ZIP = b"PK"


def workbooks(payload: bytes, file_name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the workbooks of a zip by their paths, or the one that the payload is.

    Raises:
        FileRefused: the payload is no archive, is corrupt, or would inflate to too much.
    """
    if not payload.startswith(_ZIP):
        raise FileRefused(f"{file_name}: {len(payload)} bytes that are no zip or xlsx")
    try:
        with zipfile.ZipFile(BytesIO(payload)) as archive:
            members = _checked(archive, file_name)
            if any(member.filename == "xl/workbook.xml" for member in members):
                yield file_name, payload
                return
            found = False
            for member in members:
                name = member.filename
                if name.casefold().endswith(".xlsx") and not name.rpartition("/")[2].startswith(
                    "~"
                ):
                    found = True
                    yield name, archive.read(member)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
        raise FileRefused(f"{file_name}: no readable zip ({type(error).__name__})") from error
    if not found:
        raise FileRefused(f"{file_name}: a zip of {len(members)} members and no workbook")


def _checked(archive: zipfile.ZipFile, file_name: str) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or total > INFLATED_LIMIT_BYTES:
        raise FileRefused(
            f"{file_name}: {len(members)} members of {total} bytes, expected at most {MAX_MEMBERS} of"
            f" {INFLATED_LIMIT_BYTES}"
        )
    if any(member.flag_bits & _IS_ENCRYPTED for member in members):
        raise FileRefused(f"{file_name}: the archive is encrypted")
    return members


def table(payload: bytes, file_name: str) -> list[tuple[int, dict[str, Any]]] | None:
    """Return the rows of a workbook's sheet with their numbers; None where it has no such sheet."""
    try:
        with zipfile.ZipFile(BytesIO(payload)) as archive:
            _checked(archive, file_name)
        workbook = load_workbook(BytesIO(payload), read_only=True, data_only=True, keep_links=False)
        try:
            if SHEET not in workbook.sheetnames:
                return None
            lines = workbook[SHEET].iter_rows(values_only=True, max_col=MAX_COLUMNS)
            header = [str(cell or "").strip().casefold() for cell in next(lines, ())]
            if any(header.count(name) != 1 for name in NEEDED):
                return None
            places = {name: header.index(name) for name in NEEDED}
            return [
                (number, {name: cells[place] for name, place in places.items()})
                for number, cells in enumerate(lines, start=2)
                if any(cell is not None for cell in cells)
            ]
        finally:
            workbook.close()
    except FileRefused:
        raise
    except Exception as error:
        # Libraries fail on foreign bytes in many ways; none of them is a failure of ours.
        raise FileRefused(f"{file_name}: no readable workbook ({type(error).__name__})") from error
