"""How often nothing looks like something: the same procedure where and when there was no event.

In space every donor takes the event's place, in time the event is moved before itself. No distribution is
assumed: a p-value is a rank.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tiengvang.analysis.events import Rhythm, has_window, within
from tiengvang.analysis.synthetic import (
    Flags,
    Floats,
    Panel,
    gaps_of_each,
    rmspe,
    simplex_weights,
    without_level,
)


@dataclass(frozen=True, slots=True, eq=False)
class InSpace:
    """The first unit against all others, each judged in the same way.

    Attributes:
        gaps: (n,) first unit over its synthetic control, log points.
        weights: (units,) of the others in that control.
        uplift: mean gap in the window.
        difference: first unit over the others' plain mean, window over the fit's periods.
        low: lower limit of the uplift, infinite where there is none.
        high: upper limit.
        scale: RMSPE in the fit's periods, log points.
        ratio: RMSPE of the window over ``scale``.
        ratios: (units,) the same of every unit, the first included.
        p_value: share of all units whose ratio is at least as large.
        pre_fit: ``scale`` over the same measure of the first unit itself.
    """

    gaps: Floats
    weights: Floats
    uplift: float
    difference: float
    low: float
    high: float
    scale: float
    ratio: float
    ratios: Floats
    p_value: float
    pre_fit: float


def in_space(panel: Panel, fit: Flags, window: Flags, alpha: float) -> InSpace:
    """Compare the first unit with its synthetic control, and each other unit with its own.

    Args:
        panel: n periods, all known.
        fit: (n,) periods that weights are fitted in.
        window: (n,) periods in which an effect is looked for.
        alpha: 1 minus the level of the interval.
    """
    left = without_level(panel, fit)
    gaps, weights = gaps_of_each(left, fit)
    before = rmspe(gaps[fit], panel.weeks[fit])
    ratios = rmspe(gaps[window], panel.weeks[window]) / before
    means = gaps[window].mean(axis=0)
    low, high = placebo_interval(means, before, weights[:, 0], alpha)
    moved = left[window].mean(axis=0)
    return InSpace(
        gaps=gaps[:, 0],
        weights=weights[0],
        uplift=float(means[0]),
        difference=float(moved[0] - moved[1:].mean()),
        low=low,
        high=high,
        scale=float(before[0]),
        ratio=float(ratios[0]),
        ratios=ratios,
        p_value=float((ratios >= ratios[0]).mean()),
        pre_fit=float(before[0] / rmspe(left[fit][:, :1], panel.weeks[fit])[0]),
    )


def interval_level(alpha: float, n_placebos: int) -> float:
    """Return the level that ranks among so many placebos give in place of ``1 - alpha``; never less."""
    return 1 - _refused(alpha, n_placebos) / (n_placebos + 1)


def placebo_interval(
    means: Floats, scales: Floats, weights: Floats, alpha: float
) -> tuple[float, float]:
    """Return the constant uplifts that placebos in space do not refuse.

    An uplift is refused if, once it is taken off the first unit, the first unit's mean gap is still among
    the largest in units of the error before (inversion of the placebo test, Firpo and Possebom 2018). Taking
    it off changes the others' gaps by the first unit's weight in them, and no weight, since those are
    fitted before. So each statistic is the modulus of a straight line in the uplift, and the p-value
    changes only where two of them cross.

    Args:
        means: (units,) mean gap in the window, the first of the unit in question.
        scales: (units,) RMSPE before, over 0.
        weights: (units,) of the first unit in the control of each; its own is not read.
        alpha: 1 minus the level asked for.

    Returns:
        The lowest and highest; infinite where none is refused on that side.
    """
    slopes = np.r_[-1.0, weights[1:]] / scales
    starts = means / scales
    with np.errstate(divide="ignore", invalid="ignore"):
        crossings = np.concatenate(
            [
                (starts[0] - starts[1:]) / (slopes[1:] - slopes[0]),
                (starts[0] + starts[1:]) / (-slopes[0] - slopes[1:]),
            ]
        )
    edges = np.unique(crossings[np.isfinite(crossings)])
    if not len(edges):
        return -math.inf, math.inf
    beyond = np.r_[edges[0] - 1.0, edges, edges[-1] + 1.0]
    between = (beyond[:-1] + beyond[1:]) / 2
    found = np.abs(starts[:, None] + slopes[:, None] * between)
    ranks = (found >= found[0]).sum(axis=0)
    kept = np.flatnonzero(ranks > _refused(alpha, len(means) - 1))
    if not len(kept):
        return float(means[0]), float(means[0])
    limits = np.r_[-np.inf, edges, np.inf]
    return float(limits[kept[0]]), float(limits[kept[-1] + 1])


def in_time(panel: Panel, rhythm: Rhythm, length: int, least_donors: int, at_most: int) -> Floats:
    """Return the first unit's statistic in windows before the event, one before the other.

    Each is fitted anew, in the periods before it, with the donors that have no gap there.

    Args:
        panel: all that is known.
        rhythm: how much of the past a window needs.
        length: of a window, periods.
        least_donors: windows with fewer are left out.
        at_most: so many windows.

    Returns:
        Modulus of the mean gap in each window, in units of the RMSPE before it.
    """
    found = []
    for fit, window in _earlier(panel, rhythm, length, at_most):
        rows = fit | window
        units: Flags = np.asarray(np.isfinite(panel.values[rows]).all(axis=0))
        if rhythm.has_history(fit) and has_window(window, length) and units.sum() > least_donors:
            found.append(_statistic(panel.at(rows, units), fit[rows]))
    return np.array(found)


def _earlier(
    panel: Panel, rhythm: Rhythm, length: int, at_most: int
) -> Iterator[tuple[Flags, Flags]]:
    """Yield the usable periods of fit and window, moved back by one window after the other."""
    known = np.isfinite(panel.values[:, 0])
    for start in range(-rhythm.anticipation - length, panel.offsets[0], -length)[:at_most]:
        fit, window = rhythm.before(panel.offsets, start), within(panel.offsets, start, length)
        yield known & fit, known & window


def _statistic(panel: Panel, fit: Flags) -> float:
    left = without_level(panel, fit)
    gaps = left[:, 0] - left[:, 1:] @ simplex_weights(left[fit][:, 1:], left[fit][:, 0])
    return abs(float(gaps[~fit].mean())) / float(rmspe(gaps[fit][:, None], panel.weeks[fit])[0])


def _refused(alpha: float, n_placebos: int) -> int:
    """Return how many ranks from the top are refused."""
    return math.floor(alpha * (n_placebos + 1) + 1e-9)
