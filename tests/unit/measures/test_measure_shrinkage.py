"""Empirical-Bayes rates: bounds, likelihood, and what no data may break."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tiengvang.measures.shrinkage import LEAST_K, MOST_K, fit_k, shrink

COUNTS = st.lists(
    st.integers(50, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=12,
)


def fit(counts: list[tuple[int, int]]) -> tuple[float, float]:
    x, n = np.array(counts, float).T
    p, k = fit_k(np.zeros(len(counts), np.int64), x, n)
    return float(p[0]), float(k[0])


@given(COUNTS)
def test_a_shrunk_rate_lies_between_the_raw_and_the_pooled_one(counts):
    p, k = fit(counts)
    assert LEAST_K <= k <= MOST_K
    for x, n in counts:
        low, high = sorted((x / n, p))
        assert low - 1e-12 <= shrink(np.array(x), np.array(n), p, k) <= high + 1e-12


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_outlets_does_not_matter(counts, random):
    shuffled = random.sample(counts, len(counts))
    assert fit(shuffled) == fit(counts)


@given(st.integers(0, 500), st.integers(500, 5_000), st.floats(0.001, 1), st.floats(1, 1e6))
def test_the_same_scale_of_counts_and_prior_gives_the_same_rate(x, n, p, k):
    rate = shrink(np.array(x), np.array(n), p, k)
    assert shrink(np.array(7.0 * x), np.array(7.0 * n), p, 7 * k) == pytest.approx(rate)


def test_k_has_the_largest_likelihood():
    rng = np.random.default_rng(4)
    n = rng.integers(50, 2_000, 60)
    x = rng.binomial(n, rng.beta(2, 98, 60))
    p, k = fit(list(zip(x.tolist(), n.tolist(), strict=True)))

    def likelihood(k: float) -> float:
        return float(stats.betabinom.logpmf(x, n, k * p, k * (1 - p)).sum())

    assert likelihood(k) >= max(likelihood(point) for point in np.geomspace(1, 1e6, 400)) - 1e-3
    assert 50 < k < 200  # drawn with 100


def test_each_cell_is_fitted_alone():
    x, n = np.array([1.0, 9, 4, 30, 2, 8]), np.array([100.0, 90, 400, 310, 60, 700])
    together = fit_k(np.array([0, 1, 0, 1, 1, 0]), x, n)
    first, second = [0, 2, 5], [1, 3, 4]
    for cell, rows in enumerate((first, second)):
        p, k = fit_k(np.zeros(3, np.int64), x[rows], n[rows])
        assert (together[0][cell], together[1][cell]) == (p[0], k[0])


def test_nothing_one_outlet_and_equal_rates_take_the_pooled_rate():
    assert fit([(0, 100), (0, 900)]) == (0, MOST_K)
    assert fit([(5, 100)]) == (0.05, pytest.approx(MOST_K))
    assert fit([(100, 100), (60, 60)]) == (1, MOST_K)
    p, k = fit([(10, 1_000)] * 6)
    assert (p, k) == (0.01, pytest.approx(MOST_K))
