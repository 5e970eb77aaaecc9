"""Has the tone premium moved, and stayed? A cumulative sum over four weeks, held against the twelve before.

One day's premium is noise. A shift is a run of days on one side: the sum of their distances from the usual,
less an allowance, is largest from the day of the change on (Page's CUSUM, over a window, so that no state is
carried and a verdict depends on 112 days alone). The window is never in its own baseline. How large the sum
gets while nothing shifts is measured on the series' own past, as for anomalies.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from tiengvang.analysis.anomalies import (
    CALIBRATION_DAYS,
    CONSTANT_SERIES,
    KEY,
    NOT_CALIBRATED,
    SHORT_HISTORY,
    Judged,
)
from tiengvang.analysis.baseline import (
    BASELINE_DAYS,
    SD_PER_MAD,
    Floats,
    before,
    known_median,
)
from tiengvang.analysis.calibration import (
    FALSE_DISCOVERY_RATE,
    Calibration,
    adjusted,
    as_table,
    calibrate,
)

WINDOW_DAYS = 28
LEAST_WINDOW_DAYS = 10
LEAST_BASELINE_DAYS = 28
# half of a shift of one standard deviation, which is the smallest that matters
ALLOWANCE = 0.5
# in standard deviations: no single day makes a shift
LOUDEST = 3.0

NO_PREMIUM = "no_premium"
WARMER, COLDER = "warmer", "colder"


def watch_tone(days: pd.DataFrame, since: pd.Timestamp) -> Judged:
    """Judge every series-day from ``since`` on.

    Args:
        days: one row per ``series`` and ``day`` with its ``premium`` (standard deviations of tone, null
            where none is shown). Rows in any order.
        since: first day to be judged; the days before are history.

    Returns:
        Verdicts with the columns series, day, premium, shift (mean premium since the change, less the usual
        one), changed_on (first day of the run), direction (``warmer``, ``colder``), statistic, p_value,
        q_value (after Benjamini-Hochberg over the day's series), is_shift, reason: ``no_premium``,
        ``short_history``, ``constant_series`` or ``not_calibrated``, with no other figure beside. A shift
        is reported on each day on which it is seen; the calibrations are those of the months.

    Raises:
        ValueError: a series has two rows for a day.
    """
    grid = _calendar(days)
    runs = _all_runs(grid)
    calendar = pd.DatetimeIndex(grid.index)
    months = calendar.to_period("M")
    p_value, q_value = np.full((2, *grid.shape), np.nan)
    calibrations = {}
    for month in months[calendar >= since].unique():
        here = (months == month) & (calendar >= since)
        first = month.to_timestamp()
        found = calibrations[first] = _calibrated(runs, calendar, first)
        p_value[here] = found.p_values(np.abs(runs.signed[here]), runs.n_known[here])
        q_value[here] = adjusted(p_value[here])
    verdicts = _verdicts(days, grid, runs, p_value, q_value)
    judged = verdicts[verdicts["day"] >= since].reset_index(drop=True)
    return Judged(judged, as_table(calibrations))


class _Runs(NamedTuple):
    """The strongest run of each day, NaN beside a reason: sum (negative: colder), mean, age in days."""

    signed: Floats
    shift: Floats
    age: Floats
    n_known: Floats
    reason: npt.NDArray[np.object_]


def _all_runs(grid: pd.DataFrame) -> _Runs:
    """Return the runs of all series, arrays of (days, series)."""
    signed, shift, age, n_known = np.full((4, *grid.shape), np.nan)
    runs = _Runs(signed, shift, age, n_known, np.full(grid.shape, "", dtype=object))
    for column, name in enumerate(grid.columns):
        for kept, found in zip(runs, _runs(grid[name].to_numpy(dtype=float)), strict=True):
            kept[:, column] = found
    return runs


def _runs(premium: Floats) -> _Runs:
    window = before(np.append(premium, np.nan), WINDOW_DAYS)[1:]
    past = before(premium, WINDOW_DAYS - 1 + BASELINE_DAYS)[:, :BASELINE_DAYS]
    known = ~np.isnan(window)
    usual = known_median(past, LEAST_BASELINE_DAYS)[:, None]
    spread = SD_PER_MAD * known_median(np.abs(past - usual), LEAST_BASELINE_DAYS)[:, None]
    z = np.clip((window - usual) / np.where(spread > 0, spread, np.nan), -LOUDEST, LOUDEST)
    (up, up_age), (down, down_age) = (_largest_sum(side * z - ALLOWANCE) for side in (1, -1))
    signed, age = np.where(up >= down, (up, up_age), (-down, down_age))
    told = known & (np.arange(WINDOW_DAYS)[::-1] <= age[:, None])
    away = np.sum(window - usual, axis=1, where=told) / np.maximum(told.sum(axis=1), 1)
    n_known = known.sum(axis=1).astype(float)
    reason = np.select(
        [n_known < LEAST_WINDOW_DAYS, np.isnan(usual[:, 0]), ~(spread[:, 0] > 0)],
        [NO_PREMIUM, SHORT_HISTORY, CONSTANT_SERIES],
        default="",
    ).astype(object)
    for values in (signed, away, age):
        values[reason != ""] = np.nan
    return _Runs(signed, away, age, n_known, reason)


def _largest_sum(steps: Floats) -> tuple[Floats, Floats]:
    """Return the largest sum of the last steps, at least 0, and how many days before the last it begins."""
    backwards = np.cumsum(np.nan_to_num(steps[:, ::-1]), axis=1)
    return np.maximum(backwards.max(axis=1), 0), backwards.argmax(axis=1).astype(float)


def _calibrated(runs: _Runs, calendar: pd.DatetimeIndex, before_day: pd.Timestamp) -> Calibration:
    """Return how large the sums got in the two years before a day, by the number of days known."""
    first = before_day - pd.Timedelta(days=CALIBRATION_DAYS)
    past = (calendar >= first) & (calendar < before_day)
    sums = np.abs(runs.signed[past])
    return calibrate(sums, runs.n_known[past], np.ones(sums.shape, dtype=bool), WINDOW_DAYS)


def _calendar(days: pd.DataFrame) -> pd.DataFrame:
    """Return the premium by day and series, every day from the first to the last."""
    if days.duplicated(KEY).any():
        raise ValueError("a series has two rows for a day")
    table = days.assign(day=pd.to_datetime(days["day"]))
    grid = table.pivot(index="day", columns="series", values="premium")
    grid = grid.where(np.isfinite(grid.astype(float)))
    return grid if grid.empty else grid.asfreq("D")


def _verdicts(
    days: pd.DataFrame, grid: pd.DataFrame, runs: _Runs, p_value: Floats, q_value: Floats
) -> pd.DataFrame:
    """Return the rows that were given with their verdicts, by day and series."""
    reason = np.where((runs.reason == "") & np.isnan(p_value), NOT_CALIBRATED, runs.reason).ravel()
    day = np.repeat(grid.index.to_numpy(), grid.shape[1])
    is_shift = q_value.ravel() <= FALSE_DISCOVERY_RATE
    rows = pd.DataFrame(
        {
            "day": day,
            "series": np.tile(grid.columns.to_numpy(), len(grid)),
            "shift": runs.shift.ravel(),
            "changed_on": day - pd.to_timedelta(runs.age.ravel(), unit="D"),
            "direction": np.where(runs.signed.ravel() >= 0, WARMER, COLDER),
            "statistic": np.abs(runs.signed.ravel()),
            "p_value": p_value.ravel(),
            "q_value": q_value.ravel(),
            "is_shift": is_shift,
            "reason": pd.Series(reason, dtype=object).replace("", None),
        }
    )
    # what has a reason has no figures, and what is no shift has no direction
    rows.loc[rows["reason"].notna(), ["shift", "changed_on", "statistic"]] = np.nan
    rows.loc[~rows["is_shift"], "direction"] = None
    given = days[[*KEY, "premium"]].assign(day=pd.to_datetime(days["day"]))
    merged = given.merge(rows, on=KEY, how="left", validate="one_to_one")
    return merged.sort_values(["day", "series"], ignore_index=True)
