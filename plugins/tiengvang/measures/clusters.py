"""Variances of weighted means whose observations come in clusters (outlet families), many groups at once.

A *group* is one place where a question is asked (a host country, say), a *column* one of the countries that
it compares, a *row* one outlet family in one group. Every estimate here is ``sum(contrast * mean)`` with
``mean`` the weighted mean of a column over the rows of its group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
LEVEL = 0.95
ALONE = 1e-9  # a row whose share is 1 up to rounding has no other to differ from


@dataclass(frozen=True, slots=True)
class Clusters:
    """What the rows of all groups weigh and how far they lie from their column's mean.

    ``group``: (rows,), ascending codes 0, 1, ... without holes. ``share``: (rows, columns), sums to 1 over
    a group wherever the column is present and is 0 elsewhere. ``deviation``: (rows, columns), the sum
    over the row's observations of weight * (value - mean of the column).
    """

    group: Integers
    share: Floats
    deviation: Floats

    @property
    def starts(self) -> Integers:
        """First row of each group."""
        return np.flatnonzero(np.diff(self.group, prepend=-1)).astype(np.int64)


def count_by(code: Integers, weights: Floats, size: int) -> Floats:
    """Sum weights by code 0 .. size - 1."""
    return np.asarray(np.bincount(code, weights, size), dtype=np.float64)


def sum_rows(values: Floats, starts: Integers) -> Floats:
    """Sum rows group by group; ``starts`` are the first rows of the groups."""
    if not len(starts):
        return np.zeros((0, *values.shape[1:]))
    summed: Floats = np.add.reduceat(values, starts, axis=0)
    return summed


class ClusterVariance:
    """The bias-reduced cluster-robust variance (CR2) of contrasts, and the degrees of freedom of their t.

    The residual of a row is scaled so that the variance is unbiased if rows vary as ``working_variance``
    (rows, columns) says; the degrees of freedom are Satterthwaite's under the same model (Bell and McCaffrey
    2002; with an estimated working model, Imbens and Kolesar 2016). The model need not be true: it
    decides the correction, not the variance.
    """

    def __init__(self, clusters: Clusters, working_variance: Floats) -> None:
        self._group, self._starts = clusters.group, clusters.starts
        share = clusters.share
        pulled = share * working_variance
        common = sum_rows(share * pulled, self._starts)
        residual_variance = working_variance - 2 * pulled + common[self._group]
        known = (share > 0) & (share < 1 - ALONE) & (residual_variance > 0)
        scale = np.sqrt(
            np.divide(working_variance, residual_variance, where=known, out=np.zeros(share.shape))
        )
        scale[~known] = 0.0
        weights = share * scale
        self._scores = clusters.deviation * scale
        self._traces = sum_rows(weights**2 * residual_variance, self._starts)
        self._squares = self._trace_of_products(weights, pulled, working_variance, common)

    def of(self, contrast: Floats) -> tuple[Floats, Floats]:
        """Return variance and degrees of freedom of each group's contrast, (groups, columns).

        A group whose columns have one row each has variance 0 and df NaN: nothing can be said of it.
        """
        scores = (self._scores * contrast[self._group]).sum(axis=1)
        squared = contrast**2
        expected = (self._traces * squared).sum(axis=1)
        spread = (self._squares * squared[:, :, None] * squared[:, None, :]).sum(axis=(1, 2))
        df = np.divide(expected**2, spread, where=spread > 0, out=np.full(len(spread), np.nan))
        return sum_rows(scores**2, self._starts), np.maximum(df, 1.0)

    def _trace_of_products(
        self, weights: Floats, pulled: Floats, working_variance: Floats, common: Floats
    ) -> Floats:
        """Return tr(O_c @ O_d) per group and pair of columns, (groups, columns, columns).

        O_c is the covariance of the rows' scores in column c under the working model,
        O[g,h] = v[g] v[h] (f[g] 1(g=h) - r[g] - r[h] + s), with v weights, f the working variance, r =
        share * f and s = sum(share * r). The products are summed from moments: no matrix of rows by rows.
        """
        columns = weights.shape[1]
        found = np.zeros((len(self._starts), columns, columns))
        for c in range(columns):
            for d in range(c + 1):
                v = weights[:, c] * weights[:, d]
                rc, rd, sc, sd = pulled[:, c], pulled[:, d], common[:, c], common[:, d]
                all_c, all_d = sc[self._group] - 2 * rc, sd[self._group] - 2 * rd
                own = (working_variance[:, c] + all_c) * (working_variance[:, d] + all_d)
                own -= all_c * all_d
                moments = np.stack([v, v * rc, v * rd, v * rc * rd, v * v * own], axis=1)
                m, mc, md, mcd, diagonal = sum_rows(moments, self._starts).T
                rest = sc * sd * m**2 - 2 * sc * m * md - 2 * sd * m * mc
                found[:, c, d] = diagonal + rest + 2 * mcd * m + 2 * mc * md
                found[:, d, c] = found[:, c, d]
        return found


def t_interval(estimate: Floats, variance: Floats, df: Floats) -> tuple[Floats, Floats]:
    """Return ``estimate -+ t * se`` at the level 0.95; NaN where df is NaN or the variance is 0."""
    half = stats.t.ppf((1 + LEVEL) / 2, df) * np.sqrt(variance)
    half = np.where(variance > 0, half, np.nan)
    return estimate - half, estimate + half


def share_interval(share: Floats, variance: Floats, df: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return the Korn-Graubard interval of a share between 0 and 1, at the level 0.95.

    Clopper-Pearson at the effective sample size ``share (1 - share) / variance``, lowered by the ratio of the
    normal's quantile to t's, and at most ``n`` (Korn and Graubard 1998). It holds at 0 and 1 as well, where a
    variance says nothing. NaN where df is NaN or n is 0.
    """
    usable = np.isfinite(df) & (n > 0) & np.isfinite(share)
    share = np.where(usable, np.clip(share, 0, 1), 0.5)
    n = np.where(usable, n, 1.0)
    effective = np.divide(share * (1 - share), variance, where=variance > 0, out=n.copy())
    quantile = stats.t.ppf((1 + LEVEL) / 2, np.where(usable, df, 1.0))
    effective = np.where((share > 0) & (share < 1), effective, n)
    effective = np.minimum(effective * (stats.norm.ppf((1 + LEVEL) / 2) / quantile) ** 2, n)
    hits, tail = share * effective, (1 - LEVEL) / 2
    low = np.where(hits > 0, stats.beta.ppf(tail, hits, effective - hits + 1), 0.0)
    high = np.where(hits < effective, stats.beta.ppf(1 - tail, hits + 1, effective - hits), 1.0)
    return np.where(usable, low, np.nan), np.where(usable, high, np.nan)
