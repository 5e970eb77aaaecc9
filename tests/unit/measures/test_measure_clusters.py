"""Cluster-robust variances against textbook values and against the explicit matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tiengvang.measures.clusters import Clusters, ClusterVariance, share_interval, t_interval


def one_group(values: np.ndarray, share: np.ndarray) -> Clusters:
    deviation = share * (values - (share * values).sum(axis=0))
    return Clusters(np.zeros(len(values), np.int64), share, deviation)


def test_equal_rows_give_the_variance_and_df_of_a_plain_mean():
    values = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]])
    clusters = one_group(values, np.full((5, 1), 0.2))
    variance, df = ClusterVariance(clusters, np.ones((5, 1))).of(np.ones((1, 1)))
    assert variance == pytest.approx([2.5 / 5])
    assert df == pytest.approx([4])
    low, high = t_interval(np.array([3.0]), variance, df)
    assert high - 3 == pytest.approx([2.7764 * (2.5 / 5) ** 0.5], abs=1e-3)
    assert 3 - low == pytest.approx(high - 3)


@given(
    st.integers(2, 7),
    st.integers(1, 3),
    st.integers(0, 2**32 - 1),
)
def test_variance_and_df_are_those_of_the_matrices(rows: int, columns: int, seed: int):
    rng = np.random.default_rng(seed)
    share = rng.dirichlet(np.ones(rows), columns).T
    working = rng.uniform(0.5, 3, (rows, columns))
    values, contrast = rng.normal(size=(rows, columns)), rng.normal(size=columns)
    expected_variance, expected_df = by_matrices(values, share, working, contrast)
    variance, df = ClusterVariance(one_group(values, share), working).of(contrast[None, :])
    assert variance[0] == pytest.approx(expected_variance, rel=1e-6)
    assert df[0] == pytest.approx(max(expected_df, 1), rel=1e-6)


def by_matrices(
    values: np.ndarray, share: np.ndarray, working: np.ndarray, contrast: np.ndarray
) -> tuple[float, float]:
    rows = len(values)
    covariance, scores = np.zeros((rows, rows)), np.zeros(rows)
    for c, k in enumerate(contrast):
        residual_maker = np.eye(rows) - np.ones((rows, 1)) @ share[:, [c]].T
        residual = residual_maker @ np.diag(working[:, c]) @ residual_maker.T
        scale = np.sqrt(working[:, c] / np.diag(residual))
        weights = np.diag(k * scale * share[:, c])
        covariance += weights @ residual @ weights
        scores += weights @ residual_maker @ values[:, c]
    return float(scores @ scores), np.trace(covariance) ** 2 / np.trace(covariance @ covariance)


def test_a_single_row_says_nothing():
    clusters = one_group(np.array([[2.0]]), np.ones((1, 1)))
    variance, df = ClusterVariance(clusters, np.ones((1, 1))).of(np.ones((1, 1)))
    assert variance == [0]
    assert np.isnan(df).all()
    assert np.isnan(t_interval(np.array([2.0]), variance, df)).all()
    assert np.isnan(share_interval(np.array([0.5]), variance, df, np.array([9.0]))).all()


def test_share_interval_is_clopper_pearson_for_independent_documents():
    share, n = np.array([0.3, 0.0, 1.0]), np.full(3, 40.0)
    low, high = share_interval(share, share * (1 - share) / n, np.full(3, 1e9), n)
    for i, hits in enumerate((12, 0, 40)):
        exact = stats.binomtest(hits, 40).proportion_ci(method="exact")
        assert (low[i], high[i]) == pytest.approx((exact.low, exact.high), abs=1e-6)


@given(st.floats(0, 1), st.floats(1e-6, 1), st.floats(1, 200), st.integers(1, 10_000))
def test_share_interval_holds_its_share_within_0_and_1(share, variance, df, n):
    low, high = (
        float(limit[0])
        for limit in share_interval(*(np.array([v], float) for v in (share, variance, df, n)))
    )
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
