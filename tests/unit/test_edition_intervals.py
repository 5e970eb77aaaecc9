"""Intervals and Holm's correction against values from published tables."""

from __future__ import annotations

import pytest

from tiengvang.edition.intervals import (
    holm,
    paired_p_value,
    weighted_mean_interval,
)


def test_equal_weights_give_the_interval_of_a_plain_mean():
    # mean 3, standard error sqrt(2.5 / 5), t(0.95, 4) = 2.7764
    mean, low, high = weighted_mean_interval([1, 2, 3, 4, 5], [7, 7, 7, 7, 7])
    assert mean == pytest.approx(3)
    assert high - mean == pytest.approx(2.7764 * (2.5 / 5) ** 0.5, abs=1e-3)
    assert mean - low == pytest.approx(high - mean)


def test_weights_move_the_mean():
    assert weighted_mean_interval([0.0, 1.0], [1, 3])[0] == pytest.approx(0.75)


def test_one_value_has_no_interval():
    with pytest.raises(ValueError, match="two values"):
        weighted_mean_interval([1.0], [1.0])


def test_paired_p_value():
    # t = 2 / (1.5811 / sqrt(5)) = 2.8284 with 4 degrees of freedom: p = 0.0474
    assert paired_p_value([0, 1, 2, 3, 4]) == pytest.approx(0.0474, abs=1e-4)
    assert paired_p_value([0.0, 0.0, 0.0]) == 1
    assert paired_p_value([2.0, 2.0, 2.0]) == 0


def test_holm_steps_down_and_never_decreases():
    adjusted = holm({"a": 0.01, "b": 0.04, "c": 0.03})
    assert adjusted == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})
    assert holm({}) == {}
