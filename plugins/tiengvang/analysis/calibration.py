"""How large a statistic gets on quiet days: measured on days that went by, and kept.

No formula says what news does on a quiet day, so the days themselves are asked. Nobody marks the loud ones
among them. So the louder half is described by a Student distribution that is fitted to what lies between the
median and a fence, and only its shape is assumed: what is beyond the fence, quiet or news, is not looked at.
An "empirical null" after Efron (Journal of the American Statistical Association 99, 2004).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize, special, stats

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LEAST_SERIES_DAYS = 1_000
MOST_LEVELS = 4
QUIETER_HALF = np.linspace(0, 0.5, 6)
# a statistic is a distance over a spread that was itself estimated: 77 free days of a median absolute
# deviation, which is worth 37 % as many days of a standard deviation
TAIL_DF = 28
# in standard deviations, as the quantiles of 50 and 80 % tell them
FENCE = 2.5
SPREAD_QUANTILE = 0.8
BINS = 200
# of the alerts of a day with news; on a day without any, the chance of one alert or more
FALSE_DISCOVERY_RATE = 0.20
# what the two halves of a history that judge each other are made of
HALVES_BY_DAYS = 28


@dataclass(frozen=True, slots=True)
class NullLevel:
    """The statistic on quiet days of one level of counts.

    Attributes:
        level_from: smallest level; the next row's begins where this one ends, the first is open downwards.
        n_series_days: that the distribution was measured on.
        n_independent: of them, as far as neighbouring days share their data; no p-value is under
            ``1 / (n_independent + 1)``.
        quantiles: of the statistic, of 0, 10, 20, 30, 40 and 50 %.
        fence: largest statistic that was believed to be quiet.
        tail_center: of the Student distribution that describes the statistic above the median.
        tail_scale: of the same.
    """

    level_from: float
    n_series_days: int
    n_independent: int
    quantiles: tuple[float, ...]
    fence: float
    tail_center: float
    tail_scale: float

    def p_values(self, statistic: Floats) -> Floats:
        """Return the share of quiet days that are at least so loud; (n,)."""
        median = self.quantiles[-1]
        quieter = 1 - np.interp(statistic, self.quantiles, QUIETER_HALF)
        louder = 0.5 * self._tail(np.maximum(statistic, median)) / self._tail(np.array([median]))
        found = np.where(statistic > median, louder, quieter)
        return np.maximum(found, 1 / (self.n_independent + 1))

    def _tail(self, statistic: Floats) -> Floats:
        away = (self.tail_center - statistic) / self.tail_scale
        return np.asarray(special.stdtr(TAIL_DF, away), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The null distribution by level, and how often it cries.

    Attributes:
        levels: from the lowest to the highest; none where the history is too short.
        alarms_per_100: per 100 series-days, when either half of the history is judged by the other one:
            of quiet days the false alarms, of a history with real news at most as many.
    """

    levels: tuple[NullLevel, ...]
    alarms_per_100: float | None

    def p_values(self, statistic: Floats, level: Floats) -> Floats:
        """Return p-values of any shape; NaN where the statistic is, and everywhere without levels."""
        found = np.full(statistic.shape, np.nan)
        if not self.levels:
            return found
        edges = [row.level_from for row in self.levels[1:]]
        group = np.searchsorted(edges, level, side="right")
        for place, row in enumerate(self.levels):
            here = (group == place) & ~np.isnan(statistic)
            found[here] = row.p_values(statistic[here])
        return found


def as_table(by_month: Mapping[pd.Timestamp, Calibration]) -> pd.DataFrame:
    """Return one row per month and level, with the month's false alarms beside, to be stored."""
    rows = [
        {"month": month} | asdict(level) | {"alarms_per_100": calibration.alarms_per_100}
        for month, calibration in by_month.items()
        for level in calibration.levels
    ]
    return pd.DataFrame(rows, columns=["month", *NullLevel.__slots__, "alarms_per_100"])


