"""Hold a template that came back against the sample that the public marts give."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from tiengvang.audit.answers import EXPECTED, Answer, Problem, read_answers, refuse
from tiengvang.audit.sample import focus_country, read_places, read_sample
from tiengvang.errors import FileRefused
from tiengvang.warehouse.connection import Connection

Places = dict[str, tuple[str, date]]


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """A template that came back, for one country, language and month; ``given`` are its answers."""

    name: str
    country_code: str
    language_code: str
    month: date
    rows: tuple[Answer, ...]
    bytes: int

    @property
    def given(self) -> list[Answer]:
        """The rows that were answered."""
        return [row for row in self.rows if row.is_answered]

    @property
    def checksum(self) -> str:
        """The sha256 of what is said, however a spreadsheet saved it."""
        said = sorted(f"{answer.record_id} {answer.is_about}" for answer in self.given)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def check_file(connection: Connection, path: Path) -> AnsweredFile:
    """Read a file of documents that the public marts hold, all in one language and of one month.

    Raises:
        FileRefused: nothing is answered, or a document, country, language or month does not agree
            with the marts or with the rows before; the message names every place.
    """
    payload = path.read_bytes()
    rows = read_answers(payload, file_name=path.name)
    if not any(row.is_answered for row in rows):
        refuse(path.name, [Problem(2, "is_about", "no answer in any row", EXPECTED)])
    country = focus_country(connection)
    places = read_places(connection, country, (row.record_id for row in rows))
    language, month = next(
        (places[row.record_id] for row in rows if row.record_id in places), ("", date.min)
    )
    problems = [_misplaced(row, country, language, month, places) for row in rows]
    refuse(path.name, [problem for problem in problems if problem])
    return AnsweredFile(path.name, country, language, month, tuple(rows), len(payload))


def require_one_each(files: Sequence[AnsweredFile]) -> None:
    """Make sure that no two files answer for one language and month.

    Raises:
        FileRefused: two do; the message names both.
    """
    for place, file in enumerate(files):
        for other in files[:place]:
            if (file.language_code, file.month) == (other.language_code, other.month):
                raise FileRefused(
                    f"{file.name}: {file.language_code} of {file.month:%Y-%m} is in {other.name} "
                    "too, expected one file per language and month"
                )


def require_sampled(connection: Connection, file: AnsweredFile) -> None:
    """Make sure that every document of a file is of the sample: who answers does not choose.

    Raises:
        FileRefused: one is not; the message names every row.
    """
    sample = read_sample(connection, file.country_code, file.month, file.language_code)
    sampled = {document.record_id for document in sample}
    expected = (
        f"one of the {len(sampled)} sampled documents; where data came late, draw the sample again "
        "over this file: it keeps the answers"
    )
    problems = [
        Problem(row.row, "record_id", row.record_id, expected)
        for row in file.rows
        if row.record_id not in sampled
    ]
    refuse(file.name, problems)


def _misplaced(
    row: Answer, country: str, language: str, month: date, places: Places
) -> Problem | None:
    """Return what a row says that is not so in the marts, or in the rows before."""
    place = partial(Problem, row.row)
    if row.country_code != country:
        return place("country_code", row.country_code, country)
    if row.record_id not in places:
        return place("record_id", row.record_id, f"a document about {country} of the sample")
    found_language, found_month = places[row.record_id]
    if found_month != month:
        found = f"{row.record_id}, of {found_month:%Y-%m}"
        return place("record_id", found, f"a document of {month:%Y-%m}, as in the rows before")
    if found_language != language:
        found = f"{row.record_id}, in {found_language}"
        return place("record_id", found, f"a document in {language}, as in the rows before")
    if row.language_code != language:
        return place("language", row.language_code, language)
    return None
