"""A premium that moves and stays is told with its day and side; one loud day and thin data are not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from benchmarks.planted import tone_shifts as planted
from hypothesis import given, settings
from hypothesis import strategies as st

from tiengvang.analysis.anomalies import CONSTANT_SERIES, NOT_CALIBRATED, SHORT_HISTORY
from tiengvang.analysis.tone_shift import NO_PREMIUM, watch_tone

DAYS = planted.world(77)[0]
DAYS = DAYS[DAYS["series"] < 15]
LAST = DAYS["day"].max()
SINCE = LAST - pd.Timedelta(days=27)
NUMBERS = ["shift", "changed_on", "statistic", "p_value", "q_value"]


def moved(by: float, since: pd.Timestamp, until: pd.Timestamp = LAST) -> pd.DataFrame:
    there = (DAYS["series"] == 3) & DAYS["day"].between(since, until)
    return DAYS.assign(premium=DAYS["premium"] + by * there)


def last_of(days: pd.DataFrame, series: int = 3) -> pd.Series:
    verdicts = watch_tone(days, SINCE).verdicts
    return verdicts[(verdicts["series"] == series) & (verdicts["day"] == LAST)].iloc[0]


@pytest.mark.parametrize(("by", "direction"), [(1.5, "warmer"), (-1.5, "colder")])
def test_a_shift_is_told_with_its_side_and_its_day(by: float, direction: str) -> None:
    since = LAST - pd.Timedelta(days=20)
    found = last_of(moved(by, since))
    assert found["is_shift"]
    assert found["direction"] == direction
    assert found["shift"] == pytest.approx(by, abs=0.75)
    assert abs((found["changed_on"] - since).days) <= 6


def test_one_loud_day_is_no_shift() -> None:
    quiet, loud = last_of(DAYS), last_of(moved(50, LAST, LAST))
    assert not loud["is_shift"]
    assert loud["statistic"] <= quiet["statistic"] + 5.0


def test_the_window_is_not_in_its_own_baseline() -> None:
    # shifted by the same amount everywhere: nothing but the level differs
    first = watch_tone(moved(2.0, DAYS["day"].min()), SINCE).verdicts.drop(columns="premium")
    second = watch_tone(DAYS, SINCE).verdicts.drop(columns="premium")
    pd.testing.assert_frame_equal(first, second)
    # a run as long as the window is told in full: none of it pulls the usual its way
    run = last_of(moved(3.0, LAST - pd.Timedelta(days=27)))
    assert run["shift"] == pytest.approx(3.0, abs=0.75)


def test_order_and_later_days_change_nothing() -> None:
    first = watch_tone(DAYS, SINCE)
    shuffled = watch_tone(DAYS.sample(frac=1, random_state=1), SINCE)
    pd.testing.assert_frame_equal(first.verdicts, shuffled.verdicts)
    pd.testing.assert_frame_equal(first.calibrations, shuffled.calibrations)
    until = LAST - pd.Timedelta(days=9)
    early = watch_tone(DAYS[DAYS["day"] <= until], SINCE).verdicts
    pd.testing.assert_frame_equal(early, first.verdicts[first.verdicts["day"] <= until])


def test_too_little_is_a_reason() -> None:
    premium = DAYS["premium"].copy()
    day = DAYS["day"]
    premium[DAYS["series"] == 3] = np.nan
    premium[(DAYS["series"] == 4) & (day < LAST - pd.Timedelta(days=50))] = np.nan
    premium[DAYS["series"] == 5] = 0.25
    days = DAYS.assign(premium=premium)
    for series, reason in ((3, NO_PREMIUM), (4, SHORT_HISTORY), (5, CONSTANT_SERIES)):
        found = last_of(days, series)
        assert found["reason"] == reason
        assert found[NUMBERS].isna().all()
        assert not found["is_shift"]
    young = DAYS[day > LAST - pd.Timedelta(days=130)]
    assert last_of(young)["reason"] == NOT_CALIBRATED


@given(
    st.lists(
        st.tuples(
            st.integers(0, 200),
            st.sampled_from("ab"),
            st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True, width=32)),
        ),
        max_size=60,
        unique_by=lambda row: row[:2],
    )
)
@settings(max_examples=60, deadline=None)
def test_no_frame_raises(rows: list[tuple[object, ...]]) -> None:
    days = pd.DataFrame(rows, columns=["day", "series", "premium"])
    days["day"] = planted.FIRST_DAY + pd.to_timedelta(days["day"].astype(int), unit="D")
    verdicts = watch_tone(days, planted.FIRST_DAY + pd.Timedelta(days=100)).verdicts
    assert not verdicts["is_shift"].any()
    assert verdicts["reason"].notna().all()
