"""Spikes are found, quiet days are not, faults and thin data are reasons, and no day judges itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from benchmarks.planted import anomalies as planted
from hypothesis import given, settings
from hypothesis import strategies as st

from tiengvang.analysis import anomalies
from tiengvang.analysis.anomalies import score, watch
from tiengvang.analysis.baseline import BASELINE_DAYS, LEVEL_DAYS, baseline

FIGURES = ["expected", "robust_z", "count_p", "statistic"]
VERDICT = ["p_value", "q_value"]
HISTORY_DAYS = planted.BASE_DAYS + planted.CALIBRATED_DAYS
# a world that is thin but long enough to be calibrated
WORLD = planted.quiet_world(41, n_series=12, n_days=HISTORY_DAYS + 28)
DAYS = WORLD.as_frame()
SINCE = planted.FIRST_TESTED
NEWEST = DAYS["day"].max()


def of(verdicts: pd.DataFrame, series: str, day: pd.Timestamp) -> pd.Series:
    found = verdicts[(verdicts["series"] == series) & (verdicts["day"] == day)]
    assert len(found) == 1
    return found.iloc[0]


def with_values(series: str, day: pd.Timestamp, **values: object) -> pd.DataFrame:
    there = (DAYS["series"] == series) & (DAYS["day"] == day)
    assert there.sum() == 1
    return DAYS.assign(**{name: DAYS[name].mask(there, value) for name, value in values.items()})


def full_day() -> pd.Timestamp:
    """Return the newest day with all slots."""
    return DAYS.loc[(DAYS["slot_share"] == 1) & (DAYS["day"] >= SINCE), "day"].max()


def test_a_spike_is_an_alert_and_leaves_other_series_alone() -> None:
    day = full_day()
    quiet = watch(DAYS, SINCE).verdicts
    expected = of(quiet, "s003", day)["expected"]
    loud = watch(with_values("s003", day, stories=round(10 * expected + 30), families=9), SINCE)
    found = of(loud.verdicts, "s003", day)
    assert found["is_alert"]
    assert found["reason"] is None
    assert found["q_value"] <= anomalies.FALSE_DISCOVERY_RATE
    others = [rows.loc[rows["series"] != "s003", FIGURES] for rows in (quiet, loud.verdicts)]
    pd.testing.assert_frame_equal(*others)


def test_a_drop_is_seen_and_is_no_alert() -> None:
    day = full_day()
    level = DAYS.groupby("series")["stories"].median().idxmax()
    found = of(watch(with_values(level, day, stories=8, families=3), SINCE).verdicts, level, day)
    assert found["statistic"] < -3
    assert not found["is_alert"]


@pytest.mark.parametrize(
    ("reason", "values"),
    [
        (anomalies.SLOTS_MISSING, {"slot_share": 0.89}),
        (anomalies.SLOTS_MISSING, {"slot_share": np.nan}),
        (anomalies.NO_COUNT, {"stories": np.nan}),
        (anomalies.NO_COUNT, {"stories": -1}),
        (anomalies.FEW_STORIES, {"stories": 7, "families": 7}),
        (anomalies.FEW_FAMILIES, {"stories": 900, "families": 2}),
        (anomalies.FEW_FAMILIES, {"stories": 900, "families": np.nan}),
    ],
)
def test_a_day_that_cannot_be_judged_has_a_reason(reason: str, values: dict[str, object]) -> None:
    day = full_day()
    found = of(watch(with_values("s003", day, **values), SINCE).verdicts, "s003", day)
    assert found["reason"] == reason
    assert found[VERDICT].isna().all()
    assert not found["is_alert"]


def test_a_series_without_history_or_without_variation_has_a_reason() -> None:
    short = DAYS[(DAYS["series"] != "s003") | (DAYS["day"] > NEWEST - pd.Timedelta(days=60))]
    flat = short.assign(
        stories=short["stories"].where(short["series"] != "s004", 9),
        families=short["families"].where(short["series"] != "s004", 5),
        slot_share=1.0,
    )
    # a constant count of a series that nobody counted for a while stays constant
    unknown = flat.assign(stories=flat["stories"].where(flat["series"] != "s005"))
    verdicts = watch(unknown, SINCE).verdicts
    for series, reason in (
        ("s003", anomalies.SHORT_HISTORY),
        ("s004", anomalies.CONSTANT_SERIES),
        ("s005", anomalies.NO_COUNT),
    ):
        found = verdicts[verdicts["series"] == series]
        assert len(found)
        assert set(found["reason"]) == {reason}
        assert found[FIGURES + VERDICT].isna().all(axis=None)
        assert not found["is_alert"].any()


def test_without_a_thousand_series_days_before_nothing_is_said() -> None:
    few = DAYS[DAYS["day"] < planted.FIRST_DAY + pd.Timedelta(days=planted.BASE_DAYS + 60)]
    judged = watch(few, few["day"].max() - pd.Timedelta(days=9))
    assert judged.calibrations.empty
    assert not judged.verdicts["is_alert"].any()
    assert judged.verdicts["reason"].notna().all()
    assert (judged.verdicts["reason"] == anomalies.NOT_CALIBRATED).any()


def test_the_order_of_rows_and_the_names_of_series_change_nothing() -> None:
    first = watch(DAYS, SINCE)
    shuffled = watch(DAYS.sample(frac=1, random_state=3), SINCE)
    pd.testing.assert_frame_equal(first.verdicts, shuffled.verdicts)
    pd.testing.assert_frame_equal(first.calibrations, shuffled.calibrations)
    names = {name: f"x{99 - int(name[1:]):02}" for name in DAYS["series"].unique()}
    renamed = watch(DAYS.assign(series=DAYS["series"].map(names)), SINCE).verdicts
    expected = first.verdicts.assign(series=first.verdicts["series"].map(names))
    expected = expected.sort_values(["day", "series"], ignore_index=True)
    pd.testing.assert_frame_equal(renamed, expected)


def test_later_days_change_no_verdict() -> None:
    until = NEWEST - pd.Timedelta(days=10)
    early = watch(DAYS[DAYS["day"] <= until], SINCE).verdicts
    late = watch(DAYS, SINCE).verdicts
    pd.testing.assert_frame_equal(early, late[late["day"] <= until])


@given(st.integers(0, 10**6), st.integers(0, HISTORY_DAYS + 27))
@settings(max_examples=20)
def test_a_day_is_not_in_its_own_baseline(stories: int, place: int) -> None:
    rates = np.where(WORLD.slot_share >= 0.9, WORLD.stories[:, 3], np.nan)
    before, changed = baseline(rates), rates.copy()
    changed[place] = stories
    after = baseline(changed)
    for name in ("log_rate", "log_scale", "mean", "dispersion", "is_constant"):
        np.testing.assert_array_equal(
            getattr(before, name)[: place + 1], getattr(after, name)[: place + 1]
        )


def test_earlier_spikes_do_not_hide_new_ones() -> None:
    rates = WORLD.stories[:, 3] / np.maximum(WORLD.slot_share, 0.9)
    loud = rates.copy()
    loud[-40::13] = 50 * rates.max()
    quiet_usual, usual = baseline(rates), baseline(loud)
    assert abs(usual.log_rate[-1] - quiet_usual.log_rate[-1]) < quiet_usual.log_scale[-1]
    assert usual.log_scale[-1] < 1.5 * quiet_usual.log_scale[-1]
    assert usual.mean[-1] < 1.5 * quiet_usual.mean[-1]


def test_a_day_with_fewer_slots_is_measured_per_slot() -> None:
    share = np.where(np.arange(len(WORLD.slot_share)) == HISTORY_DAYS, 0.9, 1.0)
    full = replace(WORLD, slot_share=np.ones(len(share)))
    thinned = replace(
        full, slot_share=share, stories=np.where(share[:, None] < 1, 0.9, 1) * full.stories
    )
    whole, part = score(full.as_frame()), score(thinned.as_frame())
    np.testing.assert_allclose(part.robust_z[HISTORY_DAYS], whole.robust_z[HISTORY_DAYS])
    np.testing.assert_allclose(part.expected[HISTORY_DAYS], 0.9 * whole.expected[HISTORY_DAYS])


ANY_FIGURE = st.one_of(
    st.none(), st.integers(-3, 40), st.floats(allow_nan=True, allow_infinity=True, width=32)
)


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from("abc"), ANY_FIGURE, ANY_FIGURE, ANY_FIGURE),
        max_size=60,
        unique_by=lambda row: row[:2],
    ),
    st.integers(0, 200),
)
@settings(max_examples=60, deadline=None)
def test_no_frame_raises(rows: list[tuple[object, ...]], since: int) -> None:
    days = pd.DataFrame(rows, columns=["day", "series", "stories", "families", "slot_share"])
    days["day"] = planted.FIRST_DAY + pd.to_timedelta(days["day"].astype(int), unit="D")
    start = planted.FIRST_DAY + pd.Timedelta(days=since)
    verdicts = watch(days, start).verdicts
    assert len(verdicts) == (days["day"] >= start).sum()
    assert not verdicts["is_alert"].any()
    assert verdicts["reason"].notna().all()
    assert verdicts[VERDICT].isna().all(axis=None)


def test_two_rows_of_a_series_and_day_are_refused() -> None:
    with pytest.raises(ValueError, match="two rows"):
        watch(pd.concat([DAYS, DAYS.tail(1)]), SINCE)


def test_a_baseline_needs_a_level_and_weeks() -> None:
    usual = baseline(WORLD.stories[:, 3])
    known = np.flatnonzero(~np.isnan(usual.log_rate))
    assert LEVEL_DAYS < known[0] <= BASELINE_DAYS + LEVEL_DAYS
