"""Each printed figure's own query, run anew: equal, different, or gone."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tiengvang.edition.receipts import FOLDER

FIGURES = "figures"
AT_ONCE = 100
# A cell is the same to the last bit. What is computed may differ in its last bits: sums of the database
# and of the edition add in another order.
COMPUTED_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class FigureToday:
    """A figure whose query gives another value today, or none: null, no row, or an error."""

    id: str
    section: str
    printed: str
    published: float
    today: float | None


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """How many figures are equal, and those that are not."""

    n_equal: int
    different: tuple[FigureToday, ...]
    gone: tuple[FigureToday, ...]

    @property
    def is_equal(self) -> bool:
        """Whether every figure is what it was."""
        return not self.different and not self.gone


def check_figures(
    connection: psycopg.Connection[Any], folder: Path, altered: Collection[str] = ()
) -> FigureCheck:
    """Run the query of each figure of a published edition, and compare with what was published.

    Queries are read from the edition's receipts; a file that was ``altered`` since is not run. An edition
    of a version without receipts of figures has none.
    """
    found = list(_figures(folder, altered))
    values = [
        value
        for start in range(0, len(found), AT_ONCE)
        for value in _values(
            connection,
            [one["sql"].rstrip().removesuffix(";") for _, one in found[start : start + AT_ONCE]],
        )
    ]
    different: list[FigureToday] = []
    gone: list[FigureToday] = []
    for (section, one), value in zip(found, values, strict=True):
        if _is_equal(one, value):
            continue
        printed = ", ".join(one["printed"]["en"] or one["printed"]["vi"])
        today = FigureToday(one["id"], section, printed, one["value"], value)
        (gone if value is None else different).append(today)
    return FigureCheck(len(found) - len(different) - len(gone), tuple(different), tuple(gone))


def _figures(folder: Path, altered: Collection[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((folder / FOLDER / FIGURES).glob("*.json")):
        if f"{FOLDER}/{FIGURES}/{path.name}" in altered:
            continue
        for block in json.loads(path.read_bytes())["blocks"]:
            for figure in block["figures"]:
                yield path.stem, figure


def _is_equal(figure: dict[str, Any], value: float | None) -> bool:
    if value is None or figure["kind"] in ("cell", "counted"):
        return bool(value == figure["value"])
    return math.isclose(value, figure["value"], rel_tol=COMPUTED_TOLERANCE, abs_tol=1e-12)


def _values(connection: psycopg.Connection[Any], queries: Sequence[str]) -> list[float | None]:
    """Return what queries of one value give; of many at once, one by one where that fails."""
    each = ", ".join(f"({query}\n)::float8" for query in queries)
    try:
        with connection.transaction():
            row: Any = connection.execute(f"select array[{each}]".encode()).fetchone()
    except psycopg.Error:
        if len(queries) == 1:
            return [None]
        return [value for query in queries for value in _values(connection, [query])]
    return [None if value is None else float(value) for value in row[0]]
