"""Question 3: whether the tone is colder about the focus than about its peers in the same press."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.intervals import SIGNIFICANCE, holm, interval_p_value
from tiengvang.edition.sourced import records

Stratum = Literal["native", "translated"]
STRATA: tuple[Stratum, ...] = ("native", "translated")
NO_PEERS = "no_peers"
REGION = "region:"


@dataclass(frozen=True, slots=True)
class Premium:
    """The tone premium of one host country, or of the countries of a region together.

    ``estimate`` is the premium over the peers with its 95 % interval, null where it cannot be
    shown and ``reason`` says why (``no_peers``: the premium itself is shown, no peer's is).
    ``verdict`` is ``colder``, ``warmer`` or ``unclear``, null where there is no estimate.
    """

    area: str
    stratum: Stratum
    n_stories: int
    n_outlets: int
    n_peers: int
    premium: tuple[float, float, float] | None
    estimate: tuple[float, float, float] | None
    reason: str | None
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Tone:
    """The tone premiums of the newest rolling 28 days: coldest first, those not shown last."""

    window: tuple[date, date] | None
    premiums: tuple[Premium, ...]

    def of(self, stratum: Stratum) -> list[Premium]:
        """Return one stratum; native and translated coverage are never mixed.

        A region that cannot be shown, and in which one country alone has stories, says nothing beside it.
        """
        rows = [row for row in self.premiums if row.stratum == stratum]
        alone = {
            (row.n_stories, row.n_outlets)
            for row in rows
            if not row.estimate and not row.area.startswith(REGION)
        }
        return [
            row
            for row in rows
            if row.estimate
            or not row.area.startswith(REGION)
            or (row.n_stories, row.n_outlets) not in alone
        ]

    @property
    def shown(self) -> list[Premium]:
        """What has an estimate against the peers, of both strata."""
        return [row for row in self.premiums if row.estimate]


def tone_premiums(facts: EditionFacts) -> Tone:
    """Compute question 3; verdicts are corrected by Holm over all hosts and both strata."""
    if facts.tone.empty:
        return Tone(None, ())
    first = facts.tone.iloc[0]
    rows = [_premium(row) for row in records("tone", facts.tone)]
    p_values = holm(
        {
            number: interval_p_value(*row.estimate, 0, row.n_outlets)
            for number, row in enumerate(rows)
            if row.estimate
        }
    )
    for number, p_value in p_values.items():
        estimate = rows[number].estimate
        colder = estimate is not None and estimate[0] < 0
        verdict = ("colder" if colder else "warmer") if p_value < SIGNIFICANCE else "unclear"
        rows[number] = replace(rows[number], verdict=verdict)
    return Tone(
        (first["window_start_date"], first["window_end_date"]), tuple(sorted(rows, key=_place))
    )


def _place(row: Premium) -> tuple[bool, float, int, str]:
    value = row.estimate[0] if row.estimate else 0.0
    return (row.estimate is None, value, -row.n_stories, row.area)


def _premium(row: dict[Any, Any]) -> Premium:
    premium = _estimate(row, "tone_premium")
    estimate = _estimate(row, "tone_premium_over_peers")
    reason = None if pd.isna(row["suppressed_reason"]) else str(row["suppressed_reason"])
    return Premium(
        area=row["source_area"],
        stratum=row["stratum"],
        n_stories=row["n_stories"],
        n_outlets=row["n_outlets"],
        n_peers=row["n_peers"],
        premium=premium,
        estimate=estimate,
        reason=reason or (None if estimate else NO_PEERS),
    )


def _estimate(row: dict[Any, Any], name: str) -> tuple[float, float, float] | None:
    values = [row[name], row[f"{name}_low"], row[f"{name}_high"]]
    if any(pd.isna(value) for value in values):
        return None
    return values[0], values[1], values[2]
