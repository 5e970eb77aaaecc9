"""Is anything unusual today? Spikes of stories, judged by the days before and by quiet days.

Section 10 of the measures. A day is held against its own series' weekday and level, by two opinions: a robust
distance of logarithms, and a negative binomial of counts. Their mean is the statistic; how rare it is on
quiet days is measured, month by month from the days before the month, and all series of the day are
judged together. So a verdict never changes when later days come.

Only more than usual is an alert. A drop is shown as a negative statistic: fewer than the least number of
stories says little, and what stopped is nearly always a source or a slot, which data trust reports.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from tiengvang.analysis.baseline import Floats, baseline
from tiengvang.analysis.calibration import (
    FALSE_DISCOVERY_RATE,
    Calibration,
    adjusted,
    as_table,
    calibrate,
)

LEAST_SLOT_SHARE = 0.9
LEAST_STORIES = 8
LEAST_FAMILIES = 3
CALIBRATION_DAYS = 730

SLOTS_MISSING = "slots_missing"
NO_COUNT = "no_count"
SHORT_HISTORY = "short_history"
CONSTANT_SERIES = "constant_series"
NOT_CALIBRATED = "not_calibrated"
FEW_STORIES = "few_stories"
FEW_FAMILIES = "few_families"

KEY = ["series", "day"]
FIGURES = ["stories", "families", "slot_share"]


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts, and the calibrations that they rest on.

    Attributes:
        verdicts: one row per series and judged day.
        calibrations: one row per calibrated month (``month``, its first day) and level; columns of
            ``NullLevel`` and ``alarms_per_100``.
    """

    verdicts: pd.DataFrame
    calibrations: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Scores:
    """Both opinions on every day of the calendar; arrays of (days, series), NaN where there is none."""

    days: pd.DatetimeIndex
    series: pd.Index
    expected: Floats
    robust_z: Floats
    count_p: Floats
    statistic: Floats
    can_alarm: npt.NDArray[np.bool_]
    reason: npt.NDArray[np.object_]


def watch(days: pd.DataFrame, since: pd.Timestamp) -> Judged:
    """Judge every series-day from ``since`` on.

    Args:
        days: one row per ``series`` and ``day`` (date or timestamp): ``stories`` and ``families`` (counts),
            ``slot_share`` (of the day's slots that were received, 0 to 1); null where unknown. Days without
            a row are unknown, not quiet. Rows in any order.
        since: first day to be judged; the days before are history.

    Returns:
        Verdicts with the columns series, day, stories, expected (stories at the day's slots), robust_z,
        count_p (negative binomial), statistic, p_value, q_value (after Benjamini-Hochberg over the day's
        series), is_alert, reason. Where there is a reason there is no p_value, q_value or alert: it is one
        of ``slots_missing``, ``no_count``, ``short_history``, ``constant_series``, ``not_calibrated``,
        ``few_stories``, ``few_families``.

    Raises:
        ValueError: a series has two rows for a day.
    """
    scores = score(days)
    p_value = np.full(scores.statistic.shape, np.nan)
    q_value = p_value.copy()
    calibrations = {}
    months = scores.days.to_period("M")
    for month in months[scores.days >= since].unique():
        here = (months == month) & (scores.days >= since)
        found = calibrations[month.to_timestamp()] = calibrate_scores(scores, month.to_timestamp())
        p_value[here], q_value[here] = judge(scores, found, here)
    verdicts = _verdicts(scores, days, p_value, q_value, since)
    return Judged(verdicts, as_table(calibrations))


