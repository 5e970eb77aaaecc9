"""What an interval says about a difference, and intervals of what comes as counts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import isfinite, log, sqrt
from typing import TypeVar

from scipy.stats import norm, t
from statsmodels.stats.proportion import proportion_confint

from tiengvang.edition.sourced import computed
from tiengvang.measures.clusters import LEVEL

SIGNIFICANCE = 0.05
# The same in SQL: {0} of {1}, and shares {0} and {1} of {2} and {3} stories; 1.96 in full.
_Z = repr(float(norm.ppf((1 + LEVEL) / 2)))
WILSON = (
    f"({{0}} + {_Z} ^ 2 / 2 ± {_Z} * sqrt({{0}} * (1 - {{0}} / {{1}}) + {_Z} ^ 2 / 4))"
    f" / ({{1}} + {_Z} ^ 2)"
)
LOG_RATIO = f"ln({{0}} / {{1}}) ± {_Z} * sqrt((1 - {{0}}) / ({{0}} * {{2}}) + (1 - {{1}}) / ({{1}} * {{3}}))"
Name = TypeVar("Name", bound=Hashable)


def interval_p_value(estimate: float, low: float, high: float, null: float, clusters: int) -> float:
    """Return the two-sided p-value of a null value that a 95 % interval implies.

    The interval is read as Student's t over its clusters (outlet families) less one, with its half
    on the side of the null, so that p < 0.05 exactly where the interval leaves the null out. 1
    where the interval or its clusters say nothing.
    """
    half = estimate - low if null < estimate else high - estimate
    if clusters < 2 or estimate == null or not isfinite(half):
        return 1.0
    if half <= 0:
        return 0.0
    df = clusters - 1
    statistic = abs(estimate - null) / half * float(t.ppf((1 + LEVEL) / 2, df))
    return float(2 * t.sf(statistic, df))


def difference_interval(
    now: tuple[float, float, float], before: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Return now minus before with its interval; each is an estimate with its low and high end.

    By recovery of the variance from each interval (MOVER; Zou and Donner, Statistics in Medicine
    2008), for independent estimates. The same outlets speak in both, so what moves together
    makes the interval too wide rather than too narrow.
    """
    (a, a_low, a_high), (b, b_low, b_high) = now, before
    low = a - b - sqrt((a - a_low) ** 2 + (b_high - b) ** 2)
    high = a - b + sqrt((a_high - a) ** 2 + (b - b_low) ** 2)
    return a - b, low, high


def share_interval(part: int, whole: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share of counts.

    Raises:
        ValueError: nothing was counted.
    """
    if whole <= 0:
        raise ValueError(f"a share of {whole} has no interval")
    low, high = proportion_confint(part, whole, alpha=1 - LEVEL, method="wilson")
    return (
        computed(float(low), WILSON.replace("±", "-"), part, whole),
        computed(float(high), WILSON.replace("±", "+"), part, whole),
    )


def log_ratio_interval(p: float, q: float, n: int, m: int) -> tuple[float, float]:
    """Return the 95 % interval of ln(p / q), p and q being mean shares over n and m stories.

    By the delta method. A story gives each pillar between 0 and 1, so its variance is at most
    p (1 - p) (Bhatia and Davis 2000), which is taken: the interval is too wide rather than too narrow.

    Raises:
        ValueError: a share is not between 0 and 1, or a side has no story.
    """
    if not (0 < p < 1 and 0 < q < 1 and n > 0 and m > 0):
        raise ValueError(f"no log ratio of shares {p} of {n} and {q} of {m} stories")
    error = sqrt((1 - p) / (p * n) + (1 - q) / (q * m))
    half = float(norm.ppf((1 + LEVEL) / 2)) * error
    value = log(p / q)
    return (
        computed(value - half, LOG_RATIO.replace("±", "-"), p, q, n, m),
        computed(value + half, LOG_RATIO.replace("±", "+"), p, q, n, m),
    )


def holm(p_values: Mapping[Name, float]) -> dict[Name, float]:
    """Return Holm's step-down adjusted p-values, by the same names (Scand. J. Statist. 6, 1979).

    The smallest of n is multiplied by n, the next by n - 1, and so on; none is below the one before.
    """
    # statsmodels' multipletests collects garbage at each call: a third of a second and more in a
    # process that has loaded Airflow and Great Expectations.
    adjusted: dict[Name, float] = {}
    least = 0.0
    for rank, name in enumerate(sorted(p_values, key=p_values.__getitem__)):
        least = max(least, min(1.0, p_values[name] * (len(p_values) - rank)))
        adjusted[name] = least
    return {name: adjusted[name] for name in p_values}
