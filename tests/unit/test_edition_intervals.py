"""Intervals and Holm's correction against values from published tables."""

from __future__ import annotations

from math import exp, inf, log, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from tiengvang.edition.intervals import (
    SIGNIFICANCE,
    difference_interval,
    holm,
    interval_p_value,
    log_ratio_interval,
    share_interval,
)


def test_the_p_value_of_an_interval_is_that_of_students_t():
    # estimate 2 standard errors from the null, t(0.975, 9) = 2.2622: p of |t| > 2 with 9 df
    assert interval_p_value(2, 2 - 2.2622, 2 + 2.2622, 0, 10) == pytest.approx(0.0766, abs=1e-3)
    assert interval_p_value(2, 2 - 1.96, 2 + 1.96, 0, 10**6) == pytest.approx(0.0455, abs=1e-3)


def test_only_the_half_toward_the_null_counts():
    assert interval_p_value(0.3, 0.2, 9.0, 0.15, 30) < SIGNIFICANCE
    assert interval_p_value(0.3, 0.1, 0.31, 0.15, 30) > SIGNIFICANCE


def test_an_interval_that_says_nothing_finds_nothing():
    assert interval_p_value(1, 0.5, 1.5, 0, 1) == 1
    assert interval_p_value(1, -inf, inf, 0, 20) == 1
    assert interval_p_value(1, nan, nan, 0, 20) == 1
    assert interval_p_value(1, 1, 1, 0, 20) == 0
    assert interval_p_value(1, 1, 1, 1, 20) == 1


@given(
    st.floats(-5, 5), st.floats(0.01, 3), st.floats(0.01, 3), st.floats(-5, 5), st.integers(2, 200)
)
def test_p_is_small_exactly_where_the_interval_leaves_the_null_out(
    estimate, below, above, null, clusters
):
    p_value = interval_p_value(estimate, estimate - below, estimate + above, null, clusters)
    outside = null < estimate - below or null > estimate + above
    edge = min(abs(null - estimate + below), abs(null - estimate - above)) < 1e-6
    assert edge or (p_value < SIGNIFICANCE) == outside


def test_a_difference_of_equal_intervals_is_wider_by_the_root_of_two():
    difference, low, high = difference_interval((0.5, 0.4, 0.6), (0.2, 0.1, 0.3))
    assert (difference, low, high) == pytest.approx((0.3, 0.3 - 0.02**0.5, 0.3 + 0.02**0.5))


def test_a_difference_takes_the_halves_that_face_each_other():
    _, low, high = difference_interval((0.5, 0.5, 0.9), (0.2, 0.1, 0.2))
    assert (low, high) == pytest.approx((0.3, 0.3 + (0.4**2 + 0.1**2) ** 0.5))


def test_the_interval_of_counts_is_wilsons():
    # 5 of 10: 0.2366 to 0.7634
    assert share_interval(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    low, high = share_interval(0, 10)
    assert low == pytest.approx(0, abs=1e-12)
    assert 0.2 < high < 0.3
    with pytest.raises(ValueError, match="no interval"):
        share_interval(0, 0)


def test_the_interval_of_a_log_ratio_is_that_of_a_risk_ratio():
    # 30 of 100 against 20 of 100: ratio 1.5 (0.92 to 2.46)
    low, high = log_ratio_interval(0.3, 0.2, 100, 100)
    assert (exp(low), exp(high)) == pytest.approx((0.916, 2.456), abs=2e-3)
    assert low < log(1.5) < high
    with pytest.raises(ValueError, match="no log ratio"):
        log_ratio_interval(0.3, 0.0, 100, 100)


def test_holm_steps_down_and_never_decreases():
    adjusted = holm({"a": 0.01, "b": 0.04, "c": 0.03})
    assert adjusted == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})
    assert holm({}) == {}


@given(st.dictionaries(st.integers(), st.floats(0, 1), min_size=1, max_size=12))
def test_holm_is_the_reference_implementations(p_values):
    expected = multipletests(list(p_values.values()), method="holm")[1]
    assert list(holm(p_values).values()) == pytest.approx(list(expected))
    assert list(holm(p_values)) == list(p_values)
