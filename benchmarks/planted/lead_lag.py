"""Pairs of seasonal monthly series, unrelated or with a planted lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.signal import lfilter

from tiengvang.analysis.lead_lag import (
    MONTHLY,
    NULL_SEED,
    NULL_WORLDS,
    SIGNIFICANCE,
    Association,
    adjusted,
    lunar_new_year,
    measure_pair,
)
from tiengvang.analysis.prewhiten import lagged_correlations

Floats = npt.NDArray[np.float64]

MASKED = pd.period_range("2020-02", "2022-03", freq="M")
LAST_MONTH = "2026-06"
LEAD = 2
CORRELATION = 0.5
PLANTED_SEED = 10_000
WARM = 24


@dataclass(frozen=True, slots=True)
class Found:
    """How many of the pairs show an association, or the planted one, per hundred.

    Attributes:
        pairs: unrelated ones, and as many planted.
        unmasked_months: of each.
        false_leads: unrelated pairs with a p-value of at most 0.05, before any adjustment hides it.
        false_leads_raw: unrelated pairs that the usual band around the raw correlations calls a lead.
        found: planted pairs found at their lag, all planted ones judged together.
        found_among_all: the same, unrelated and planted ones judged together.
        discoveries: of all pairs judged together.
        false_discoveries: of a hundred discoveries, those of unrelated pairs.
        found_if_known: planted ones found at their lag by a test that is told the shocks themselves: no
            season to take out, no past. The ceiling for a procedure with these lags and this threshold.
    """

    pairs: int
    unmasked_months: int
    false_leads: float
    false_leads_raw: float
    found: float
    found_among_all: float
    discoveries: int
    false_discoveries: float
    found_if_known: float


def measure(pairs: int, first_month: str = "2012-01", last_month: str = LAST_MONTH) -> Found:
    """Judge that many unrelated pairs, and as many with a lead of two months."""
    months = pd.period_range(first_month, last_month, freq="M")
    null = {f"null {seed}": _associate(months, seed, 0.0) for seed in range(pairs)}
    planted = {
        str(seed): _associate(months, PLANTED_SEED + seed, CORRELATION) for seed in range(pairs)
    }
    judged = _found(null | planted)
    unrelated = list(null.values())
    return Found(
        pairs=pairs,
        unmasked_months=unrelated[0].n_periods,
        false_leads=_share([(pair.p_value or 1) <= SIGNIFICANCE for pair in unrelated]),
        false_leads_raw=_share([_is_raw_lead(pair) for pair in unrelated]),
        found=100 * len(_at_lead(planted, _found(planted))) / pairs,
        found_among_all=100 * len(_at_lead(planted, judged)) / pairs,
        discoveries=len(judged),
        false_discoveries=100 * len(judged & null.keys()) / max(len(judged), 1),
        found_if_known=_found_if_known(months, pairs),
    )


def pair_of_series(
    months: pd.PeriodIndex, seed: int, correlation: float
) -> tuple[pd.Series[float], pd.Series[float]]:
    """Return coverage and outcome that share a season; the outcome's shocks follow two months later.

    Each has a trend, a season (half of it shared), a Lunar New Year, and shocks that fade at a rate of
    its own; ``correlation`` is that of the shocks at the planted lead, before they fade and before anything
    else is added: that of the surprises which are left if all that was added is taken out without error.
    """
    generator = np.random.default_rng(seed)
    n = len(months)
    both = _shocks(generator, n, correlation)
    shared = generator.normal(0, 0.35, 12)
    series = []
    for shocks, level in zip(both, (6.0, 11.0), strict=True):
        fading = generator.uniform(0.2, 0.8)
        wave = lfilter([1.0], [1.0, -fading], shocks)
        season = shared + generator.normal(0, 0.1, 12)
        trend = generator.uniform(-0.06, 0.12) * np.arange(n) / 12
        week = generator.normal(0, 0.2) * _holiday(months[0], months[-1]).to_numpy()
        logs = level + season[np.arange(n) % 12] + trend + week + 0.1 * wave[WARM:]
        series.append(pd.Series(np.exp(logs), index=months))
    return series[0], series[1]


def _shocks(generator: np.random.Generator, n: int, correlation: float) -> Floats:
    """Return the shocks of both series, (2, months), with those of two years before."""
    first, second = generator.normal(size=(2, n + WARM))
    second[LEAD:] = correlation * first[:-LEAD] + np.sqrt(1 - correlation**2) * second[LEAD:]
    return np.stack([first, second])


def _associate(months: pd.PeriodIndex, seed: int, correlation: float) -> Association:
    coverage, outcome = pair_of_series(months, seed, correlation)
    return measure_pair(coverage, outcome, MASKED, _holiday(months[0], months[-1]))


@cache
def _holiday(first: pd.Period, last: pd.Period) -> pd.Series[float]:
    return lunar_new_year(pd.period_range(first, last))


def _found(pairs: Mapping[str, Association]) -> set[str]:
    """Return which of the pairs, judged together, show an association."""
    q_values = adjusted({name: pair.p_value or 1.0 for name, pair in pairs.items()})
    return {name for name, q in q_values.items() if q <= SIGNIFICANCE}


def _at_lead(planted: Mapping[str, Association], found: set[str]) -> set[str]:
    return {name for name in found & planted.keys() if planted[name].lag == LEAD}


def _found_if_known(months: pd.PeriodIndex, pairs: int) -> float:
    """Return how many planted leads the same threshold finds among the shocks themselves, per hundred."""
    masked = months.isin(MASKED)
    noise = np.random.default_rng(NULL_SEED).normal(size=(2, len(months), NULL_WORLDS))
    drawn = [
        _shocks(np.random.default_rng(PLANTED_SEED + seed), len(months), CORRELATION)[:, WARM:]
        for seed in range(pairs)
    ]
    shocks = np.where(masked[:, None], np.nan, np.stack(drawn, axis=-1))
    null, seen = (
        lagged_correlations(sides[0], sides[1], MONTHLY.lags)
        for sides in (np.where(masked[:, None], np.nan, noise), shocks)
    )
    scale = null.std(axis=1)[:, None]
    null, seen = np.abs(null / scale), np.abs(seen / scale)
    reached = (null.max(axis=0) >= seen.max(axis=0)[:, None]).sum(axis=1)
    p_values = (1 + reached) / (1 + NULL_WORLDS)
    q_values = adjusted(dict(zip(map(str, range(pairs)), p_values.tolist(), strict=True)))
    at_lead = seen.argmax(axis=0) == MONTHLY.lags.index(LEAD)
    return _share(
        [lead and q <= SIGNIFICANCE for lead, q in zip(at_lead, q_values.values(), strict=True)]
    )


def _share(answers: list[bool]) -> float:
    return 100 * float(np.mean(answers))


def _is_raw_lead(pair: Association) -> bool:
    """Say whether the usual band of two standard errors around 0 calls some lag of the raw series a lead."""
    return max(map(abs, pair.raw_correlations.values())) > float(1.96 / np.sqrt(pair.n_periods))
