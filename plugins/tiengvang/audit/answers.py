"""Read a template that came back: bytes to answers, or every place that cannot be taken.

Spreadsheets save what they were given in other ways than they got it: with semicolons or tabs, with or
without a byte-order mark, with other line ends, with the answer's accents composed or not. All of it is read.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tiengvang.errors import FileRefused

COLUMNS = ("record_id", "country_code", "language", "is_about")
LIMIT_BYTES = 4 * 1024**2
EXPECTED = "yes, no or unsure (có, không, không rõ), or nothing"
_YES = frozenset({"yes", "y", "true", "1", "có", "co", "đúng", "dung"})
_NO = frozenset({"no", "n", "false", "0", "không", "khong", "ko", "sai"})
_UNSURE = frozenset({"unsure", "?", "không rõ", "khong ro", "chưa rõ", "chua ro"})
_SHOWN_LETTERS = 40
_SHOWN_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """A place of a file that cannot be taken; row 1 is the header, as a spreadsheet counts."""

    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        shown = self.found[:_SHOWN_LETTERS] + ("…" if len(self.found) > _SHOWN_LETTERS else "")
        return f"row {self.row}, column {self.column}: found {shown!r}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: a document and what the office says of it; ``is_about`` is None for unsure."""

    row: int
    record_id: str
    country_code: str
    language_code: str
    is_answered: bool
    is_about: bool | None


def refuse(file_name: str, problems: list[Problem]) -> None:
    """Refuse a file that has problems; all of them are in the message, up to 20.

    Raises:
        FileRefused: there is a problem.
    """
    if not problems:
        return
    shown = [f"  {problem}" for problem in sorted(problems, key=lambda problem: problem.row)]
    more = len(shown) - _SHOWN_PROBLEMS
    if more > 0:
        shown[_SHOWN_PROBLEMS:] = [f"  and {more} more"]
    raise FileRefused("\n".join([f"{file_name}: nothing of it was taken", *shown]))


def read_answers(payload: bytes, *, file_name: str) -> list[Answer]:
    """Read a template, filled or not; pure.

    Columns may come in any order and others may be there. Rows of empty cells are left out.

    Raises:
        FileRefused: it is no such table, an answer is none of those known, or a document comes
            twice; the message names every row and column, what was found and what was expected.
    """
    rows = _table(payload, file_name)
    header = {_plain(name).replace(" ", "_"): place for place, name in enumerate(next(rows))}
    missing = [name for name in COLUMNS if name not in header]
    refuse(
        file_name,
        [Problem(1, name, "no such column", "the columns of the template") for name in missing],
    )
    answers: list[Answer] = []
    problems: list[Problem] = []
    first_row: dict[str, int] = {}
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        answer, problem = _answer(number, cells, header)
        record_id = answer.record_id
        if not record_id:
            problem = Problem(number, "record_id", "", "the id of a document of the template")
        elif record_id in first_row:
            expected = f"each document once: it is in row {first_row[record_id]} too"
            problem = Problem(number, "record_id", record_id, expected)
        first_row.setdefault(record_id, number)
        answers.append(answer)
        if problem:
            problems.append(problem)
    refuse(file_name, problems)
    return answers


def _answer(
    number: int, cells: list[str], header: Mapping[str, int]
) -> tuple[Answer, Problem | None]:
    values = {
        name: cells[header[name]].strip() if header[name] < len(cells) else "" for name in COLUMNS
    }
    text = values["is_about"]
    said = _plain(text)
    is_known = not said or said in _YES | _NO | _UNSURE
    answer = Answer(
        number,
        values["record_id"],
        values["country_code"].upper(),
        values["language"].lower(),
        is_answered=bool(said),
        is_about=True if said in _YES else False if said in _NO else None,
    )
    return answer, None if is_known else Problem(number, "is_about", text, EXPECTED)


def _table(payload: bytes, file_name: str) -> Iterator[list[str]]:
    """Yield the rows of a table of which only the header tells what separates its cells."""
    if len(payload) > LIMIT_BYTES:
        raise FileRefused(f"{file_name}: {len(payload)} bytes, expected at most {LIMIT_BYTES}")
    is_utf16 = payload.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = payload.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(
            f"{file_name}: byte {error.start} is no UTF-8; save it as CSV UTF-8"
        ) from None
    if "\0" in text:
        raise FileRefused(f"{file_name}: it holds a null character, it is no CSV file")
    header = text.split("\n", 1)[0]
    if not header.strip():
        raise FileRefused(f"{file_name}: its first row is empty, expected the template's header")
    separator = max(",;\t", key=header.count)
    try:
        # Read at once: a fault in a later row must not leave half of the rows taken.
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise FileRefused(f"{file_name}: it is no CSV file ({error})") from None
    return iter(rows)


def _plain(text: str) -> str:
    """Return a cell in lower case, its accents composed, its spaces single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
