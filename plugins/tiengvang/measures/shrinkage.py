"""Empirical-Bayes shrinkage of rates: how far a small outlet's rate is drawn to its host's."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from tiengvang.measures.clusters import Floats, Integers, count_by

LEAST_K, MOST_K = 1.0, 1e6  # documents; at MOST_K every outlet takes the pooled rate
GRID_POINTS = 10
GOLDEN_STEPS = 12  # leaves 1 % of k


def shrink(x: Floats, n: Floats, p: Floats | float, k: Floats | float) -> Floats:
    """Return ``(x + k p) / (n + k)``, between the raw rate x / n and the pooled rate p."""
    return np.asarray((x + k * p) / (n + k), dtype=np.float64)


def fit_k(cell: Integers, x: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return the pooled rate p and the prior's weight k (in documents) of each cell.

    ``cell``: (rows,), codes 0, 1, ... without holes; x of n documents in each row, n > 0. p is
    ``sum x / sum n``; k maximises the likelihood of a beta-binomial with mean p, within ``LEAST_K`` and
    ``MOST_K``. Where the rates differ no more than chance makes them, and where p is 0 or 1, k is ``MOST_K``.

    Maximum likelihood was chosen by measurement: over 36 designs (3 to 100 outlets, rates of 0.002 to
    0.05, k of 30 to 3,000) the squared error of the shrunk rates is at most 1.42 times that of the known
    k; a moment estimator reaches 2.17.
    """
    cells = int(cell.max()) + 1 if len(cell) else 0
    p = count_by(cell, x, cells) / count_by(cell, n, cells)
    varies = (p > 0) & (p < 1)
    k = np.full(cells, MOST_K)
    if not varies.any():
        return p, k
    kept = varies[cell]
    codes = np.cumsum(varies) - 1
    fitted = _maximise(_Likelihood(codes[cell[kept]], x[kept], n[kept], p[varies]))
    k[varies] = fitted
    return p, k


class _Likelihood:
    """Log-likelihood of log k per cell; equal rows of a cell are evaluated once."""

    def __init__(self, cell: Integers, x: Floats, n: Floats, p: Floats) -> None:
        order = np.lexsort((x, n, cell))
        rows = np.column_stack([cell, n, x])[order]
        first = np.flatnonzero(np.any(np.diff(rows, axis=0, prepend=-1.0) != 0, axis=1))
        self.times = np.diff(first, append=len(rows)).astype(np.float64)
        self.cell, self.n, self.x = rows[first, 0].astype(np.int64), rows[first, 1], rows[first, 2]
        self.p = p
        self.hit = self.x > 0

    def __call__(self, log_k: Floats) -> Floats:
        k = np.exp(log_k)
        a, b = k * self.p, k * (1 - self.p)
        constant = gammaln(k) - gammaln(b)
        value = (
            gammaln(self.n - self.x + b[self.cell])
            - gammaln(self.n + k[self.cell])
            + constant[self.cell]
        )
        hit = self.cell[self.hit]
        value[self.hit] += gammaln(self.x[self.hit] + a[hit]) - gammaln(a)[hit]
        return count_by(self.cell, value * self.times, len(self.p))


def _maximise(likelihood: _Likelihood) -> Floats:
    """Find the best k of each cell: a grid over log k, then golden-section search around its best point."""
    cells = len(likelihood.p)
    grid = np.linspace(np.log(LEAST_K), np.log(MOST_K), GRID_POINTS)
    on_grid = np.array([likelihood(np.full(cells, point)) for point in grid])
    best = on_grid.argmax(axis=0)
    low = grid[np.maximum(best - 1, 0)]
    high = grid[np.minimum(best + 1, GRID_POINTS - 1)]
    ratio = (np.sqrt(5) - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = likelihood(left), likelihood(right)
    for _ in range(GOLDEN_STEPS):
        goes_left = at_left > at_right
        low, high = np.where(goes_left, low, left), np.where(goes_left, right, high)
        inner = np.where(goes_left, high - ratio * (high - low), low + ratio * (high - low))
        at_inner = likelihood(inner)
        left, right = np.where(goes_left, inner, right), np.where(goes_left, left, inner)
        at_left, at_right = (
            np.where(goes_left, at_inner, at_right),
            np.where(goes_left, at_left, at_inner),
        )
    # no inner maximum found where the best point of the grid is its end: the end itself is the answer
    at_end = np.where(best == 0, grid[0], np.where(best == GRID_POINTS - 1, grid[-1], np.nan))
    middle = (low + high) / 2
    better_end = ~np.isnan(at_end) & (on_grid.max(axis=0) >= likelihood(middle))
    k = np.exp(np.where(better_end, at_end, middle))
    return np.asarray(np.clip(k, LEAST_K, MOST_K), dtype=np.float64)
