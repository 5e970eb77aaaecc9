"""One line of a yearly table: its label, year and figures, or the reason why it cannot be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

FIGURES = (
    "new_projects",
    "new_capital_usd_million",
    "adjusted_projects",
    "adjusted_capital_usd_million",
    "share_purchases",
    "share_purchase_capital_usd_million",
)
COUNTS = frozenset({"new_projects", "adjusted_projects", "share_purchases"})
LABELS = ("partner", "sector", "province")
LABEL_LENGTH = 200
FIRST_YEAR, LAST_YEAR = (
    1988,
    2100,
)  # the first law on foreign investment was passed in December 1987
TOTALS = frozenset({"tổng số", "tổng cộng", "tổng", "total", "grand total"})

# Thousands are parted by commas, as in every genuine file; a negative number may stand in brackets.
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9})(?:\.[0-9]{1,9})?")
_YEAR = re.compile(r"[0-9]{4}")

Figure = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line's label as printed, composed and without spaces around it, and the six ``FIGURES``."""

    label: str
    year: int
    figures: tuple[Figure, ...]


def read_line(fields: list[str], columns: Mapping[str, int]) -> Line | str:
    """Return a line, or a reason that names the column and says nothing of what stood there."""
    if len(fields) != len(columns):
        return f"{len(fields)} fields, expected {len(columns)}"
    label = _label(fields[next(columns[name] for name in LABELS if name in columns)])
    if not label:
        return "no label of printable letters"
    year = fields[columns["year"]].strip()
    if not _YEAR.fullmatch(year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return f"year: expected four digits from {FIRST_YEAR} to {LAST_YEAR}"
    figures: list[Figure] = []
    for name in FIGURES:
        figure = read_figure(fields[columns[name]], is_count=name in COUNTS)
        if isinstance(figure, str):
            return f"{name}: {figure}"
        figures.append(figure)
    if all(figure is None for figure in figures):
        return "no figure in any column"
    return Line(label, int(year), tuple(figures))


def read_figure(cell: str, *, is_count: bool) -> Figure | str:
    """Return a printed figure (a dash is zero, nothing is None), or the reason why it is none."""
    text = cell.strip()
    if not text:
        return None
    if text in ("-", "–"):
        return 0 if is_count else Decimal(0)
    bracketed = text.startswith("(") and text.endswith(")")
    text = text[1:-1].strip() if bracketed else text
    negative = bracketed or text.startswith("-")
    text = text.removeprefix("-").strip() if not bracketed else text
    if not _NUMBER.fullmatch(text):
        return "no number"
    value = Decimal(text.replace(",", ""))
    if not is_count:
        return -value if negative else value
    if value != int(value) or negative:
        return "a count is not whole, or negative"
    return int(value)


def is_total(label: str) -> bool:
    """Say whether a label is that of a total."""
    return label.rstrip(":").strip().lower() in TOTALS


def _label(cell: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", cell).split())
    return text if text.isprintable() and len(text) <= LABEL_LENGTH else ""
