"""Where a unit stands on the schematic map: a row and a column, from north to south."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

TILES = Path(__file__).with_name("tile_grid.csv")
COLUMNS = 4  # of the plain grid in which units without a place are ordered

Place = tuple[int, int]


def places(codes: Sequence[str], listed: dict[str, Place] | None = None) -> dict[str, Place]:
    """Return each unit's row and column, from 0.

    Where the list (by default that of ``tile_grid.csv``) does not place every unit, all of them
    stand in a plain grid in the given order: half a map would lie.
    """
    known = _listed() if listed is None else listed
    if codes and all(code in known for code in codes):
        return {code: known[code] for code in codes}
    return {code: divmod(number, COLUMNS) for number, code in enumerate(codes)}


@cache
def _listed() -> dict[str, Place]:
    with TILES.open(encoding="utf-8", newline="") as file:
        return {
            row["unit_code"]: (int(row["row"]), int(row["column"])) for row in csv.DictReader(file)
        }


def short_name(name: str) -> str:
    """Return a unit's name without what most names begin with: the map says what its units are."""
    for prefix in ("Ministry of the ", "Ministry of ", "Bộ "):
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def two_lines(name: str) -> list[str]:
    """Return a name on one line, or on two of which the longer is as short as can be."""
    words = name.split()
    if len(words) < 2:
        return [name]
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return list(min(cuts, key=lambda cut: max(map(len, cut))))
