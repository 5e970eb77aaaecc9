"""What the writer writes reads back equal, and a cell that is changed is read so or answered by its place."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from openpyxl import load_workbook
from register_files import OFFICE, as_csv, lines

from tiengvang.errors import FileRefused
from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.cells import plain
from tiengvang.registers.checking import check
from tiengvang.registers.codes import countries, provinces
from tiengvang.registers.declaration import Column, Register
from tiengvang.registers.kinds import LARGEST_WHOLE
from tiengvang.registers.personal import personal
from tiengvang.registers.templates import csv_template, xlsx_template

RECORDED = st.dates(date(2026, 7, 1), date(2026, 12, 31))
BEFORE = st.dates(date(1990, 1, 1), date(2026, 6, 29))
TEXT = (
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
    .map(plain)
    .filter(lambda text: text and not text.startswith("=") and len(text) < 2000)
    .filter(lambda text: personal(text) is None and text.isprintable())
    .filter(lambda text: text.casefold() not in {"-", "–", "—", "n/a", "na", "null", "none"})
)
CODE = st.from_regex(r"\A[A-Za-z](?:[A-Za-z0-9_]{0,20}[A-Za-z0-9])?\Z").filter(
    lambda code: code.casefold() not in {"na", "null", "none"}
)


def _instants() -> st.SearchStrategy[datetime]:
    zones = st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(-timedelta(hours=4))])
    seconds = st.integers(0, 10**8)
    return st.builds(
        lambda zone, second: datetime(2020, 1, 1, tzinfo=zone) + timedelta(seconds=second),
        zones,
        seconds,
    )


def _value(column: Column) -> st.SearchStrategy[Any]:
    if column.name == "recorded_on":
        return RECORDED
    if column.codes == "country" and column.kind == "code":
        return st.sampled_from(sorted(countries()))
    least = int(column.minimum or 0)
    most = int(column.maximum or LARGEST_WHOLE)
    made: dict[str, st.SearchStrategy[Any]] = {
        "text": TEXT,
        "code": CODE,
        "choice": st.sampled_from(column.choices or ("-",)),
        "list": st.lists(
            st.sampled_from(column.choices or sorted(countries())),
            min_size=1,
            max_size=4,
            unique=True,
        ).map(" ".join),
        "day": BEFORE,
        "instant": _instants(),
        "yes_no": st.booleans(),
        "whole": st.integers(least, most),
        "number": st.decimals(1, most, places=3, allow_nan=False, allow_infinity=False),
        "percent": st.decimals(1, 100, places=4, allow_nan=False, allow_infinity=False)
        | st.just(Decimal(0)),
        "url": st.from_regex(r"\Ahttps://[a-z]{1,9}\.example/[a-z0-9/_-]{0,30}\Z"),
    }
    return made[column.kind] if column.is_required else st.none() | made[column.kind]


@cache
def _rows(name: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows that are valid one by one and together."""
    register = REGISTERS[name]
    row = st.fixed_dictionaries({column.name: _value(column) for column in register.columns})
    valid = row.map(_mended).filter(
        lambda values: all(rule.holds(values) for rule in register.rules)
    )
    return st.lists(
        valid, min_size=1, max_size=4,
        unique_by=lambda values: tuple(values[name] for name in (*register.key, "recorded_on")),
    )  # fmt: skip


def _mended(row: dict[str, Any]) -> dict[str, Any]:
    """Make a row agree in itself where chance seldom would."""
    mended = dict(row)
    for low, high in (
        ("starts_on", "ends_on"),
        ("valid_on", "due_on"),
        ("numerator", "denominator"),
    ):
        if mended.get(low) is not None and mended.get(high) is not None:
            mended[low], mended[high] = sorted((mended[low], mended[high]))
    if "numerator" in mended and None in (mended["numerator"], mended["denominator"]):
        mended |= {"numerator": None, "denominator": None, "reported_percent": Decimal(90)}
    if "population_version" in mended and mended["population_version"] != "ministries":
        mended["population_version"] = "63" if mended["valid_on"] < date(2025, 7, 1) else "34"
    if "tier" in mended:
        mended["tier"] = "strategic" if mended["kind"] == "partnership_tier" else None
    if "seen_at" in mended:
        _mend_case(mended)
    return mended


