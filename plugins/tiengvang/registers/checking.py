"""A delivered file as a whole: the register that it fills and its rows, or every answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from tiengvang.errors import FileRefused
from tiengvang.registers.answers import Answer, Answers, refusal
from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.cells import Problem, Raw, found_in, is_empty, plain, read_cell
from tiengvang.registers.codes import Known, kpi_problem, provinces, unit_problem
from tiengvang.registers.csv_table import read_csv
from tiengvang.registers.declaration import Column, Register, Said
from tiengvang.registers.head import Head, read_head
from tiengvang.registers.package import WORKBOOK
from tiengvang.registers.table import HEAD_ROWS, LIMIT_BYTES, Table
from tiengvang.registers.workbook import read_workbook

ZIP_FILE = b"PK"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
NOBODY_KNOWS = Known()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that can be taken: its rows with their numbers, values in the order of the columns."""

    register: Register
    office: str
    rows: tuple[tuple[int, tuple[Any, ...]], ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The instant at which a file came, and the zone whose days the offices' days are."""

    at: datetime
    zone: tzinfo

    @property
    def day(self) -> date:
        """The day on which the file came."""
        return self.at.astimezone(self.zone).date()


def read_table(payload: bytes, *, file_name: str, last_row: int | None = None) -> Table:
    """Read the cells of a file, CSV or workbook by its content, up to a row where one is given.

    Raises:
        FileRefused: it is neither, or is larger than a register can be.
    """
    if not payload:
        raise refusal(file_name, Said("no bytes at all", "tệp rỗng"), WORKBOOK)
    if len(payload) > LIMIT_BYTES:
        raise refusal(
            file_name,
            Said(f"{len(payload)} bytes", f"{len(payload)} byte"),
            Said(f"at most {LIMIT_BYTES} bytes", f"không quá {LIMIT_BYTES} byte"),
        )
    if payload.startswith(COMPOUND_FILE):
        locked = Said("a workbook locked by a password", "sổ tính có mật khẩu")
        old = Said("a workbook of an old format (.xls)", "sổ tính định dạng cũ (.xls)")
        raise refusal(file_name, locked if _LOCKED in payload else old, WORKBOOK)
    if payload.startswith(ZIP_FILE):
        return read_workbook(payload, file_name=file_name, last_row=last_row)
    return read_csv(payload, file_name=file_name, last_row=last_row)


def named_register(payload: bytes) -> str | None:
    """Return which register a file says that it fills; None where it names none that there is."""
    try:
        table = read_table(payload, file_name="", last_row=1)
    except FileRefused:
        return None
    cells = table.rows.get(1, [])
    name = cells[1] if len(cells) > 1 else None
    name = plain(name) if isinstance(name, str) else None
    return name if name in REGISTERS else None


def check(
    payload: bytes,
    *,
    file_name: str,
    known: Known = NOBODY_KNOWS,
    receipt: Receipt | None = None,
    registers: Mapping[str, Register] = REGISTERS,
) -> Delivery:
    """Read a delivered file whole; pure.

    Args:
        payload: the file's bytes.
        file_name: its name, for the answers.
        known: codes that earlier files delivered.
        receipt: when the file came: nothing in it is of later; None: nobody says, and an instant is
            of the day of its own offset.
        registers: the registers that there are.

    Raises:
        FileRefused: something in it cannot be taken. The message and ``rejects`` name every place,
            what was found and what was expected.
    """
    table = read_table(payload, file_name=file_name)
    answers = Answers(file_name, table.sheet)
    for problem in table.problems:
        answers.add(problem)
    head = read_head(table, answers, registers)
    if head is None:
        raise answers.refusal()
    rows = []
    for number in sorted(table.rows):
        if number > HEAD_ROWS:
            row = _read_row(number, table.rows[number], head, known, receipt, answers)
            if row is not None:
                rows.append((number, row))
    if not any(number > HEAD_ROWS for number in table.rows):
        found = Said("no row below the headings", "không có dòng nào dưới tiêu đề")
        answers.add(Answer(found, Said("rows of data", "các dòng dữ liệu"), HEAD_ROWS + 1))
    _answer_repeats(rows, head, answers)
    answers.refuse_if_any()
    names = [column.name for column in head.register.columns]
    return Delivery(
        head.register,
        head.office,
        tuple((number, tuple(row[name] for name in names)) for number, row in rows),
    )


def _read_row(
    number: int,
    cells: list[Raw],
    head: Head,
    known: Known,
    receipt: Receipt | None,
    answers: Answers,
) -> dict[str, Any] | None:
    """Return the values of a row by column; None where it has an answer."""
    before = answers.count
    values: dict[str, Any] = {}
    for column, place in head.places:
        raw = cells[place - 1] if place <= len(cells) else None
        value = read_cell(raw, column)
        if isinstance(value, Problem):
            answers.add(Answer(value.found, value.expected, number, place, column.heading))
        else:
            values[column.name] = value
    for place in range(1, len(cells) + 1):
        if place not in head.taken and not is_empty(cells[place - 1]):
            expected = Said(
                "nothing: the column has no heading", "để trống dưới cột không có tiêu đề"
            )
            answers.add(Answer(found_in(cells[place - 1]), expected, number, place))
    for name, expected in _disagreements(values, head, known, receipt):
        column, place = head.column(name)
        raw = cells[place - 1] if place <= len(cells) else None
        answers.add(Answer(found_in(raw), expected, number, place, column.heading))
    return values if answers.count == before else None


def _disagreements(
    values: Mapping[str, Any], head: Head, known: Known, receipt: Receipt | None
) -> list[tuple[str, Said]]:
    """Return what the columns of a row that could be read do not agree in."""
    found = [
        (rule.column, rule.expected)
        for rule in head.register.rules
        if all(name in values for name in rule.reads) and not rule.holds(values)
    ]
    recorded: date | None = values.get("recorded_on")
    if recorded is not None and receipt is not None and recorded > receipt.day:
        found.append(("recorded_on", _to_come(str(receipt.day))))
    for column, _ in head.places:
        value = values.get(column.name)
        if value is None:
            continue
        problem = _code_problem(column, value, values, known)
        if isinstance(value, datetime):
            problem = _instant_problem(value, recorded, receipt)
        if problem is not None:
            found.append((column.name, problem))
    return found


def _instant_problem(
    value: datetime, recorded: date | None, receipt: Receipt | None
) -> Said | None:
    """Say of an instant what it may not lie after: the day of its recording, the file's receipt."""
    day = value.date() if receipt is None else value.astimezone(receipt.zone).date()
    if recorded is not None and day > recorded:
        return Said(f"not after recorded_on ({recorded})", f"không sau recorded_on ({recorded})")
    if receipt is not None and value > receipt.at:
        return _to_come(receipt.at.astimezone(receipt.zone).isoformat(timespec="minutes"))
    return None


def _to_come(latest: str) -> Said:
    return Said(f"not after {latest}: it is to come", f"không sau {latest}: chưa đến")


def _code_problem(
    column: Column, value: Any, values: Mapping[str, Any], known: Known
) -> Said | None:
    """Say what a code should be: one that was delivered or that exists, of the kind that its KPI counts."""
    if column.codes == "kpi":
        return kpi_problem(value, known)
    kpi = values.get("kpi_code")
    counted = None if kpi is None else (known.kpis or {}).get(kpi)
    if column.codes == "unit":
        problem = unit_problem(value, values.get("valid_on"), known)
        if problem is not None:
            return problem
        kind = "province" if value in provinces() else "ministry"
    elif column.name == "population_version":
        kind = "ministry" if value == "ministries" else "province"
    else:
        return None
    # A row that withdraws says again what was accepted, whatever its KPI counts since.
    if counted is None or counted == kind or values.get("is_withdrawn"):
        return None
    return Said(
        f"units of the kind {counted}: {kpi} counts no others",
        f"đơn vị loại {counted}: {kpi} chỉ tính loại này",
    )


def _answer_repeats(rows: list[tuple[int, dict[str, Any]]], head: Head, answers: Answers) -> None:
    """Answer rows that state a key twice on one day."""
    register = head.register
    names = (*dict.fromkeys((*register.key, "recorded_on")),)
    first: dict[tuple[Any, ...], int] = {}
    for number, row in rows:
        key = tuple(row[name] for name in names)
        earlier = first.setdefault(key, number)
        if earlier != number:
            column, place = head.column(register.key[0])
            listed = ", ".join(names)
            answers.add(
                Answer(
                    Said(f"the same {listed} as in row {earlier}", f"trùng {listed} với dòng {earlier}"),
                    Said("each once; an edit has a later recorded_on",
                         "mỗi giá trị một lần; sửa đổi phải có recorded_on muộn hơn"),
                    number, place, column.heading,
                )
            )  # fmt: skip
