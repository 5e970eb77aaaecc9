"""One cell: what a file holds in it to the value of its column, or what was expected there."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from tiengvang.registers.declaration import Column, Said
from tiengvang.registers.kinds import READ, Unfit, expected_of
from tiengvang.registers.personal import NOTHING, personal, personal_address, shown

NO_PERSON = Said(
    "nothing about persons: say it of the office", "nội dung không về cá nhân: chỉ nêu đơn vị"
)
STATED = Said("a value: the column is required", "một giá trị: cột này bắt buộc")
EMPTY = Said("nothing where nothing is stated", "để trống khi không có thông tin")
FORMULA = Said("a formula", "một công thức")
VALUE = Said("a value: copy it and paste values only", "một giá trị: sao chép rồi dán chỉ giá trị")
_BLANKS = frozenset({"-", "–", "—", "n/a", "na", "null", "none"})


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell whose content is no value: what it is instead, and what it should be, if that is known."""

    what: Said
    expected: Said | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell cannot be taken."""

    found: Said
    expected: Said


Raw = str | int | float | datetime | date | time | Odd | None


def plain(text: str) -> str:
    """Return text with composed letters and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_empty(value: Raw) -> bool:
    """Say whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def read_cell(value: Raw, column: Column) -> Any:
    """Return the value of a cell (None: empty), or a ``Problem``."""
    if isinstance(value, str):
        value = plain(value)
    if value is None or value == "":
        return Problem(NOTHING, STATED) if column.is_required else None
    if isinstance(value, Odd):
        return Problem(value.what, value.expected or expected_of(column))
    problem = _text_problem(value, column) if isinstance(value, str) else _number_problem(value)
    if problem is not None:
        return problem
    try:
        return READ[column.kind](value, column)
    except Unfit as unfit:
        return Problem(found_in(value), unfit.expected)


def found_in(value: Raw) -> Said:
    """Return what an answer says that a cell holds."""
    if value is None:
        return NOTHING
    if isinstance(value, Odd):
        return value.what
    if isinstance(value, datetime | date | time):
        text = value.isoformat()
        return Said(f"the date or time {text}", f"ngày giờ {text}")
    return shown(plain(str(value)))


def _number_problem(value: Raw) -> Problem | None:
    """Spreadsheets keep a telephone or personal number as a number: without its first zeros."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    held = personal(str(abs(value))) if isinstance(value, int) else None
    return None if held is None else Problem(held, NO_PERSON)


def _text_problem(text: str, column: Column) -> Problem | None:
    if text.startswith("="):
        return Problem(FORMULA, VALUE)
    held = personal_address(text) if column.kind == "url" else personal(text)
    if held is not None:
        return Problem(held, NO_PERSON)
    if not text.isprintable():
        return Problem(
            Said("letters that cannot be printed", "ký tự không in được"),
            Said("plain text", "chữ thường"),
        )
    if text.casefold() in _BLANKS:
        return Problem(shown(text), STATED if column.is_required else EMPTY)
    return None
