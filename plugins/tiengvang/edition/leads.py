"""Question 9, its last part: which pairs of coverage and outcome can be judged, and what is said of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.sourced import records

Leading = Literal["stories", "interest"]
Outcome = Literal["arrivals", "registered_capital"]
Verdict = Literal["association", "none_detected", "cannot_tell"]
OUTCOMES: tuple[Outcome, ...] = ("arrivals", "registered_capital")
PAIR = ["partner_country_code_iso3", "leading_series", "outcome_series"]
ORDER: dict[Verdict, int] = {"association": 0, "none_detected": 1, "cannot_tell": 2}


@dataclass(frozen=True, slots=True)
class Lag:
    """The correlations of a pair at one lag; positive: coverage is earlier."""

    periods: int
    correlation: float
    threshold: float
    raw: float


@dataclass(frozen=True, slots=True)
class Lead:
    """One pair: its verdict, and its figures or the reason why there are none.

    ``lags`` is empty, and ``strongest`` null, where nothing could be measured.
    """

    partner: str
    leading: Leading
    outcome: Outcome
    verdict: Verdict
    reason: str | None
    n_periods: int
    n_needed: int
    first: date | None
    last: date | None
    lags: tuple[Lag, ...]
    strongest: Lag | None
    q_value: float | None
    gain: float | None

    @property
    def is_judged(self) -> bool:
        """Whether the pair could be measured."""
        return self.verdict != "cannot_tell"


@dataclass(frozen=True, slots=True)
class Leads:
    """Every pair: associations first, then by the p-value over all pairs, then by length of history."""

    pairs: tuple[Lead, ...]

    @property
    def judged(self) -> list[Lead]:
        """The pairs that could be measured."""
        return [pair for pair in self.pairs if pair.is_judged]

    @property
    def associations(self) -> list[Lead]:
        """The pairs with an association, the clearest first."""
        return [pair for pair in self.pairs if pair.verdict == "association"]

    def longest(self, outcome: Outcome) -> Lead | None:
        """Return the pair of an outcome that has most periods; null where there is none."""
        found = [pair for pair in self.pairs if pair.outcome == outcome]
        return max(found, key=lambda pair: pair.n_periods, default=None)


def leads(facts: EditionFacts) -> Leads:
    """Compute the findings of leads."""
    found = [_lead(rows) for _, rows in facts.leads.groupby(PAIR, sort=True)]
    return Leads(
        tuple(
            sorted(
                found,
                key=lambda pair: (
                    ORDER[pair.verdict],
                    1.0 if pair.q_value is None else pair.q_value,
                    -pair.n_periods,
                ),
            )
        )
    )


def _lead(rows: pd.DataFrame) -> Lead:
    row = records("leads", rows)[0]
    measured = rows[rows["correlation"].notna()]
    lags = tuple(
        Lag(
            one["lag_periods"],
            one["correlation"],
            one["correlation_threshold"],
            one["raw_correlation"],
        )
        for one in records("leads", measured)
    )
    strongest = row["strongest_lag_periods"]
    return Lead(
        partner=row["partner_country_code_iso3"],
        leading=row["leading_series"],
        outcome=row["outcome_series"],
        verdict=row["verdict"],
        reason=None if pd.isna(row["suppressed_reason"]) else str(row["suppressed_reason"]),
        n_periods=row["n_periods"],
        n_needed=row["n_periods_needed"],
        first=None if pd.isna(row["first_period_date"]) else row["first_period_date"],
        last=None if pd.isna(row["last_period_date"]) else row["last_period_date"],
        lags=lags,
        strongest=next((lag for lag in lags if lag.periods == strongest), None),
        q_value=None if pd.isna(row["q_value"]) else row["q_value"],
        gain=None if pd.isna(row["forecast_gain_share"]) else row["forecast_gain_share"],
    )
