"""Delivered files for tests: a register's head, and cells as people type them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tiengvang.errors import FileRefused
from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.checking import check
from tiengvang.registers.declaration import Register
from tiengvang.registers.templates import xlsx_template
from tiengvang.sources.records import Reject

OFFICE = "Vụ Ví dụ"
# A cell of a file: row and heading, and what is typed there instead.
Change = tuple[int, str, str]


def lines(register: Register, changes: Sequence[Change] = ()) -> list[list[str]]:
    """The examples of a register below its head, with changes."""
    names = [column.name for column in register.columns]
    found = [
        ["template", register.name],
        ["version", str(register.version)],
        ["office", OFFICE],
        names,
        [column.heading_vi for column in register.columns],
        *([row.get(name, "") for name in names] for row in register.examples),
    ]
    for number, name, text in changes:
        found[number - 1][names.index(name)] = text
    return found


def as_csv(rows: Sequence[Sequence[Any]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def delivered(name: str, *changes: Change) -> bytes:
    """A register's examples as CSV, with changes."""
    return as_csv(lines(REGISTERS[name], changes))


def workbook(name: str, change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    """A register's examples as a workbook of the template, after a change by a spreadsheet."""
    register = REGISTERS[name]
    book = load_workbook(io.BytesIO(xlsx_template(register, register.examples, office=OFFICE)))
    change(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def refused(payload: bytes, **more: Any) -> tuple[Reject, ...]:
    """The answers to a file; it must be refused."""
    with pytest.raises(FileRefused) as error:
        check(payload, file_name="file", **more)
    assert str(error.value).startswith("file: nothing of it was taken / không nhận dòng nào")
    assert error.value.rejects
    return error.value.rejects


def only(payload: bytes, **more: Any) -> tuple[str | None, str]:
    """Place and reason of the one answer to a file."""
    [reject] = refused(payload, **more)
    return reject.place, reject.reason
