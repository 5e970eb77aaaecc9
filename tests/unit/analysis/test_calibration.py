"""The null distribution is that of the quiet days, whatever loud ones are among them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tiengvang.analysis.calibration import (
    LEAST_SERIES_DAYS,
    adjusted,
    as_table,
    calibrate,
)

SHAPE = (400, 50)
MONTH = pd.Timestamp("2026-06-01")
QUIET = stats.t.rvs(df=28, size=SHAPE, random_state=np.random.default_rng(1))
LEVEL = np.broadcast_to(np.arange(50.0), SHAPE)
ABLE = np.ones(SHAPE, dtype=bool)


def test_p_values_of_quiet_days_are_what_they_say() -> None:
    null = calibrate(QUIET, LEVEL, ABLE)
    other = stats.t.rvs(df=28, size=SHAPE, random_state=np.random.default_rng(2))
    p_values = null.p_values(other, LEVEL)
    for level in (0.5, 0.1, 0.01):
        assert (p_values <= level).mean() == pytest.approx(level, rel=0.2)
    assert len(null.levels) == 4
    assert null.alarms_per_100 is not None
    assert null.alarms_per_100 < 1.2


def test_loud_days_among_them_hardly_move_the_tail() -> None:
    loud = np.where(np.random.default_rng(3).random(SHAPE) < 0.05, 6.0, QUIET)
    tested = np.array([3.0]), np.array([25.0])
    clean = calibrate(QUIET, LEVEL, ABLE).p_values(*tested)[0]
    unquiet = calibrate(loud, LEVEL, ABLE).p_values(*tested)[0]
    assert 0.5 * clean < unquiet < 2 * clean
    empirical = (loud >= 3).mean()
    assert empirical > 10 * clean, "what counting them in would say"


def test_levels_have_distributions_of_their_own() -> None:
    wide = QUIET * np.where(LEVEL < 25, 1.0, 2.0)
    null = calibrate(wide, LEVEL, ABLE)
    here, there = null.p_values(np.array([3.0, 3.0]), np.array([5.0, 45.0]))
    assert here < 0.01 < there


def test_no_p_value_is_smaller_than_the_days_can_show() -> None:
    null = calibrate(QUIET, LEVEL, ABLE, days_per_independent=28)
    assert len(null.levels) == 1, "fewer than a thousand independent days are one level"
    n = QUIET.size // 28
    assert null.p_values(np.array([99.0]), np.array([0.0]))[0] == 1 / (n + 1)


@pytest.mark.parametrize(
    "statistic",
    [
        QUIET.ravel()[: LEAST_SERIES_DAYS - 1, None],
        np.full(SHAPE, np.nan),
        np.zeros(SHAPE),
        np.empty((0, 3)),
    ],
)
def test_too_few_days_or_none_that_vary_are_no_calibration(statistic: np.ndarray) -> None:
    able = np.ones(statistic.shape, dtype=bool)
    null = calibrate(statistic, np.zeros(statistic.shape), able)
    assert null.levels == ()
    assert null.alarms_per_100 is None
    assert as_table({MONTH: null}).empty
    assert np.isnan(null.p_values(np.array([3.0]), np.array([1.0]))).all()


def test_what_is_kept_is_one_row_per_month_and_level() -> None:
    frame = as_table({MONTH: calibrate(QUIET, LEVEL, ABLE)})
    assert frame["n_series_days"].sum() == QUIET.size
    assert frame["level_from"].is_monotonic_increasing
    assert frame["alarms_per_100"].nunique() == 1
    assert {len(row) for row in frame["quantiles"]} == {6}


def test_each_day_is_adjusted_on_its_own() -> None:
    p_values = np.array([[0.01, 0.02, 0.6], [np.nan, 0.01, 0.6], [np.nan, np.nan, np.nan]])
    expected = np.array([[0.03, 0.03, 0.6], [np.nan, 0.02, 0.6], [np.nan, np.nan, np.nan]])
    np.testing.assert_allclose(adjusted(p_values), expected)
    assert pd.isna(adjusted(p_values)[2]).all()
