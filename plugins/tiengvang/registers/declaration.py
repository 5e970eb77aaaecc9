"""What a register is: columns, key, rules across columns, examples; in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Kind = Literal[
    "text", "code", "choice", "list", "day", "instant", "yes_no", "whole", "number", "percent", "url",
]  # fmt: skip
Codes = Literal["country", "unit", "kpi"]
Values = Mapping[str, Any]


class Said(NamedTuple):
    """One thing in both languages."""

    en: str
    vi: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Its English heading is its name; an empty cell is null, where it is not required.

    ``choices`` are the values of a choice or list, ``codes`` where other values are listed; bounds
    are of numbers.
    """

    name: str
    kind: Kind
    heading_vi: str
    about: Said
    is_required: bool = True
    choices: tuple[str, ...] = ()
    codes: Codes | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def heading(self) -> Said:
        """The headings of rows 4 and 5."""
        return Said(self.name, self.heading_vi)


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold across the ``reads`` columns of a row; ``column`` is the one that is answered."""

    column: str
    reads: tuple[str, ...]
    expected: Said
    holds: Callable[[Values], bool]


@dataclass(frozen=True, slots=True)
class Register:
    """One register. ``key``: what a statement is about; ``examples`` are cells as people type them."""

    name: str
    title: Said
    about: Said
    own_columns: tuple[Column, ...]
    key: tuple[str, ...]
    examples: tuple[Mapping[str, str], ...]
    rules: tuple[Rule, ...] = ()
    version: int = 1

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of a template, in order."""
        return (*self.own_columns, IS_WITHDRAWN, VALID_ON, RECORDED_ON)

    @property
    def table(self) -> str:
        """The raw table that it fills."""
        return f"raw.registers__{self.name}"


IS_WITHDRAWN = Column(
    "is_withdrawn", "yes_no", "Đã rút",
    Said(
        "`yes` takes back what was stated under this key, from recorded_on on; empty otherwise.",
        "Ghi `có` để rút nội dung đã nêu theo khóa này, kể từ recorded_on; nếu không thì để trống.",
    ),
    is_required=False,
)  # fmt: skip
VALID_ON = Column(
    "valid_on", "day", "Có hiệu lực từ",
    Said("Day from which the statement is true.", "Ngày mà từ đó nội dung của dòng là đúng."),
)  # fmt: skip
RECORDED_ON = Column(
    "recorded_on", "day", "Ngày ghi nhận",
    Said(
        "Day on which the office recorded the row. An edit is a new row with a later day.",
        "Ngày đơn vị ghi nhận dòng này. Sửa đổi là một dòng mới có ngày muộn hơn.",
    ),
)  # fmt: skip


def not_before(later: str, earlier: str) -> Rule:
    """``later`` is not before ``earlier``, where both are stated."""
    expected = Said(f"not before {earlier}", f"không sớm hơn {earlier}")

    def holds(row: Values) -> bool:
        return row[later] is None or row[earlier] is None or row[later] >= row[earlier]

    return Rule(later, (later, earlier), expected, holds)


def not_above(smaller: str, larger: str) -> Rule:
    """``smaller`` is at most ``larger``, where both are stated."""
    expected = Said(f"at most {larger}", f"không lớn hơn {larger}")

    def holds(row: Values) -> bool:
        return row[smaller] is None or row[larger] is None or row[smaller] <= row[larger]

    return Rule(smaller, (smaller, larger), expected, holds)


def needs(stated: str, needed: str) -> Rule:
    """Where ``stated`` is, ``needed`` is too."""
    expected = Said(f"a value, because {stated} is stated", f"một giá trị, vì {stated} đã được nêu")

    def holds(row: Values) -> bool:
        return row[stated] is None or row[needed] is not None

    return Rule(needed, (stated, needed), expected, holds)


def together(one: str, other: str) -> tuple[Rule, Rule]:
    """Both are stated, or neither."""
    return needs(one, other), needs(other, one)


def one_of(*names: str) -> Rule:
    """At least one of them is stated."""
    expected = Said(
        f"a value in one of {', '.join(names)}",
        f"một giá trị ở một trong các cột {', '.join(names)}",
    )

    def holds(row: Values) -> bool:
        return any(row[name] is not None for name in names)

    return Rule(names[0], names, expected, holds)


def only_when(stated: str, column: str, values: tuple[str, ...]) -> Rule:
    """``stated`` is empty unless ``column`` is one of ``values``."""
    listed = ", ".join(values)
    expected = Said(
        f"nothing, unless {column} is {listed}", f"để trống, trừ khi {column} là {listed}"
    )

    def holds(row: Values) -> bool:
        return row[stated] is None or row[column] in values

    return Rule(stated, (stated, column), expected, holds)


def needed_when(needed: str, column: str, values: tuple[str, ...]) -> Rule:
    """``needed`` is stated where ``column`` is one of ``values``."""
    listed = ", ".join(values)
    expected = Said(
        f"a value, because {column} is {listed}", f"một giá trị, vì {column} là {listed}"
    )

    def holds(row: Values) -> bool:
        return row[needed] is not None or row[column] not in values

    return Rule(needed, (needed, column), expected, holds)
