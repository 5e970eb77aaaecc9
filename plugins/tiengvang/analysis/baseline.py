"""What a day of a series would usually be, from the days before it alone, however unquiet they were."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

WEEK = 7
BASELINE_DAYS = 84
LEVEL_DAYS = 28
LEAST_BASELINE_DAYS = 56
LEAST_SAME_WEEKDAYS = 6
LEAST_LEVEL_DAYS = 14
# a standard deviation per median absolute deviation, of a normal distribution
SD_PER_MAD = 1.4826
# the twelve days of one weekday tell less of their own spread than all 84 days do
OWN_WEEKDAY_WEIGHT = 0.25
# a median under this does not tell the mean of counts, nor how far they spread by chance
LEAST_MEAN = 0.25
# in standard deviations; louder days of the baseline do not count for mean and dispersion
FENCE = 3.0
LEAST_DISPERSION = 1e-4


@dataclass(frozen=True, slots=True)
class Baseline:
    """One series, day by day; NaN where too little is known before the day.

    Attributes:
        log_rate: usual ``log1p`` of the rate: its 28-day level and the weekday's usual distance from it.
        log_scale: standard deviation around it.
        mean: expected rate.
        dispersion: of a negative binomial: its variance is ``mean + dispersion * mean ** 2``.
        is_constant: all known days of the baseline are alike.
    """

    log_rate: Floats
    log_scale: Floats
    mean: Floats
    dispersion: Floats
    is_constant: Flags


def baseline(rates: Floats) -> Baseline:
    """Return what each day would usually be.

    Args:
        rates: (days,) of one series, every day of the calendar, >= 0, NaN where unknown.

    Returns:
        Arrays of (days,). A day's own rate and all later ones play no part in it.
    """
    logs = np.log1p(rates)
    level = known_median(before(logs, LEVEL_DAYS), LEAST_LEVEL_DAYS)
    # (days, weeks, weekdays): in the last axis, place 0 has the weekday of the day itself
    weeks = (len(rates), BASELINE_DAYS // WEEK, WEEK)
    past = before(logs, BASELINE_DAYS).reshape(weeks)
    past_level = before(level, BASELINE_DAYS).reshape(weeks)
    distance = past - past_level
    known = ~np.isnan(distance)
    weekday = known_median(np.swapaxes(distance, 1, 2), LEAST_SAME_WEEKDAYS)
    residual = distance - weekday[:, None, :]

    enough = (known.sum(axis=(1, 2)) >= LEAST_BASELINE_DAYS) & ~np.isnan(level)
    usual = np.where(enough, level + weekday[:, 0], np.nan)
    scale = _scale(np.abs(residual), usual)
    mean, dispersion = _counts(past, past_level + weekday[:, None, :], usual, scale)
    with np.errstate(invalid="ignore"):
        flat = np.where(known, past, np.inf).min(axis=(1, 2)) == np.where(known, past, -np.inf).max(
            axis=(1, 2)
        )
    return Baseline(usual, scale, mean, dispersion, flat & enough)


def _scale(distances: Floats, usual: Floats) -> Floats:
    """Return the spread around the usual, never less than counting alone gives."""
    days, *_ = distances.shape
    own = known_median(distances[:, :, 0], 1)
    pooled = known_median(distances.reshape(days, -1), 1)
    spread = OWN_WEEKDAY_WEIGHT * own**2 + (1 - OWN_WEEKDAY_WEIGHT) * pooled**2
    rate = np.maximum(np.expm1(usual), LEAST_MEAN)
    # variance of log1p of a Poisson count, to first order
    chance = rate / (1 + rate) ** 2
    variance: Floats = np.maximum(SD_PER_MAD**2 * spread, chance)
    return np.sqrt(variance)


def _counts(
    past: Floats, past_usual: Floats, usual: Floats, scale: Floats
) -> tuple[Floats, Floats]:
    """Return the mean and the dispersion of counts in the baseline, without its loud days."""
    fence = past_usual + FENCE * scale[:, None, None]
    with np.errstate(invalid="ignore"):
        counts = np.expm1(np.where(past <= fence, past, np.nan))
    expected = np.maximum(np.expm1(past_usual), 0)
    known = ~np.isnan(counts) & ~np.isnan(expected)
    axes = (1, 2)
    # the median of skewed counts is under their mean
    above = np.sum(counts + 1, axis=axes, where=known) / np.maximum(
        np.sum(expected + 1, axis=axes, where=known), 1
    )
    means = np.maximum((expected + 1) * above[:, None, None] - 1, 0)
    excess = np.sum((counts - means) ** 2 - means, axis=axes, where=known)
    squares = np.sum(means**2, axis=axes, where=known)
    dispersion = np.divide(excess, squares, out=np.zeros_like(excess), where=squares > 0)
    mean = np.exp(np.maximum(usual, 0)) * above - 1
    return np.maximum(mean, 1 / BASELINE_DAYS), np.maximum(dispersion, LEAST_DISPERSION)


def before(values: Floats, days: int) -> Floats:
    """Return for each day the values of that many days before it: (days, ``days``), oldest first."""
    padded = np.concatenate([np.full(days, np.nan), values[:-1]])
    return np.lib.stride_tricks.sliding_window_view(padded, days)[: len(values)]


def known_median(values: Floats, least: int) -> Floats:
    """Return the median of what is known along the last axis, NaN where fewer than ``least`` are."""
    # NaN sorts last
    ordered = np.sort(values, axis=-1)
    n = np.sum(~np.isnan(values), axis=-1)
    low, high = (np.maximum(n - 1, 0) // 2)[..., None], (n // 2)[..., None]
    high = np.minimum(high, values.shape[-1] - 1)
    middle = np.take_along_axis(ordered, low, -1) + np.take_along_axis(ordered, high, -1)
    return np.where(n >= max(least, 1), middle[..., 0] / 2, np.nan)
