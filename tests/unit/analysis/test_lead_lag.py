"""Leads that are there are found at their lag, leads that are not are not, and too little is a reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from benchmarks.planted import lead_lag as planted
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.analysis.forecast_gain import forecast_gain
from tiengvang.analysis.lead_lag import (
    QUARTERLY,
    adjusted,
    lunar_new_year,
    measure_pair,
)

MONTHS = pd.period_range("2012-01", "2026-06", freq="M")
HOLIDAY = lunar_new_year(MONTHS)
NO_MASK = pd.PeriodIndex([], freq="M")


def pair(correlation: float, seed: int = 5) -> tuple[pd.Series, pd.Series]:
    return planted.pair_of_series(MONTHS, seed, correlation)


def test_a_lead_stands_at_its_lag_and_at_the_opposite_one_when_the_sides_change() -> None:
    coverage, outcome = pair(0.8)
    ahead = measure_pair(coverage, outcome, planted.MASKED, HOLIDAY)
    behind = measure_pair(outcome, coverage, planted.MASKED, HOLIDAY)
    assert (ahead.lag, behind.lag) == (planted.LEAD, -planted.LEAD)
    assert ahead.p_value is not None
    assert ahead.p_value < 0.001
    assert ahead.gain is not None
    assert ahead.gain > 0
    assert behind.gain is None, "what comes after forecasts nothing"


def test_the_same_series_give_the_same_verdict_whatever_their_unit() -> None:
    coverage, outcome = pair(0.5)
    first = measure_pair(coverage, outcome, planted.MASKED, HOLIDAY)
    assert measure_pair(coverage, outcome, planted.MASKED, HOLIDAY) == first
    # a thousandfold unit moves the level of the logarithm, which is taken out
    larger = measure_pair(coverage, outcome * 1000, planted.MASKED, HOLIDAY)
    assert larger.lag == first.lag
    assert larger.correlations == pytest.approx(first.correlations, abs=1e-3)


def test_what_happened_under_closed_borders_does_not_count() -> None:
    coverage, outcome = pair(0.5)
    there = outcome.index.isin(planted.MASKED)
    closed = outcome.where(~there, 0.0)
    assert measure_pair(coverage, closed, planted.MASKED, HOLIDAY) == measure_pair(
        coverage, outcome, planted.MASKED, HOLIDAY
    )


def test_a_new_level_after_closed_borders_is_no_lead() -> None:
    coverage, outcome = pair(0.0)
    after = outcome.index > planted.MASKED[-1]
    moved = [series.where(~after, series * 3) for series in (coverage, outcome)]
    still = measure_pair(coverage, outcome, planted.MASKED, HOLIDAY)
    changed = measure_pair(*moved, planted.MASKED, HOLIDAY)
    assert changed.correlations == pytest.approx(still.correlations, abs=1e-2)


@pytest.mark.parametrize(
    ("reason", "coverage", "outcome"),
    [
        ("short_history", pair(0)[0][:59], pair(0)[1]),
        ("short_history", pair(0)[0] * np.nan, pair(0)[1]),
        ("constant_series", pair(0)[0] * 0 + 7, pair(0)[1]),
        ("negative_values", pair(0)[0], pair(0)[1] - 1e6),
        # every third month: no month has its three predecessors
        ("too_few_pairs", pair(0)[0][np.arange(len(MONTHS)) % 3 > 0], pair(0)[1]),
    ],
)
def test_too_little_is_a_reason_and_no_number(
    reason: str, coverage: pd.Series, outcome: pd.Series
) -> None:
    found = measure_pair(coverage, outcome, NO_MASK, HOLIDAY)
    assert found.reason == reason
    assert (found.lag, found.p_value, found.gain, found.correlations) == (None, None, None, {})


def test_quarters_are_a_rhythm_of_their_own() -> None:
    quarters = pd.period_range("2012Q1", "2026Q2", freq="Q")
    generator = np.random.default_rng(2)
    shocks = generator.normal(size=len(quarters) + 1)
    coverage = pd.Series(np.exp(5 + 0.2 * shocks[1:]), index=quarters)
    outcome = pd.Series(np.exp(9 + 0.2 * shocks[:-1]), index=quarters)
    mask = pd.PeriodIndex([], freq="Q")
    found = measure_pair(coverage, outcome, mask, lunar_new_year(quarters), QUARTERLY)
    assert (found.reason, found.lag) == (None, 1)


def test_the_lunar_new_year_moves() -> None:
    week = lunar_new_year(pd.period_range("2023-01", "2025-12", freq="M"))
    # 22 January 2023, 10 February 2024, 29 January 2025
    assert week[week > 0].round(6).to_dict() == {
        pd.Period("2023-01"): 1.0,
        pd.Period("2024-02"): 1.0,
        pd.Period("2025-01"): round(3 / 7, 6),
        pd.Period("2025-02"): round(4 / 7, 6),
    }


def test_discoveries_are_adjusted_over_all_pairs() -> None:
    assert adjusted({"a": 0.01, "b": 0.02, "c": 0.6}) == pytest.approx(
        {"a": 0.03, "b": 0.03, "c": 0.6}
    )
    assert adjusted({}) == {}


def test_a_forecast_gains_only_where_the_lead_is_there() -> None:
    generator = np.random.default_rng(3)
    lead = generator.normal(size=160)
    led = np.r_[0.0, lead[:-1]]
    assert forecast_gain(np.column_stack([lead, led]), 1, 12) == pytest.approx(1, abs=1e-3)
    unrelated = forecast_gain(generator.normal(size=(160, 2)), 1, 12)
    assert unrelated is not None
    assert unrelated < 0.1
    assert forecast_gain(generator.normal(size=(60, 2)), 1, 12) is None


@given(
    st.lists(
        st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=False, width=32)),
        min_size=1,
        max_size=174,
    )
)
def test_no_series_raises(values: list[float | None]) -> None:
    coverage = pd.Series(values, index=MONTHS[: len(values)], dtype=float)
    found = measure_pair(coverage, pair(0)[1], planted.MASKED, HOLIDAY)
    assert (found.reason is None) == (found.p_value is not None)
