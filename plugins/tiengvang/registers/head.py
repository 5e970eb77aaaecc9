"""The five rows above the data: which register, which version, which office, and the headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tiengvang.registers.answers import Answer, Answers
from tiengvang.registers.cells import Raw, found_in, is_empty, plain
from tiengvang.registers.declaration import Column, Register, Said
from tiengvang.registers.personal import personal, shown
from tiengvang.registers.table import Table

TEMPLATE, VERSION, OFFICE = "template", "version", "office"
LONGEST_OFFICE = 120
_NAMED = Said(
    "the name of an office; never a person, no address, no number",
    "tên đơn vị; không phải tên người, địa chỉ hay số điện thoại",
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says, and on which place (from 1) each column stands; ``taken`` are those places."""

    register: Register
    office: str
    places: tuple[tuple[Column, int], ...]
    taken: frozenset[int]

    def column(self, name: str) -> tuple[Column, int]:
        """Return a column and its place."""
        return next(pair for pair in self.places if pair[0].name == name)


def read_head(table: Table, answers: Answers, registers: Mapping[str, Register]) -> Head | None:
    """Read the first five rows; None where rows below cannot be read by them."""
    register = _register(table, answers, registers)
    if register is None:
        return None
    has_version = _check_version(table, register, answers)
    office = _office(table, answers)
    if not has_version:
        return None
    before = answers.count
    places = _places(table, register, answers)
    if answers.count > before:
        return None
    return Head(register, office, places, frozenset(place for _, place in places))


def _register(table: Table, answers: Answers, registers: Mapping[str, Register]) -> Register | None:
    if not _is_label(table, 1, TEMPLATE, answers):
        return None
    name = _text(table, 1, 2)
    register = registers.get(name)
    if register is None:
        listed = ", ".join(registers)
        expected = Said(f"one of the registers {listed}", f"một trong các sổ {listed}")
        answers.add(Answer(shown(name), expected, 1, 2))
    return register


def _check_version(table: Table, register: Register, answers: Answers) -> bool:
    if not _is_label(table, 2, VERSION, answers):
        return False
    text = _text(table, 2, 2)
    if text == str(register.version):
        return True
    expected = Said(f"version {register.version}", f"phiên bản {register.version}")
    if text.isdecimal() and 0 < int(text) < register.version:
        expected = Said(
            f"{expected.en}: this one was replaced, copy the rows into a new template",
            f"{expected.vi}: bản này đã được thay, hãy chép các dòng sang biểu mẫu mới",
        )
    elif text.isdecimal() and int(text) > register.version:
        expected = Said(
            f"{expected.en}: a newer one is not known here, update the product first",
            f"{expected.vi}: bản mới hơn chưa được biết ở đây, hãy cập nhật phần mềm trước",
        )
    answers.add(Answer(shown(text), expected, 2, 2))
    return False


def _office(table: Table, answers: Answers) -> str:
    if not _is_label(table, 3, OFFICE, answers):
        return ""
    name = _text(table, 3, 2)
    held = personal(name)
    letters = sum(letter.isalpha() for letter in name)
    if (
        held is not None
        or letters < 2
        or len(name) > LONGEST_OFFICE
        or "@" in name
        or name[0] == "="
    ):
        answers.add(Answer(held or shown(name), _NAMED, 3, 2))
    return name


def _is_label(table: Table, row: int, label: str, answers: Answers) -> bool:
    """Say whether a row of the head begins as it should and holds one value; answer it otherwise."""
    expected = Said(f"{label!r}", f"{label!r}")
    if _text(table, row, 1) != label:
        answers.add(Answer(found_in(_cell(table, row, 1)), expected, row, 1))
        return False
    for place in range(3, len(table.rows.get(row, ())) + 1):
        if not is_empty(_cell(table, row, place)):
            nothing = Said("nothing here", "để trống ở đây")
            answers.add(Answer(found_in(_cell(table, row, place)), nothing, row, place))
    return True


def _places(table: Table, register: Register, answers: Answers) -> tuple[tuple[Column, int], ...]:
    """Return the place of every column; headings that are missing, doubled or unknown are answers."""
    columns = {column.name: column for column in register.columns}
    found: dict[str, int] = {}
    for place in range(1, max(len(table.rows.get(4, ())), len(table.rows.get(5, ()))) + 1):
        name = _text(table, 4, place)
        if not name and is_empty(_cell(table, 5, place)):
            continue
        if name not in columns:
            listed = ", ".join(columns)
            expected = Said(f"one of the headings {listed}", f"một trong các tiêu đề {listed}")
            answers.add(Answer(found_in(_cell(table, 4, place)), expected, 4, place))
        elif name in found:
            once = Said("each heading once", "mỗi tiêu đề một lần")
            answers.add(Answer(shown(name), once, 4, place))
        else:
            found[name] = place
            _check_translation(table, columns[name], place, answers)
    for name in columns:
        if name not in found:
            missing = Said(f"no heading {name}", f"không có tiêu đề {name}")
            answers.add(Answer(missing, Said("all headings", "đủ mọi tiêu đề"), 4))
    return tuple((columns[name], place) for name, place in found.items())


def _check_translation(table: Table, column: Column, place: int, answers: Answers) -> None:
    """Row 5 has the Vietnamese heading: where it was deleted, a row of data would be lost."""
    if _text(table, 5, place).casefold() != column.heading_vi.casefold():
        heading = f"{column.heading_vi!r}"
        expected = Said(f"the Vietnamese heading {heading}", f"tiêu đề tiếng Việt {heading}")
        answers.add(Answer(found_in(_cell(table, 5, place)), expected, 5, place, column.heading))


def _cell(table: Table, row: int, place: int) -> Raw:
    cells = table.rows.get(row, [])
    return cells[place - 1] if place <= len(cells) else None


def _text(table: Table, row: int, place: int) -> str:
    """Return a cell's text; empty where it holds no text and no whole number."""
    value = _cell(table, row, place)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain(str(value)) if isinstance(value, str | int) else ""