def _mend_case(row: dict[str, Any]) -> None:
    names = ("seen_at", "triaged_at", "decided_at", "statement_at")
    stated = [name for name in names if row[name] is not None]
    for name, moment in zip(stated, sorted(row[name] for name in stated), strict=True):
        row[name] = moment
    if row["decided_at"] is None or row["decision"] is None:
        row |= {"decided_at": None, "decision": None}
    if row["decision"] not in ("statement", "correct_ourselves"):
        row |= {"statement_at": None}
    if row["statement_at"] is None:
        row["statement_url"] = None


NAMES = st.sampled_from(list(REGISTERS))


@effort(max_examples=80)
@given(NAMES, st.data())
def test_what_is_written_reads_back_equal(name: str, data: st.DataObject) -> None:
    register, rows = REGISTERS[name], data.draw(_rows(name))
    expected = [tuple(row[column.name] for column in register.columns) for row in rows]
    for write in (csv_template, xlsx_template):
        found = check(write(register, rows, office=OFFICE), file_name="file")
        assert [values for _, values in found.rows] == expected
        assert [number for number, _ in found.rows] == list(range(6, 6 + len(rows)))


ANYTHING = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "=1", "2026-25-07", "13/07/2026", "101", "0.5", "yes", "có", "a@b.vn", "0912345678",
         "JPN", "63", "#REF!", "-", "1e9", *list(provinces())[:5]]
    ),
).map(lambda text: text.replace("\0", ""))  # fmt: skip


@effort(max_examples=200)
@given(NAMES, st.data())
def test_a_changed_cell_is_read_or_answered(name: str, data: st.DataObject) -> None:
    register = REGISTERS[name]
    rows = lines(register)
    number = data.draw(st.integers(1, len(rows)))
    place = data.draw(st.integers(1, len(register.columns)))
    text = data.draw(ANYTHING)
    before = check(as_csv(rows), file_name="file")
    rows[number - 1] += [""] * (place - len(rows[number - 1]))
    rows[number - 1][place - 1] = text
    column = register.columns[place - 1].name
    try:
        found = check(as_csv(rows), file_name="file")
    except FileRefused as refused:
        _assert_names(refused, number, place, register)
        return
    changed = [
        (row, each.name)
        for (row, values), (_, old) in zip(found.rows, before.rows, strict=True)
        for at, each in enumerate(register.columns)
        if values[at] != old[at]
    ]
    assert set(changed) <= {(number, column)}


def _assert_names(refused: FileRefused, number: int, place: int, register: Register) -> None:
    """Some answer names the cell, or one that the same rule or key joins with it in its row."""
    letter = chr(ord("A") + place - 1)
    named = {reject.place for reject in refused.rejects}
    column = register.columns[place - 1].name
    joined = {name for rule in register.rules if column in rule.reads for name in rule.reads}
    joined |= set(register.key) | {"valid_on", "recorded_on", "seen_at", "triaged_at"}
    letters = {
        letter,
        *(chr(ord("A") + p) for p, c in enumerate(register.columns) if c.name in joined),
    }
    rows = {number, *range(6, 6 + len(register.examples))} if number > 5 else {number}
    places = {f"{each}{row}" for each in letters for row in rows}
    assert named & (places | {str(number)}), (number, letter, named)


@effort(max_examples=40)
@given(NAMES, st.data())
def test_a_changed_cell_of_a_workbook_is_read_as_in_csv(name: str, data: st.DataObject) -> None:
    register = REGISTERS[name]
    text = data.draw(
        ANYTHING.filter(lambda text: text.isprintable() and not text.startswith(("=", "#")))
    )
    row = data.draw(st.sampled_from([1, 2, 3, 6]))
    place = 2 if row < 4 else data.draw(st.integers(1, len(register.columns)))
    book = load_workbook(io.BytesIO(xlsx_template(register, register.examples, office=OFFICE)))
    book["data"].cell(row, place).value = text
    packed = io.BytesIO()
    book.save(packed)
    rows = lines(register)
    rows[row - 1][place - 1] = text
    assert _outcome(packed.getvalue()) == _outcome(as_csv(rows))


def _outcome(payload: bytes) -> Any:
    try:
        return check(payload, file_name="file").rows
    except FileRefused as refused:
        return [
            (str(reject.place).removeprefix("data!"), reject.reason) for reject in refused.rejects
        ]
