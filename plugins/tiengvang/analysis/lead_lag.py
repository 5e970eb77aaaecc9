"""Does coverage run ahead of arrivals or investment? An association with a lag, or why nothing is said.

Two seasonal series correlate at some lag nearly always. So both are stripped of what they share with the
calendar and with their own past before they are compared, the largest of thirteen correlations is held
against the largest that unrelated series give in the same months, and all pairs are judged together.
Section 12 of the measures; the raw correlations stand beside, to be seen and not believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from tiengvang.analysis.forecast_gain import forecast_gain
from tiengvang.analysis.prewhiten import Flags, Floats, design, innovations, lagged_correlations

AR_ORDER = 3
NULL_WORLDS = 4_000
NULL_SEED = 20_200_201
SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a pair is measured: periods per year, the lags asked for, the least history."""

    periods_per_year: int
    max_lag: int
    least_periods: int

    @property
    def lags(self) -> range:
        """All lags, positive where the first series leads."""
        return range(-self.max_lag, self.max_lag + 1)


MONTHLY = Rhythm(periods_per_year=12, max_lag=6, least_periods=60)
QUARTERLY = Rhythm(periods_per_year=4, max_lag=2, least_periods=40)


@dataclass(frozen=True, slots=True)
class Association:
    """One pair: its correlations by lag and the strongest, or a reason why there are none.

    Attributes:
        reason: null where the pair could be measured, else ``short_history``, ``constant_series``,
            ``negative_values`` or ``too_few_pairs``.
        n_periods: periods with both values, outside the mask.
        correlations: of the prewhitened series, by lag; positive lags: coverage leads.
        raw_correlations: of the logarithms as they are, by lag.
        thresholds: by lag, what one in twenty unrelated pairs exceeds at any of the lags.
        lag: that of the strongest correlation.
        p_value: of a correlation so strong at any of the lags, among unrelated series.
        gain: share of the squared error of a seasonal-naive forecast that the leading series takes away;
            null where it does not lead or the history is too short for forecasts.
    """

    reason: str | None
    n_periods: int
    correlations: Mapping[int, float]
    raw_correlations: Mapping[int, float]
    lag: int | None = None
    p_value: float | None = None
    gain: float | None = None
    thresholds: Mapping[int, float] = field(default_factory=dict)


def measure_pair(
    coverage: pd.Series[float],
    outcome: pd.Series[float],
    masked: pd.PeriodIndex,
    holiday: pd.Series[float],
    rhythm: Rhythm = MONTHLY,
) -> Association:
    """Measure how one series runs ahead of another.

    Args:
        coverage: values >= 0 by period, missing ones NaN or absent.
        outcome: values >= 0 by period.
        masked: periods that do not count, such as those of closed borders.
        holiday: by period, the share of the Lunar New Year's week in it (``lunar_new_year``).
        rhythm: monthly or quarterly; the indexes are periods of that frequency.

    Returns:
        The association; with a reason instead of figures where too little is known.
    """
    index = coverage.index.union(outcome.index)
    pair = pd.DataFrame({"coverage": coverage, "outcome": outcome}, index=_whole(index))
    known = pair.notna().all(axis=1) & ~pair.index.isin(masked)
    usable: Flags = known.to_numpy(dtype=bool)
    n = int(usable.sum())
    if n < rhythm.least_periods:
        return Association("short_history", n, {}, {})
    values = pair.to_numpy(dtype=float)
    if (values[usable] < 0).any():
        return Association("negative_values", n, {}, {})
    if (np.ptp(values[usable], axis=0) == 0).any():
        return Association("constant_series", n, {}, {})
    logs: Floats = np.log1p(np.where(usable[:, None], values, np.nan))
    season = int(pair.index[0].month - 1) * rhythm.periods_per_year // 12
    week = holiday.reindex(pair.index).fillna(0.0).to_numpy(dtype=float)
    return _measured(logs, usable, season, week, rhythm)


def _measured(
    logs: Floats, usable: Flags, first_season: int, holiday: Floats, rhythm: Rhythm
) -> Association:
    n = int(usable.sum())
    regressors = design(len(logs), usable, rhythm.periods_per_year, first_season, holiday)
    left = innovations(logs, usable, regressors, AR_ORDER)
    found = lagged_correlations(left[:, :1], left[:, 1:], rhythm.lags)[:, 0]
    if np.isnan(found).any():
        return Association("too_few_pairs", n, {}, {})
    raw = lagged_correlations(logs[:, :1], logs[:, 1:], rhythm.lags)[:, 0]
    null, scale = _null(len(logs), usable.tobytes(), first_season, holiday.tobytes(), rhythm)
    strengths = np.abs(found) / scale
    best = int(strengths.argmax())
    # one of the worlds is the one that was seen: a p-value is never 0
    p_value = (1 + int((null >= strengths[best]).sum())) / (1 + len(null))
    lag = rhythm.lags[best]
    gain = forecast_gain(logs, lag, rhythm.periods_per_year) if lag > 0 else None
    return Association(
        None,
        n,
        dict(zip(rhythm.lags, found.tolist(), strict=True)),
        dict(zip(rhythm.lags, raw.tolist(), strict=True)),
        lag,
        p_value,
        gain,
        dict(zip(rhythm.lags, (np.quantile(null, 1 - SIGNIFICANCE) * scale).tolist(), strict=True)),
    )


@lru_cache(maxsize=64)
def _null(
    n: int, usable: bytes, first_season: int, holiday: bytes, rhythm: Rhythm
) -> tuple[Floats, Floats]:
    """Return the strongest correlation of each of many unrelated pairs, and a lag's usual strength.

    The same months, the same regressors, the same autoregression: what the procedure itself does to noise
    is in the threshold, which a formula for long series would miss.
    """
    flags: Flags = np.frombuffer(usable, dtype=bool)
    regressors = design(
        n, flags, rhythm.periods_per_year, first_season, np.frombuffer(holiday, dtype=float)
    )
    noise = np.random.default_rng(NULL_SEED).normal(size=(2, n, NULL_WORLDS))
    first, second = (innovations(side, flags, regressors, AR_ORDER) for side in noise)
    found = lagged_correlations(first, second, rhythm.lags)
    scale = found.std(axis=1)
    return np.abs(found / scale[:, None]).max(axis=0), scale


def adjusted(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return p-values after Benjamini and Hochberg's control of false discoveries over all pairs."""
    if not p_values:
        return {}
    from scipy import stats

    found = stats.false_discovery_control(list(p_values.values()), method="bh")
    return dict(zip(p_values, found.tolist(), strict=True))


def lunar_new_year(index: pd.PeriodIndex) -> pd.Series[float]:
    """Return by period the share of the seven days from the Lunar New Year's first day on in it.

    The dates come from the library ``holidays`` (Vietnam's public holidays).
    """
    import holidays

    years = sorted({int(period.year) for period in index})
    calendar = holidays.country_holidays("VN", years=years, language="en_US")
    days = [
        first + pd.Timedelta(days=day)
        for first in map(pd.Timestamp, calendar.get_named("Lunar New Year", lookup="exact"))
        for day in range(7)
    ]
    shares = pd.Series(1 / 7, index=pd.PeriodIndex(days, freq=index.freq))
    return shares.groupby(level=0).sum().reindex(index).fillna(0.0)


def _whole(index: pd.Index) -> pd.PeriodIndex:
    """Return every period from the first to the last."""
    return pd.period_range(index.min(), index.max(), freq=index.freq)
