"""A workbook as a package of parts: what may be opened at all, and what its cell styles mean."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from openpyxl.styles.numbers import builtin_format_code, is_date_format
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS

from tiengvang.errors import FileRefused
from tiengvang.registers.answers import refusal
from tiengvang.registers.declaration import Said

MAX_PARTS = 200
# 50,000 rows of twelve filled cells are a sheet of 40 MB.
SHEET_LIMIT_BYTES = 128 * 1024**2
PART_LIMIT_BYTES = 32 * 1024**2
TOTAL_LIMIT_BYTES = 192 * 1024**2

WORKBOOK = Said(
    "an .xlsx workbook of the template, without password or macros",
    "sổ tính .xlsx theo biểu mẫu, không mật khẩu, không macro",
)
_MACROS = ("vbaproject", "macrosheets/", "activex/")
_IS_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_XML = f"{{{SHEET_MAIN_NS}}}"


@contextmanager
def guarded(file_name: str) -> Iterator[None]:
    """Let a library work on bytes that nobody vouches for: it fails in its own many ways."""
    try:
        yield
    except FileRefused:
        raise
    except Exception as error:
        kind = type(error).__name__
        found = Said(f"a damaged workbook ({kind})", f"sổ tính bị hỏng ({kind})")
        raise refusal(file_name, found, WORKBOOK) from error


def check_archive(payload: bytes, file_name: str) -> None:
    """Make sure that a package can be opened within bounds.

    Raises:
        FileRefused: it is no workbook, or it is locked, bears macros or is too large.
    """
    with zipfile.ZipFile(BytesIO(payload)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
            found = Said("an archive that is no workbook", "tệp nén không phải sổ tính")
            raise refusal(file_name, found, WORKBOOK)
        _check_sizes(parts, file_name)
        types = archive.read("[Content_Types].xml").lower()
    if b"macroenabled" in types or any(
        macro in part.filename.casefold() for part in parts for macro in _MACROS
    ):
        raise refusal(file_name, Said("macros", "macro"), WORKBOOK)


def _check_sizes(parts: list[zipfile.ZipInfo], file_name: str) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or total > TOTAL_LIMIT_BYTES:
        raise refusal(
            file_name,
            Said(f"{len(parts)} parts of {total} bytes", f"{len(parts)} phần, {total} byte"),
            Said(
                f"at most {MAX_PARTS} parts of {TOTAL_LIMIT_BYTES} bytes inflated",
                f"không quá {MAX_PARTS} phần, {TOTAL_LIMIT_BYTES} byte khi giải nén",
            ),
        )
    for part in parts:
        if part.flag_bits & _IS_ENCRYPTED or part.compress_type not in _METHODS:
            raise refusal(file_name, Said("an encrypted part", "phần bị mã hóa"), WORKBOOK)
        is_sheet = part.filename.startswith("xl/worksheets/")
        limit = SHEET_LIMIT_BYTES if is_sheet else PART_LIMIT_BYTES
        if part.file_size > limit:
            raise refusal(
                file_name,
                Said(f"a part of {part.file_size} bytes", f"một phần {part.file_size} byte"),
                Said(f"at most {limit} bytes inflated", f"không quá {limit} byte khi giải nén"),
            )


@dataclass(slots=True)
class Styles:
    """The cell styles that show a number as a date, and those that show it as a percentage."""

    dates: set[int] = field(default_factory=set)
    percentages: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> Styles:
        """Read the styles of a workbook."""
        found = cls()
        if ARC_STYLE not in archive.namelist():
            return found
        root = ElementTree.fromstring(archive.read(ARC_STYLE))  # noqa: S314  expat bounds entities
        own = {
            int(form.get("numFmtId", 0)): form.get("formatCode", "")
            for form in root.iterfind(f"{_XML}numFmts/{_XML}numFmt")
        }
        for style, xf in enumerate(root.iterfind(f"{_XML}cellXfs/{_XML}xf")):
            number = int(xf.get("numFmtId", 0))
            code = own.get(number) or builtin_format_code(number)
            if is_date_format(code):
                found.dates.add(style)
            elif code and "%" in code:
                found.percentages.add(style)
        return found
