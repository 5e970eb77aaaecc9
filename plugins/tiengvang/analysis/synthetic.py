"""What a country's series would have been, told by a weighted mean of other countries.

The weights are at least 0 and sum to 1, and are those that follow the country best before the event
(Abadie, Diamond and Hainmueller 2010), on series whose own level and weekday pattern are taken out first, so
that only movements have to be matched (Doudchenko and Imbens 2016; Ferman and Pinto 2021). No predictors but
the series themselves are used, so there is no matrix of their importance to search for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

LEAST_RMSPE = 1e-9  # log points: under it a fit is exact but for rounding


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Series side by side, the first of the unit in question.

    Attributes:
        values: (n, units), log points; NaN where unknown.
        offsets: (n,) periods counted from an event's first.
        week: periods of a week.
    """

    values: Floats
    offsets: Whole
    week: int

    @property
    def weekdays(self) -> Whole:
        """Return each period's place in its week, counted from the event."""
        return self.offsets % self.week

    @property
    def weeks(self) -> Whole:
        """Return each period's week, counted from the event."""
        return self.offsets // self.week

    def at(self, rows: Flags, units: Flags) -> Panel:
        """Return only these periods and units."""
        return Panel(self.values[rows][:, units], self.offsets[rows], self.week)


def without_level(panel: Panel, fit: Flags) -> Floats:
    """Return the series minus their means over the same weekday before the event.

    Args:
        panel: n periods.
        fit: (n,) periods that the means are taken over, at least one; for a weekday that is not among them
            it is the mean of all.

    Returns:
        (n, units), log points.
    """
    same = (panel.weekdays[:, None] == np.arange(panel.week)) & fit[:, None]
    counts = same.sum(axis=0)[:, None]
    sums = same.T.astype(float) @ panel.values
    means = np.where(counts > 0, sums / np.maximum(counts, 1), panel.values[fit].mean(axis=0))
    left: Floats = panel.values - means[panel.weekdays]
    return left


def simplex_weights(donors: Floats, target: Floats) -> Floats:
    """Return the weights >= 0 with sum 1 whose mean of the donors is nearest to the target.

    One exact non-negative least squares. On the simplex ``donors @ w - target`` is ``(donors - target) @ w``;
    with a last row of ones that asks for 1, the solution's direction is that of the best weights and only
    its length is not, which dividing by its sum mends.

    Args:
        donors: (n, units), at least one unit.
        target: (n,).
    """
    # Half of a second that a build without an event to judge does not spend.
    from scipy import optimize

    distances = donors - target[:, None]
    scale = float(np.abs(distances).max()) or 1.0
    rows = np.vstack([distances / scale, np.ones(donors.shape[1])])
    asked = np.zeros(len(rows))
    asked[-1] = 1.0
    found, _ = optimize.nnls(rows, asked, maxiter=50 * donors.shape[1])
    weights: Floats = found / found.sum()
    return weights


def gaps_of_each(values: Floats, fit: Flags) -> tuple[Floats, Floats]:
    """Return what each unit is above its own synthetic control, made of all other units.

    Every unit is treated alike, the one in question included in the pools of the others: so where nothing
    happened, no unit's gap is distinguished by how it was made.

    Args:
        values: (n, units), at least two units, season and level taken out.
        fit: (n,) periods that weights are fitted in.

    Returns:
        The gaps (n, units), and the weights (units, units), row by row those of one unit's control.
    """
    units = values.shape[1]
    # Distances between combinations of columns are those of the triangle: 41 rows in place of 182.
    triangle: Floats = np.linalg.qr(values[fit]).R
    weights = np.zeros((units, units))
    for unit in range(units):
        rest = np.arange(units) != unit
        weights[unit, rest] = simplex_weights(triangle[:, rest], triangle[:, unit])
    return values - values @ weights.T, weights


def rmspe(gaps: Floats, weeks: Whole) -> Floats:
    """Return the root mean square of the gaps' weekly means, each week with the weight of its periods.

    By weeks, because a day's noise hides what a week shows.

    Args:
        gaps: (n, units), at least one period.
        weeks: (n,).

    Returns:
        (units,), log points, never under ``LEAST_RMSPE``.
    """
    _, places, sizes = np.unique(weeks, return_inverse=True, return_counts=True)
    sums = np.zeros((len(sizes), gaps.shape[1]))
    np.add.at(sums, places, gaps)
    found: Floats = np.sqrt((sums**2 / sizes[:, None]).sum(axis=0) / len(gaps))
    return np.maximum(found, LEAST_RMSPE)
