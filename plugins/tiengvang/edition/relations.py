"""Question 7: talk or deeds with a partner, against the pair's own 52 weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.intervals import share_interval
from tiengvang.edition.sourced import of_rows, records

STREAM = "english"
DRAWN_PAIRS = 4
# Half of a year of weeks: with fewer, a pair's own past says little.
MIN_COMPARED_WEEKS = 26
SMOOTHING = 10  # of the balance, see docs block balance
CLASSES = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


@dataclass(frozen=True, slots=True)
class Pair:
    """What one country said and did toward the other in the week, in media of third countries.

    ``balance`` and ``material`` carry their 95 % intervals from the counts; null where ``reason``
    suppresses them. ``material_median`` is over the weeks before that may be shown. ``rank`` is the share
    of them with a lower balance, null below 26 such weeks.
    """

    actor: str
    target: str
    n_signals: int
    n_families: int
    balance: tuple[float, float, float] | None
    material: tuple[float, float, float] | None
    n_compared: int
    balance_median: float | None
    material_median: float | None
    rank: float | None
    tier: str | None
    since: str | None
    is_checked: bool | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Relations:
    """The week's directed pairs in the English stream, most signals first, and their year's rows."""

    pairs: tuple[Pair, ...]
    history: pd.DataFrame

    @property
    def shown(self) -> list[Pair]:
        """Pairs whose balance may be shown."""
        return [pair for pair in self.pairs if pair.balance]

    @property
    def hidden(self) -> list[Pair]:
        """Pairs with signals, but too few."""
        return [pair for pair in self.pairs if not pair.balance and pair.n_signals]

    @property
    def weeks_before(self) -> int:
        """The weeks between the first that is there and the newest: 52 once a year is."""
        weeks = self.history["week_start_date"]
        return 0 if weeks.empty else (weeks.max() - weeks.min()).days // 7

    def year(self, actor: str, target: str, media: str) -> pd.DataFrame:
        """Return a directed pair's weeks in one kind of media, oldest first."""
        rows = self.history[
            (self.history["actor1_country_code_iso3"] == actor)
            & (self.history["actor2_country_code_iso3"] == target)
            & (self.history["stream"] == STREAM)
            & (self.history["media"] == media)
        ]
        return rows.sort_values("week_start_date").reset_index(drop=True)


def balance_interval(row: dict[Any, Any]) -> tuple[float, float, float] | None:
    """Return a row's balance with the interval that its counts give; null where suppressed."""
    if pd.isna(row["balance"]):
        return None
    good, bad = _cooperation(row), row["n_verbal_conflict"] + row["n_material_conflict"]
    whole = good + bad
    low, high = ((2 * end - 1) * whole / (whole + SMOOTHING) for end in share_interval(good, whole))
    return row["balance"], low, high


def material_interval(row: dict[Any, Any]) -> tuple[float, float, float] | None:
    """Return a row's material share with the interval that its counts give; null where suppressed."""
    if pd.isna(row["material_share"]):
        return None
    low, high = share_interval(row["n_material_cooperation"], _cooperation(row))
    return row["material_share"], low, high


def _cooperation(row: dict[Any, Any]) -> int:
    n: int = row["n_verbal_cooperation"] + row["n_material_cooperation"]
    return n


def relations(facts: EditionFacts) -> Relations:
    """Compute question 7 for the last whole ISO week of the edition."""
    rows = facts.relations
    now = rows[
        (rows["week_start_date"] == facts.week_start)
        & (rows["stream"] == STREAM)
        & (rows["media"] == "third")
    ]
    found = Relations((), rows)
    pairs = [_pair(row, facts, found) for row in records("relations", now)]
    pairs.sort(key=lambda pair: (pair.balance is None, -pair.n_signals, pair.actor, pair.target))
    return Relations(tuple(pairs), rows)


def _pair(row: dict[Any, Any], facts: EditionFacts, found: Relations) -> Pair:
    actor, target = row["actor1_country_code_iso3"], row["actor2_country_code_iso3"]
    compared = row["n_compared_weeks"]
    year = found.year(actor, target, "third")
    past = year[year["week_start_date"] < facts.week_start]["material_share"].dropna()
    enough = compared >= MIN_COMPARED_WEEKS
    return Pair(
        actor=actor,
        target=target,
        n_signals=row["n_signals"],
        n_families=row["n_families"],
        balance=balance_interval(row),
        material=material_interval(row),
        n_compared=compared,
        balance_median=_known(row["balance_median_52_weeks"]) if enough else None,
        material_median=_median(past, actor, target, facts) if enough and len(past) else None,
        rank=_known(row["balance_rank_52_weeks"]) if enough else None,
        tier=None if pd.isna(row["partnership_tier"]) else str(row["partnership_tier"]),
        since=None if pd.isna(row["partnership_since"]) else str(row["partnership_since"]),
        is_checked=None
        if pd.isna(row["is_partnership_date_checked"])
        else bool(row["is_partnership_date_checked"]),
        reason=None if pd.isna(row["suppressed_reason"]) else str(row["suppressed_reason"]),
    )


def _median(past: pd.Series, actor: str, target: str, facts: EditionFacts) -> float:
    found: float = of_rows(
        float(past.median()),
        "relations",
        """
        select percentile_cont(0.5) within group (order by material_share) from relations
        where actor1_country_code_iso3 = {actor} and actor2_country_code_iso3 = {target}
          and stream = {stream} and media = 'third' and week_start_date < {week}
          and suppressed_reason is null
        """,
        actor=actor,
        target=target,
        stream=STREAM,
        week=facts.week_start,
    )
    return found


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else value
