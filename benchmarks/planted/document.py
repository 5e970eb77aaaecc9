"""The committed table of what planted worlds gave: written, read back, and compared with another run."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.planted.sections import SECTIONS, Section, words
from benchmarks.planted.shown import Row

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "planted_worlds.md"
WIDTH = 130
FIGURE = re.compile(r"(-?[\d.]+)(?: %)? ± [\d.]+")
INTRODUCTION = """
What the analysis finds of what is there, and how often it finds what is not: measured on worlds in
which the truth is planted, because no real one tells it. Written by `python -m benchmarks.planted
--write` from the figures that it measured; nothing here is typed. `make bench` measures the full column
again and fails where it differs or where a goal that is met here is missed; `make test` does so with
the fewer worlds of the column on the right.

± is one standard error over such worlds. Goals are held against the full column. A goal that is
*missed* is a known weakness, and stands in the page of the method too. Seeds are fixed: the same
program gives the same figures. Because another processor may round otherwise, a figure counts as
changed when it moves by more than a third of its standard error. How long it takes is not in this
table, because it depends on the machine: `make bench` prints it, with a goal of 20 seconds for a daily
run over 60 series and 40 events, and of a cost that grows no faster than the series.

*Tiếng Việt: mỗi phần có một đoạn tóm tắt. Mọi con số do chương trình đo và ghi lại trên các thế giới mô
phỏng, nơi sự thật được cài sẵn; ± là một sai số chuẩn; "met" là đạt mục tiêu, "missed" là không đạt.*
"""
HEAD = "| | Goal | Measured | Of | Goal is | `make test` | Of |\n| --- | --- | --- | --- | --- | --- | --- |"


@dataclass(frozen=True, slots=True)
class Printed:
    """A row of the document; a figure is None where that run did not have it."""

    full: float | None
    verdict: str
    reduced: float | None


Measured = Mapping[str, Sequence[Row]]


def write(full: Measured, reduced: Measured) -> str:
    """Return the document's text; rows by the section's title."""
    parts = ["# Planted worlds", _wrapped(INTRODUCTION)]
    parts += [_section(section, full[section.title], reduced) for section in SECTIONS]
    return "\n\n".join(parts) + "\n"


def _section(section: Section, rows: Sequence[Row], reduced: Measured) -> str:
    fewer = {row.name: row for row in reduced[section.title]}
    figures = words(rows)
    by_comma = {key: re.sub(r"(?<=\d)\.(?=\d)", ",", text) for key, text in figures.items()}
    lines = [HEAD]
    for row in rows:
        other = fewer.get(row.name)
        cells = [row.name, row.asked, row.printed, row.sample, row.verdict]
        cells += [other.printed, other.sample] if other else ["", ""]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n\n".join(
        [
            f"## {section.title}",
            _wrapped(section.text.format(**figures)),
            "\n".join(lines),
            _wrapped(f"*Tiếng Việt.* {section.vietnamese.strip().format(**by_comma)}"),
        ]
    )


def _wrapped(text: str) -> str:
    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(
        textwrap.fill(" ".join(paragraph.split()), WIDTH, break_on_hyphens=False)
        for paragraph in paragraphs
    )


def read(text: str) -> dict[str, Printed]:
    """Return the rows of a document by name."""
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")] if line[:2] == "| " else []
        if len(cells) >= 4 and "±" in line:
            name, _, full, _, verdict, reduced, _ = (*cells, "", "", "")[:7]
            found[name] = Printed(_number(full), verdict.strip("| "), _number(reduced))
    return found


def _number(cell: str) -> float | None:
    match = FIGURE.fullmatch(cell)
    return float(match[1]) if match else None


def differences(rows: Sequence[Row], printed: Mapping[str, float | None]) -> Iterator[str]:
    """Yield in words what the document's column has that the run has not, what it lacks, and what differs.

    Args:
        rows: of one run, all sections.
        printed: the same column of the document.
    """
    measured = {row.name: row for row in rows}
    for name in measured.keys() | {name for name, figure in printed.items() if figure is not None}:
        row, figure = measured.get(name), printed.get(name)
        if row is None or figure is None:
            yield f"{name}: {'not measured' if row is None else 'not in the document'}"
        elif not row.agrees(figure):
            yield f"{name}: measured {row.printed}, in the document {figure:g}"
