"""The answers to a file that cannot be taken: every place, what was found and expected, both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from tiengvang.errors import FileRefused
from tiengvang.registers.declaration import Said
from tiengvang.sources.records import Reject

MOST_ANSWERS = 200
MOST_IN_REASON = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """One place of a file: the row as a spreadsheet counts (None: the file), and the column from 1."""

    found: Said
    expected: Said
    row: int | None = None
    column: int | None = None
    heading: Said | None = None

    @property
    def cell(self) -> str:
        """The address of the place, such as ``K7``, ``K`` or ``7``; empty for the file."""
        letter = "" if self.column is None else get_column_letter(self.column)
        return f"{letter}{self.row or ''}"

    @property
    def sentence(self) -> Said:
        """The answer as a sentence."""
        letter = "" if self.column is None else get_column_letter(self.column)
        en, vi = [], []
        if self.row is not None:
            en.append(f"row {self.row}")
            vi.append(f"dòng {self.row}")
        if letter:
            named = self.heading or Said("", "")
            en.append(f"column {named.en} ({letter})" if named.en else f"column {letter}")
            vi.append(f"cột {named.vi} ({letter})" if named.vi else f"cột {letter}")
        place = Said(", ".join(en), ", ".join(vi))
        return Said(
            f"{place.en + ': ' if en else ''}found {self.found.en}, expected {self.expected.en}",
            f"{place.vi + ': ' if vi else ''}thấy {self.found.vi}, cần {self.expected.vi}",
        )


@dataclass(slots=True)
class Answers:
    """The answers to one file, the first 200 of them; the others are counted."""

    file_name: str
    sheet: str | None = None
    given: list[Answer] = field(default_factory=list)
    count: int = 0

    def add(self, answer: Answer) -> None:
        """Take one more answer in."""
        self.count += 1
        if len(self.given) < MOST_ANSWERS:
            self.given.append(answer)

    def refuse_if_any(self) -> None:
        """Refuse the file where there is an answer.

        Raises:
            FileRefused: there is one.
        """
        if self.given:
            raise self.refusal()

    def refusal(self) -> FileRefused:
        """Return the refusal: its message has the first 20 answers, its ``rejects`` the first 200."""
        return FileRefused(self._reason(), self._rejects())

    def _ordered(self) -> list[Answer]:
        return sorted(self.given, key=lambda answer: (answer.row or 0, answer.column or 0))

    def _reason(self) -> str:
        lines = [f"{self.file_name}: nothing of it was taken / không nhận dòng nào của tệp này"]
        ordered: Sequence[Answer] = self._ordered()
        for answer in ordered[:MOST_IN_REASON]:
            lines += [f"  {answer.sentence.en}", f"    {answer.sentence.vi}"]
        more = self.count - min(len(ordered), MOST_IN_REASON)
        if more:
            lines.append("  " + " / ".join(_more(more)))
        return "\n".join(lines)

    def _rejects(self) -> tuple[Reject, ...]:
        sheet = f"{self.sheet}!" if self.sheet else ""
        rejects = [
            Reject(number, " / ".join(answer.sentence), f"{sheet}{answer.cell}" or None)
            for number, answer in enumerate(self._ordered(), start=1)
        ]
        more = self.count - len(rejects)
        if more:
            rejects.append(Reject(len(rejects) + 1, " / ".join(_more(more))))
        return tuple(rejects)


def _more(count: int) -> Said:
    return Said(f"and {count} more", f"và {count} chỗ khác")


def refusal(file_name: str, found: Said, expected: Said) -> FileRefused:
    """Return the refusal of a file that cannot be opened at all."""
    answers = Answers(file_name)
    answers.add(Answer(found, expected))
    return answers.refusal()
