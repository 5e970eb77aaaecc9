"""Which countries are watched on a day: focus, peers and donors, from dbt's seeds."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from tiengvang.errors import SettingsError
from tiengvang.settings import REPOSITORY

SEEDS = REPOSITORY / "dbt_project" / "seeds"


@dataclass(frozen=True, slots=True)
class Watchlist:
    """The countries of one day, as the code systems of the wire: FIPS for places, CAMEO for actors.

    ``watched`` are focus and peers; ``compared`` adds the donors, whose totals are kept as well.
    """

    focus_iso3: str
    watched_fips: frozenset[str]
    watched_cameo: frozenset[str]
    compared_fips: frozenset[str]
    digest: str


@lru_cache(maxsize=8)
def _read(
    folder: Path, stamp: tuple[int, int]
) -> tuple[tuple[str, str, str, str, date, date], ...]:
    with (folder / "countries.csv").open(encoding="utf-8", newline="") as handle:
        codes = {
            row["country_code_iso3"]: (row["country_code_fips"], row["country_code_cameo"])
            for row in csv.DictReader(handle)
        }
    rows = []
    with (folder / "watchlist.csv").open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            iso3, role = row["country_code_iso3"], row["role"]
            if role not in {"focus", "peer", "donor"}:
                raise SettingsError(
                    f"watchlist.csv, line {line}: role {role!r}, expected focus, peer or donor"
                )
            if iso3 not in codes or not codes[iso3][0]:
                raise SettingsError(
                    f"watchlist.csv, line {line}: {iso3!r} has no FIPS code in countries.csv"
                )
            start = date.fromisoformat(row["valid_from"])
            end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
            rows.append((iso3, role, *codes[iso3], start, end))
    return tuple(rows)


def seed_version(folder: Path = SEEDS) -> str:
    """Return the sha256 of the seeds that the watch-list comes from, shortened."""
    digest = hashlib.sha256()
    for name in ("countries.csv", "watchlist.csv"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def watchlist_on(day: date, folder: Path = SEEDS) -> Watchlist:
    """Return the watch-list that is valid on a day (``valid_from <= day < valid_to``).

    Raises:
        SettingsError: the seed has no focus country, or more than one, on that day.
    """
    stamp = tuple((folder / name).stat().st_mtime_ns for name in ("countries.csv", "watchlist.csv"))
    return _watchlist_on(day, folder, (stamp[0], stamp[1]))


def watched_iso3(day: date, folder: Path = SEEDS) -> tuple[str, ...]:
    """Return the ISO codes of focus and peers on a day, in alphabetical order."""
    stamp = tuple((folder / name).stat().st_mtime_ns for name in ("countries.csv", "watchlist.csv"))
    rows = _read(folder, (stamp[0], stamp[1]))
    return tuple(
        sorted(
            iso3 for iso3, role, *_, start, end in rows if role != "donor" and start <= day < end
        )
    )


@lru_cache(maxsize=64)
def _watchlist_on(day: date, folder: Path, stamp: tuple[int, int]) -> Watchlist:
    rows = [row for row in _read(folder, stamp) if row[4] <= day < row[5]]
    focus = [row for row in rows if row[1] == "focus"]
    if len(focus) != 1:
        raise SettingsError(
            f"watchlist.csv names {len(focus)} focus countries on {day}, expected 1"
        )
    watched = [row for row in rows if row[1] != "donor"]
    content = ";".join(
        sorted(f"{iso3}:{role}:{fips}:{cameo}" for iso3, role, fips, cameo, *_ in rows)
    )
    return Watchlist(
        focus_iso3=focus[0][0],
        watched_fips=frozenset(row[2] for row in watched),
        watched_cameo=frozenset(row[3] for row in watched if row[3]),
        compared_fips=frozenset(row[2] for row in rows),
        digest=hashlib.sha256(content.encode()).hexdigest()[:16],
    )
