"""What is left of a seasonal series once trend, season, holiday and its own past are taken out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def design(n: int, usable: Flags, season_length: int, first_season: int, holiday: Floats) -> Floats:
    """Return the regressors of ``n`` periods: level, trend, season, holiday, and a new start after a break.

    A masked or missing span of a year or more starts a segment with a level and trend of its own: what
    comes back after closed borders need not come back where it left.

    Args:
        n: number of periods.
        usable: (n,) periods whose values count.
        season_length: periods per year, 12 or 4.
        first_season: the season of period 0, from 0.
        holiday: (n,) share of the Lunar New Year's week in each period.

    Returns:
        (n, columns).
    """
    years = np.arange(n) / season_length
    columns = [np.ones(n), years, holiday]
    for start in _segment_starts(usable, season_length):
        after = np.arange(n) >= start
        columns += [after.astype(float), np.where(after, years - years[start], 0.0)]
    seasons = np.eye(season_length)[(np.arange(n) + first_season) % season_length]
    return np.column_stack([*columns, seasons[:, 1:]])


def innovations(values: Floats, usable: Flags, regressors: Floats, order: int) -> Floats:
    """Return what each series' regressors and own last ``order`` periods do not tell.

    Least squares twice: on the regressors over the usable periods, then an autoregression of what is left
    over the periods whose ``order`` predecessors are usable too. The first periods of a segment, whose
    predecessors are fewer, are held against an autoregression on those they have: a gap in the data costs
    no more than the months it is long. Each is told in the standard deviations of its own autoregression,
    since less is explained by a shorter past.

    Args:
        values: (n, series); what stands in unusable periods is not read.
        usable: (n,).
        regressors: (n, columns).
        order: of the autoregression.

    Returns:
        (n, series), standard deviations; NaN where the period is not usable, and everywhere if at most
        ``order`` periods have all their predecessors.
    """
    from scipy import linalg  # a second that a build with too little history need not wait

    basis = linalg.orth(regressors[usable])
    left = np.full(values.shape, np.nan)
    kept = values[usable]
    left[usable] = kept - basis @ (basis.T @ kept)
    lagged = np.stack([_shifted(left, lag) for lag in range(1, order + 1)], axis=-1)
    # how many usable periods come right before each, counted up to the order
    n_before = np.cumprod(~np.isnan(lagged[:, 0]), axis=1).sum(axis=1)
    found = np.full(values.shape, np.nan)
    if (usable & (n_before == order)).sum() <= order:
        return found
    for n_past in range(order + 1):
        rows = usable & (n_before >= n_past)
        surprises = _unpredicted(left[rows], lagged[rows, :, :n_past])
        own = n_before[rows] == n_past
        found[usable & (n_before == n_past)] = surprises[own]
    return found


def _unpredicted(now: Floats, past: Floats) -> Floats:
    """Return what least squares on the past leave of each series, in standard deviations; (rows, series)."""
    # one small least squares per series, all at once: (series, rows, predecessors)
    before = np.swapaxes(past, 0, 1)
    asked = now.T[..., None]
    left: Floats = (asked - before @ (np.linalg.pinv(before) @ asked))[..., 0].T
    with np.errstate(invalid="ignore"):
        told: Floats = left / np.sqrt((left**2).mean(axis=0))
    return told


def lagged_correlations(first: Floats, second: Floats, lags: range) -> Floats:
    """Return the correlations of ``first`` with ``second`` that many periods later.

    Args:
        first: (n, series), NaN where unknown; the same periods in all series.
        second: as ``first``.
        lags: positive where ``first`` leads.

    Returns:
        (lags, series); NaN where fewer than three periods meet.
    """
    found = np.full((len(lags), first.shape[1]), np.nan)
    for row, lag in enumerate(lags):
        moved = _shifted(first, lag)
        both = ~np.isnan(moved[:, 0]) & ~np.isnan(second[:, 0])
        if both.sum() < 3:
            continue
        here, there = moved[both], second[both]
        here, there = here - here.mean(axis=0), there - there.mean(axis=0)
        scale = np.sqrt((here**2).sum(axis=0) * (there**2).sum(axis=0))
        with np.errstate(invalid="ignore", divide="ignore"):
            found[row] = (here * there).sum(axis=0) / scale
    return found


def _shifted(values: Floats, by: int) -> Floats:
    """Return the values that many rows later, NaN where there were none."""
    moved = np.full(values.shape, np.nan)
    if by >= 0:
        moved[by:] = values[: len(values) - by]
    else:
        moved[:by] = values[-by:]
    return moved


def _segment_starts(usable: Flags, season_length: int) -> list[int]:
    """Return where values come back after a gap of a year or more."""
    places = np.flatnonzero(usable)
    gaps = np.diff(places)
    return [int(place) for place in places[1:][gaps > season_length]]
