"""Pairs of seasonal monthly series, unrelated or with a planted lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.signal import lfilter

from tiengvang.analysis.lead_lag import (
    SIGNIFICANCE,
    Association,
    adjusted,
    lunar_new_year,
    measure_pair,
)

MASKED = pd.period_range("2020-02", "2022-03", freq="M")
LEAD = 2
CORRELATION = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """How many of the pairs show an association, or the planted one, per hundred."""

    pairs: int
    unmasked_months: int
    false_leads: float
    false_leads_raw: float
    planted_found: float


def measure(pairs: int, first_month: str = "2012-01", last_month: str = "2026-06") -> Found:
    """Judge that many unrelated pairs, and as many with a lead of two months, each kind on its own.

    The unrelated pairs are judged one by one (a false lead is a p-value under 0.05, before any adjustment
    would hide it); the planted ones all together, as a build judges them.
    """
    months = pd.period_range(first_month, last_month, freq="M")
    null = [_associate(months, seed, 0.0) for seed in range(pairs)]
    planted = {str(seed): _associate(months, 10_000 + seed, CORRELATION) for seed in range(pairs)}
    found = adjusted({name: pair.p_value or 1.0 for name, pair in planted.items()})
    right = [planted[name].lag == LEAD and q <= SIGNIFICANCE for name, q in found.items()]
    return Found(
        pairs=pairs,
        unmasked_months=null[0].n_periods,
        false_leads=100 * float(np.mean([(pair.p_value or 1) <= SIGNIFICANCE for pair in null])),
        false_leads_raw=100 * float(np.mean([_is_raw_lead(pair) for pair in null])),
        planted_found=100 * float(np.mean(right)),
    )


def pair_of_series(
    months: pd.PeriodIndex, seed: int, correlation: float
) -> tuple[pd.Series[float], pd.Series[float]]:
    """Return coverage and outcome that share a season; the outcome's shocks follow two months later.

    Each has a trend, a season (half of it shared), a Lunar New Year, and shocks that fade at a rate of
    its own; ``correlation`` is that of the shocks at the planted lead.
    """
    generator = np.random.default_rng(seed)
    n, warm = len(months), 24
    first, second = generator.normal(size=(2, n + warm))
    second[LEAD:] = correlation * first[:-LEAD] + np.sqrt(1 - correlation**2) * second[LEAD:]
    shared = generator.normal(0, 0.35, 12)
    series = []
    for shocks, level in ((first, 6.0), (second, 11.0)):
        fading = generator.uniform(0.2, 0.8)
        wave = lfilter([1.0], [1.0, -fading], shocks)
        season = shared + generator.normal(0, 0.1, 12)
        trend = generator.uniform(-0.06, 0.12) * np.arange(n) / 12
        week = generator.normal(0, 0.2) * lunar_new_year(months).to_numpy()
        logs = level + season[np.arange(n) % 12] + trend + week + 0.1 * wave[warm:]
        series.append(pd.Series(np.exp(logs), index=months))
    return series[0], series[1]


def _associate(months: pd.PeriodIndex, seed: int, correlation: float) -> Association:
    coverage, outcome = pair_of_series(months, seed, correlation)
    return measure_pair(coverage, outcome, MASKED, lunar_new_year(months))


def _is_raw_lead(pair: Association) -> bool:
    """Say whether the usual band of two standard errors around 0 calls some lag of the raw series a lead."""
    return max(map(abs, pair.raw_correlations.values())) > float(1.96 / np.sqrt(pair.n_periods))
