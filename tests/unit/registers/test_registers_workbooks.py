"""Workbooks as spreadsheets save them: what nobody sees, what is no workbook, what a cell really holds."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from register_files import OFFICE, only, refused, workbook

from tiengvang.errors import FileRefused
from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.checking import check
from tiengvang.registers.templates import xlsx_template

UNITS = "readiness_units"
Change = Callable[[Workbook], object]


def repacked(payload: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The same package with parts changed, left out (None) or added."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(payload)) as parts, zipfile.ZipFile(again, "w", 8) as target:
        for name in parts.namelist():
            content = change(name, parts.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in more.items():
            target.writestr(name, content)
    return again.getvalue()


def put(cell: str, value: Any, number_format: str | None = None) -> Change:
    def change(book: Workbook) -> None:
        book["data"][cell] = value
        if number_format:
            book["data"][cell].number_format = number_format

    return change


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("D6", 912345678),  # a spreadsheet drops the first zero
        ("D6", 84912345678.0),
        ("D6", 1099012345),
        ("D6", -912345678),
        ("B6", 912345678),
        ("B3", 912345678),
    ],
)
def test_a_number_of_a_person_is_refused_however_the_cell_holds_it(
    cell: str, number: float
) -> None:
    place, reason = only(workbook(UNITS, put(cell, number)))
    assert place == f"data!{cell}"
    assert "a telephone or personal number, which is not repeated here" in reason
    assert not any(part in reason for part in ("912345678", "1099012345"))


def test_numbers_in_a_text_and_long_fractions_are_no_numbers_of_persons() -> None:
    [row, _] = check(workbook(UNITS, put("D6", 20260701)), file_name="file").rows
    assert "20260701" in row[1]
    percent = put("E6", 66.66666666666667)
    assert check(workbook("readiness_totals", percent), file_name="file").rows


@pytest.mark.parametrize("name", REGISTERS)
def test_a_workbook_says_what_the_csv_says(name: str) -> None:
    found = check(workbook(name), file_name="file")
    assert (found.office, len(found.rows)) == (OFFICE, len(REGISTERS[name].examples))


@pytest.mark.parametrize(
    ("change", "place", "en", "vi"),
    [
        (put("D6", "=SUM(A1:A2)"), "data!D6", "found a formula", "thấy một công thức"),
        (put("G6", "=TODAY()", "yyyy-mm-dd"), "data!G6", "paste values only", "dán chỉ giá trị"),
        (put("C6", True), "data!C6", "found TRUE, expected yes or no", "thấy TRUE"),
        (put("D6", "#N/A"), "data!D6", "an error value", "giá trị lỗi"),
        (put("B6", date(2008, 1, 1), "yyyy-mm-dd"), "data!B6",
         "format the column as text", "định dạng cột là văn bản"),
        (put("G6", 46204.25, "yyyy-mm-dd hh:mm"), "data!G6",
         "the date or time 2026-07-01T06:00:00", "ngày giờ 2026-07-01T06:00:00"),
        (put("G6", 46204, "General"), "data!G6", "found 46204, expected a day", "thấy 46204"),
        (put("I7", "more"), "data!I7", "expected nothing: the column has no heading", "không có tiêu đề"),
        (put("CZ6", "far"), "data!CZ6", "a value beyond the table", "giá trị nằm ngoài bảng"),
        (lambda b: b["data"].row_dimensions.__getitem__(7).__setattr__("hidden", True),
         "data!7", "a hidden row (or a filter)", "dòng bị ẩn (hoặc bị lọc)"),
        (lambda b: b["data"].column_dimensions["D"].__setattr__("hidden", True),
         "data!D", "hidden columns D:D", "các cột bị ẩn D:D"),
        (lambda b: b["data"].merge_cells("C6:C7"), "data!C6", "the merged cells C6:C7", "ô bị gộp C6:C7"),
        (lambda b: b["dictionary"].__setattr__("sheet_state", "hidden"), None,
         "the hidden sheet 'dictionary'", "trang bị ẩn 'dictionary'"),
        (lambda b: b.create_sheet("Sheet1"), None, "the sheet 'Sheet1'", "trang 'Sheet1'"),
        (lambda b: b["data"].__setattr__("title", "Data 2026"), None, "the sheet 'Data 2026'", "trang"),
        (lambda b: b.create_sheet("a@example.org").__setattr__("sheet_state", "veryHidden"), None,
         "the hidden sheet an e-mail address", "trang bị ẩn một địa chỉ thư"),
    ],
)  # fmt: skip
def test_a_bad_workbook_is_answered(change: Change, place: str | None, en: str, vi: str) -> None:
    rejects = refused(workbook(UNITS, change))
    assert rejects[0].place == place
    assert en in rejects[0].reason
    assert vi in rejects[0].reason
    assert "a@example" not in rejects[0].reason


@pytest.mark.parametrize(
    ("value", "number_format", "taken"),
    [(0.58, "0%", False), (58, "0.00%", False), (0.58, "General", False), (58, "0", True),
     (58.5, "General", True), ("58.5", "@", True), (58.0, "0.0", True)],
)  # fmt: skip
def test_a_share_is_never_taken_for_a_hundredth_of_itself(
    value: Any, number_format: str, taken: bool
) -> None:
    payload = workbook("targets", put("B6", value, number_format))
    if taken:
        assert check(payload, file_name="file").rows[0][1][1] in (Decimal(58), Decimal("58.5"))
    else:
        assert only(payload)[0] == "data!B6"


def test_numbers_that_stand_for_text_are_text() -> None:
    def change(book: Workbook) -> None:
        book["data"]["B6"] = 63
        book["data"]["F6"] = 2023

    [first, _] = check(workbook("readiness_totals", change), file_name="file").rows
    assert (first[1][1], first[1][5]) == ("63", "2023")


def test_days_may_be_true_dates_of_either_epoch() -> None:
    def change(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        book["data"]["G6"] = date(2026, 6, 30)

    rows = check(workbook(UNITS, change), file_name="file").rows
    assert rows[0][1][6] == date(2026, 6, 30)


def test_hidden_rows_below_and_columns_beside_the_table_are_no_matter() -> None:
    def change(book: Workbook) -> None:
        book["data"].row_dimensions[9].hidden = True
        book["data"].column_dimensions["K"].hidden = True

    assert check(workbook(UNITS, change), file_name="file").rows


GOOD = workbook(UNITS)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("payload", "en"),
    [
        (GOOD[: len(GOOD) // 2], "a damaged workbook (BadZipFile)"),
        (GOOD[:10], "a damaged workbook"),
        (OLD, "a workbook of an old format (.xls)"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a workbook locked by a password"),
        (repacked(GOOD, lambda name, part: part, **{"xl/vbaProject.bin": b"x"}), "found macros"),
        (repacked(GOOD, lambda name, part: part.replace(b"sheet.main", b"sheet.macroEnabled.main")),
         "found macros"),
        (repacked(GOOD, lambda name, part: None if name == "xl/workbook.xml" else part),
         "an archive that is no workbook"),
        (repacked(GOOD, lambda name, part: part[:-9] if "sheet1" in name else part), "a damaged workbook"),
        (repacked(GOOD, lambda name, part: part, big=bytes(33 * 1024**2)), "a part of 34603008 bytes"),
        (repacked(GOOD, lambda name, part: part, **{f"p{n}": b"" for n in range(200)}), "parts of"),
        (repacked(GOOD, lambda name, part: part.replace(b'<row r="7"', b'<row r="2"')),
         "a damaged workbook (InvalidFileException)"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_of_the_template_is_refused(payload: bytes, en: str) -> None:
    place, reason = only(payload)
    assert place is None
    assert en in reason


def test_a_sheet_of_two_far_cells_costs_nothing() -> None:
    _, reason = only(workbook(UNITS, put("A1048576", "x")))
    assert "row 1048576 and more, expected at most 50000 rows" in reason


def test_broken_bytes_are_refused_or_read_as_they_were() -> None:
    dice = random.Random(5)
    whole = check(GOOD, file_name="file").rows
    refusals = 0
    for _ in range(150):
        broken = bytearray(GOOD)
        for _ in range(dice.randint(1, 4)):
            broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
        try:
            found = check(bytes(broken), file_name="file").rows
        except FileRefused:
            refusals += 1
        else:
            assert found == whole
    assert refusals > 50


def test_the_same_rows_give_the_same_bytes() -> None:
    register = REGISTERS["kpis"]
    assert xlsx_template(register, register.examples) == xlsx_template(register, register.examples)
