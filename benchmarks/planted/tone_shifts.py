"""Series of daily tone premiums that stay where they are, and with a shift planted into some."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.signal import lfilter

from tiengvang.analysis.baseline import BASELINE_DAYS
from tiengvang.analysis.tone_shift import WINDOW_DAYS, watch_tone

Floats = npt.NDArray[np.float64]

SERIES = 60
SHIFT = 1.0
HISTORY_DAYS = BASELINE_DAYS + WINDOW_DAYS + 365
TESTED_DAYS = 224
FIRST_DAY = pd.Timestamp("2022-01-01")
SINCE = FIRST_DAY + pd.Timedelta(days=HISTORY_DAYS)
# days after the change until which it should be seen
SEEN_WITHIN = 28


@dataclass(frozen=True, slots=True)
class Found:
    """False shifts begun per 100 quiet series-days, and planted ones seen within four weeks.

    Attributes:
        series_days: quiet ones that were judged.
        shifts: planted, of one daily standard deviation.
        false_days: judged days on which a shift is reported, per 100.
        false_onsets: days on which one is reported and was not the day before, per 100.
        recall: share of the planted ones that were reported within 28 days, with the right direction.
    """

    series_days: int
    shifts: int
    false_days: float
    false_onsets: float
    recall: float


def measure(worlds: int, first_seed: int = 0) -> Found:
    """Judge that many worlds of 60 series and 224 days without a shift, and as many with some."""
    quiet_days = false_days = onsets = shifts = seen = 0
    for seed in range(first_seed, first_seed + worlds):
        quiet, shifted, start = world(seed)
        told = _flags(quiet)
        quiet_days += int(told.notna().to_numpy().sum())
        flags = told.fillna(0).to_numpy() != 0
        false_days += int(flags.sum())
        onsets += int((flags[1:] & ~flags[:-1]).sum())
        warmer = _flags(shifted).fillna(0).to_numpy() > 0
        for series, day in start.items():
            first = day - HISTORY_DAYS
            shifts += 1
            seen += int(warmer[first : first + SEEN_WITHIN, series].any())
    return Found(
        quiet_days, shifts, 100 * false_days / quiet_days, 100 * onsets / quiet_days, seen / shifts
    )


def world(seed: int) -> tuple[pd.DataFrame, pd.DataFrame, dict[int, int]]:
    """Return premiums without shifts, the same with some that stay, and where: series to day.

    Premiums of a day have a level of their own, noise of a standard deviation that fades from day to day at
    0 to 0.3, heavy tails (Student, 5 degrees of freedom), and 30 % of the days show none. Of the 60 series,
    ten get warmer by one standard deviation, one every three weeks.
    """
    generator = np.random.default_rng(seed)
    n_days = HISTORY_DAYS + TESTED_DAYS
    shocks = generator.standard_t(5, (n_days, SERIES)) / np.sqrt(5 / 3)
    fading = generator.uniform(0, 0.3, SERIES)
    waves = [
        lfilter([np.sqrt(1 - rate**2)], [1, -rate], shocks[:, place])
        for place, rate in enumerate(fading)
    ]
    premium = generator.normal(0, 0.3, SERIES) + np.column_stack(waves)
    premium[generator.random(premium.shape) < 0.3] = np.nan
    series = generator.permutation(SERIES)[:10]
    start = {int(name): HISTORY_DAYS + 21 * place for place, name in enumerate(series)}
    shifted = premium.copy()
    for name, day in start.items():
        shifted[day:, name] += SHIFT
    return _frame(premium), _frame(shifted), start


def _frame(premium: Floats) -> pd.DataFrame:
    n_days, n_series = premium.shape
    return pd.DataFrame(
        {
            "series": np.tile(np.arange(n_series), n_days),
            "day": np.repeat(pd.date_range(FIRST_DAY, periods=n_days), n_series),
            "premium": premium.ravel(),
        }
    )


def _flags(days: pd.DataFrame) -> pd.DataFrame:
    """Return by day and series 1 for warmer, -1 for colder, 0 for no shift, NaN for a reason."""
    verdicts = watch_tone(days, SINCE).verdicts
    side = verdicts["direction"].map({"warmer": 1.0, "colder": -1.0}).fillna(0.0)
    verdicts["flag"] = side.where(verdicts["reason"].isna())
    return verdicts.pivot(index="day", columns="series", values="flag")