def score(days: pd.DataFrame) -> Scores:
    """Return both opinions on every series-day, none of them knowing the day itself or a later one."""
    grid = _calendar(days)
    figures = {name: grid[name].to_numpy(dtype=float) for name in FIGURES}
    share, stories = figures["slot_share"], figures["stories"]
    with np.errstate(invalid="ignore"):
        received = (share >= LEAST_SLOT_SHARE) & (share <= 1)
        counted = (stories >= 0) & np.isfinite(stories)
        few_families = ~(figures["families"] >= LEAST_FAMILIES)
    rates = np.full(stories.shape, np.nan)
    np.divide(stories, share, out=rates, where=received & counted)
    expected, robust_z, count_p = (np.full(stories.shape, np.nan) for _ in range(3))
    constant = np.zeros(stories.shape, dtype=bool)
    for column in range(stories.shape[1]):
        own, slots = rates[:, column], share[:, column]
        usual = baseline(own)
        expected[:, column] = usual.mean * slots
        robust_z[:, column] = (np.log1p(own) - usual.log_rate) / usual.log_scale
        count_p[:, column] = _count_p(stories[:, column], usual.mean * slots, usual.dispersion)
        constant[:, column] = usual.is_constant
    reason = np.select(
        [~received, ~counted, np.isnan(robust_z), constant],
        [SLOTS_MISSING, NO_COUNT, SHORT_HISTORY, CONSTANT_SERIES],
        default="",
    ).astype(object)
    for opinion in (expected, robust_z, count_p):
        opinion[reason != ""] = np.nan
    # more stories than enough, but from too few families, or the other way round: nothing to alert
    few = np.select(
        [stories < LEAST_STORIES, few_families], [FEW_STORIES, FEW_FAMILIES], default=""
    )
    can_alarm = (reason == "") & (few == "")
    reason = np.where(reason == "", few, reason)
    return Scores(
        days=pd.DatetimeIndex(grid["stories"].index),
        series=grid["stories"].columns,
        expected=expected,
        robust_z=robust_z,
        count_p=count_p,
        statistic=(robust_z + stats.norm.isf(count_p)) / 2,
        can_alarm=can_alarm,
        reason=reason,
    )


def calibrate_scores(scores: Scores, before: pd.Timestamp) -> Calibration:
    """Return the statistic's distribution on the two years before a day, by expected stories."""
    first = before - pd.Timedelta(days=CALIBRATION_DAYS)
    there = (scores.days >= first) & (scores.days < before)
    return calibrate(scores.statistic[there], scores.expected[there], scores.can_alarm[there])


def judge(
    scores: Scores, calibration: Calibration, here: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Return p-values and adjusted ones of the days ``here``, NaN where nothing can be said.

    A day with too few stories or families has no p-value, but counts among the day's series as one that
    was looked at and is not unusual: else the few that are left would be judged too leniently.
    """
    found = calibration.p_values(scores.statistic[here], scores.expected[here])
    can_alarm = scores.can_alarm[here]
    looked_at = np.where(can_alarm | np.isnan(found), found, 1.0)
    q_values = adjusted(looked_at)
    q_values[~can_alarm] = np.nan
    return np.where(can_alarm, found, np.nan), q_values


def _count_p(stories: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """Return the chance of at least as many stories, the observed number itself counted half.

    Half of it, because whole counts else look rarer at one level than at the next.
    """
    size = 1 / dispersion
    chance = size / (size + mean)
    more: Floats = stats.nbinom.sf(stories, size, chance)
    # the smallest number above zero: an infinite statistic could not be ranked
    half: Floats = stats.nbinom.pmf(stories, size, chance) / 2
    return np.maximum(more + half, np.finfo(np.float64).tiny)


def _calendar(days: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each figure by day and series, every day from the first to the last."""
    if days.duplicated(KEY).any():
        raise ValueError("a series has two rows for a day")
    table = days.assign(day=pd.to_datetime(days["day"]))
    grids = {name: table.pivot(index="day", columns="series", values=name) for name in FIGURES}
    return {name: grid if grid.empty else grid.asfreq("D") for name, grid in grids.items()}


def _verdicts(
    scores: Scores, days: pd.DataFrame, p_value: Floats, q_value: Floats, since: pd.Timestamp
) -> pd.DataFrame:
    """Return the rows of the days from ``since`` on that were given, by day and series."""
    reason = np.where(scores.can_alarm & np.isnan(p_value), NOT_CALIBRATED, scores.reason).ravel()
    rows = pd.DataFrame(
        {
            "day": np.repeat(scores.days.to_numpy(), len(scores.series)),
            "series": np.tile(scores.series.to_numpy(), len(scores.days)),
            "expected": scores.expected.ravel(),
            "robust_z": scores.robust_z.ravel(),
            "count_p": scores.count_p.ravel(),
            "statistic": scores.statistic.ravel(),
            "p_value": p_value.ravel(),
            "q_value": q_value.ravel(),
            "is_alert": q_value.ravel() <= FALSE_DISCOVERY_RATE,
            "reason": pd.Series(reason, dtype=object).replace("", None),
        }
    )
    given = days[[*KEY, "stories"]].assign(day=pd.to_datetime(days["day"]))
    judged = given[given["day"] >= since].merge(rows, on=KEY, how="left", validate="one_to_one")
    return judged.sort_values(["day", "series"], ignore_index=True)
