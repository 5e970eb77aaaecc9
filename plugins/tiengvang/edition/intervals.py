"""Intervals and comparisons for a handful of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isclose, sqrt
from statistics import stdev

from scipy.stats import t, ttest_1samp
from statsmodels.stats.multitest import multipletests


def weighted_mean_interval(
    values: Sequence[float], weights: Sequence[float], level: float = 0.95
) -> tuple[float, float, float]:
    """Return a weighted mean and its interval, each value being one cluster (a day).

    The variance is that of a ratio estimator over clusters:
    n/(n-1) * sum((w * (x - mean))^2) / (sum w)^2, with n-1 degrees of freedom.

    Raises:
        ValueError: fewer than two values, or weights that do not sum above zero.
    """
    n, whole = len(values), sum(weights)
    if n < 2 or whole <= 0:
        raise ValueError(f"an interval needs two values with weight: {n} values, weight {whole}")
    mean = sum(w * x for w, x in zip(weights, values, strict=True)) / whole
    spread = sum((w * (x - mean)) ** 2 for w, x in zip(weights, values, strict=True))
    quantile = float(t.ppf((1 + level) / 2, n - 1))
    half = quantile * sqrt(n / (n - 1) * spread) / whole
    return mean, mean - half, mean + half


def paired_p_value(differences: Sequence[float]) -> float:
    """Return the two-sided p-value of a paired t-test of mean difference 0.

    Differences that are all equal give 1 when they are zero and 0 otherwise.

    Raises:
        ValueError: fewer than two differences.
    """
    if len(differences) < 2:
        raise ValueError(f"a paired test needs two differences, got {len(differences)}")
    if isclose(stdev(differences), 0, abs_tol=1e-12):
        return 1.0 if isclose(differences[0], 0, abs_tol=1e-12) else 0.0
    return float(ttest_1samp(differences, 0).pvalue)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return Holm's step-down adjusted p-values, by the same names."""
    if not p_values:
        return {}
    adjusted = multipletests(list(p_values.values()), method="holm")[1]
    return dict(zip(p_values, map(float, adjusted), strict=True))