def calibrate(
    statistic: Floats,
    level: Floats,
    can_alarm: Flags,
    days_per_independent: int = 1,
) -> Calibration:
    """Measure the statistic's distribution on the days of a history.

    Args:
        statistic: (days, series), NaN where there is none.
        level: (days, series), by which the distribution may differ: it is measured in up to four groups of
            as many series-days each, of at least 1,000 independent ones.
        can_alarm: (days, series), where the least number of stories and families is reached.
        days_per_independent: how many neighbouring days share the data of their statistic.

    Returns:
        The calibration; without levels under 1,000 series-days.
    """
    levels = tuple(_levels(statistic, level, days_per_independent))
    half = (np.arange(len(statistic)) // HALVES_BY_DAYS) % 2 == 0
    alarms = tested = 0
    for here, there in ((half, ~half), (~half, half)):
        other = tuple(_levels(statistic[there], level[there], days_per_independent))
        p_values = Calibration(other, None).p_values(statistic[here], level[here])
        tested += int((~np.isnan(p_values)).sum())
        found = adjusted(np.where(can_alarm[here] | np.isnan(p_values), p_values, 1.0))
        alarms += int((found <= FALSE_DISCOVERY_RATE).sum())
    return Calibration(levels, 100 * alarms / tested if tested else None)


def _levels(statistic: Floats, level: Floats, days_per_independent: int) -> Iterator[NullLevel]:
    known = ~np.isnan(statistic)
    values, places = statistic[known], level[known]
    if len(values) < LEAST_SERIES_DAYS:
        return
    n_independent = len(values) // days_per_independent
    n_levels = min(MOST_LEVELS, max(1, n_independent // LEAST_SERIES_DAYS))
    edges = np.unique(np.quantile(places, np.arange(n_levels) / n_levels))
    group = np.searchsorted(edges, places, side="right") - 1
    for place, edge in enumerate(edges):
        own = values[group == place]
        median, upper = np.quantile(own, [0.5, SPREAD_QUANTILE])
        if upper <= median:
            # nothing varies: no distribution to measure; the neighbouring level judges these days
            continue
        fence = median + FENCE * (upper - median) / stats.norm.ppf(SPREAD_QUANTILE)
        center, scale = _fitted_tail(own, float(median), float(fence))
        yield NullLevel(
            level_from=float(edge),
            n_series_days=len(own),
            n_independent=len(own) // days_per_independent,
            quantiles=tuple(np.quantile(own, QUIETER_HALF).tolist()),
            fence=float(fence),
            tail_center=center,
            tail_scale=scale,
        )


def _fitted_tail(values: Floats, low: float, high: float) -> tuple[float, float]:
    """Return centre and scale of a Student distribution cut off at both ends, by maximum likelihood."""
    counts, edges = np.histogram(values, BINS, (low, high))
    middles = (edges[1:] + edges[:-1]) / 2

    def unlikelihood(parameters: Floats) -> float:
        center, log_scale = parameters
        scale = np.exp(log_scale)
        within = special.stdtr(TAIL_DF, (high - center) / scale) - special.stdtr(
            TAIL_DF, (low - center) / scale
        )
        if within <= 0:
            return float("inf")
        shape = (TAIL_DF + 1) / 2 * np.log1p(((middles - center) / scale) ** 2 / TAIL_DF)
        return float(counts @ shape + counts.sum() * (log_scale + np.log(within)))

    start = np.array([low, np.log((high - low) / FENCE)])
    center, log_scale = optimize.minimize(unlikelihood, start, method="Nelder-Mead").x
    return float(center), float(np.exp(log_scale))


def adjusted(p_values: Floats) -> Floats:
    """Return p-values after Benjamini and Hochberg over the series of each day.

    Args:
        p_values: (days, series), NaN where nothing was tested.

    Returns:
        (days, series), NaN likewise.
    """
    found = np.full(p_values.shape, np.nan)
    known = ~np.isnan(p_values)
    n_tested = known.sum(axis=1)
    for n in np.unique(n_tested[n_tested > 0]):
        # all days with as many series at once
        there = known & (n_tested == n)[:, None]
        packed = p_values[there].reshape(-1, n)
        found[there] = stats.false_discovery_control(packed, axis=1, method="bh").ravel()
    return found
