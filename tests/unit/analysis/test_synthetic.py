"""The weights are the best there are, and an interval is what its placebos do not refuse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.analysis.placebo import interval_level, placebo_interval
from tiengvang.analysis.synthetic import (
    Panel,
    gaps_of_each,
    rmspe,
    simplex_weights,
    without_level,
)


def drawn(seed: int, n: int, units: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(n, units))


@given(seed=st.integers(0, 10**6), donors=st.integers(1, 12), scale=st.integers(-6, 6))
def test_no_other_weights_are_nearer(seed: int, donors: int, scale: int) -> None:
    values = drawn(seed, 40, donors + 1) * 10.0**scale
    pool, target = values[:, 1:], values[:, 0]
    weights = simplex_weights(pool, target)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    # on the simplex an optimum is certain where no single donor's direction leads further down
    slope = pool.T @ (pool @ weights - target)
    assert (slope - slope @ weights).min() >= -1e-9 * np.abs(slope).max()


def test_a_mean_of_donors_is_found_again() -> None:
    pool = drawn(2, 60, 5)
    planted = np.array([0.5, 0.0, 0.3, 0.2, 0.0])
    assert simplex_weights(pool, pool @ planted) == pytest.approx(planted, abs=1e-9)
    assert simplex_weights(pool, pool[:, 1]) == pytest.approx([0, 1, 0, 0, 0], abs=1e-9)


def test_each_unit_is_compared_with_all_others() -> None:
    values = drawn(4, 50, 6)
    fit = np.arange(50) < 40
    gaps, weights = gaps_of_each(values, fit)
    assert np.diag(weights) == pytest.approx(np.zeros(6))
    assert weights[2, [0, 1, 3, 4, 5]] == pytest.approx(
        simplex_weights(values[fit][:, [0, 1, 3, 4, 5]], values[fit][:, 2]), abs=1e-9
    )
    assert gaps == pytest.approx(values - values @ weights.T)


def test_a_level_by_weekday_is_that_of_the_periods_before() -> None:
    offsets = np.arange(-21, 7)
    pattern = np.array([0.0, 1, 2, 3, 4, 9, 8])
    values = (5 + pattern[offsets % 7] + np.where(offsets >= 0, 0.4, 0.0))[:, None]
    left = without_level(Panel(values, offsets, 7), offsets < 0)
    assert left[:, 0] == pytest.approx(np.where(offsets >= 0, 0.4, 0.0))


def test_a_weekday_that_is_never_before_has_the_level_of_all() -> None:
    offsets = np.arange(-21, 7)
    fit = (offsets < 0) & (offsets % 7 != 5)
    values = (2.0 + (offsets % 7 == 5))[:, None]
    left = without_level(Panel(values, offsets, 7), fit)
    assert left[:, 0] == pytest.approx((offsets % 7 == 5).astype(float))


def test_an_error_is_by_weeks_with_the_weight_of_their_days() -> None:
    gaps = np.array([[1.0], [3.0], [-4.0]])
    assert rmspe(gaps, np.array([0, 0, 1])) == pytest.approx([np.sqrt((2 * 2**2 + 4**2) / 3)])


def test_the_level_is_the_next_that_ranks_can_give() -> None:
    assert [interval_level(0.05, n) for n in (19, 38, 40)] == pytest.approx(
        [1 - 1 / 20, 1 - 1 / 39, 1 - 2 / 41]
    )
    assert interval_level(0.05, 8) == 1


def p_of(uplift: float, means: np.ndarray, scales: np.ndarray, weights: np.ndarray) -> float:
    slopes = np.r_[-1.0, weights[1:]]
    found = np.abs(means + slopes * uplift) / scales
    return float((found >= found[0]).mean())


@given(seed=st.integers(0, 10**6), donors=st.integers(19, 45))
def test_what_is_outside_the_interval_is_refused_and_its_limits_are_not(
    seed: int, donors: int
) -> None:
    generator = np.random.default_rng(seed)
    means = generator.normal(size=donors + 1)
    scales = generator.uniform(0.3, 3, donors + 1)
    weights = generator.dirichlet(np.full(donors + 1, 0.3))
    low, high = placebo_interval(means, scales, weights, 0.05)
    assert low <= means[0] <= high
    for limit, side in ((low, -1), (high, 1)):
        if np.isfinite(limit):
            inside, outside = limit - side * 1e-7, limit + side * 1e-7
            assert p_of(inside, means, scales, weights) > 0.05
            for far in (0.0, 0.1, 1.0, 30.0):
                assert p_of(outside + side * far, means, scales, weights) <= 0.05


def test_a_side_without_refusals_has_no_limit() -> None:
    means, scales = np.zeros(9), np.ones(9)
    low, high = placebo_interval(means, scales, np.full(9, 0.1), 0.05)
    assert (low, high) == (-np.inf, np.inf)
