"""An uplift that is there is found, one that is not is not, and too little is a reason and no number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from benchmarks.planted import uplift as planted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tiengvang.analysis.events import Event, Rhythm
from tiengvang.analysis.uplift import Figures, Uplift, measure_event, verdict

EVENT = planted.event()


def world(seed: int = 3, donors: int = 40, uplift: float = planted.PLANTED) -> pd.DataFrame:
    return planted.panel_of_countries(seed, donors, uplift)


def judged(panel: pd.DataFrame, event: Event = EVENT) -> Uplift:
    return measure_event(panel, planted.FOCUS, event)


def figures(found: Uplift) -> Figures:
    assert found.figures is not None, found.reason
    return found.figures


def test_the_event_is_ranked_among_the_windows_before_with_its_own() -> None:
    # 733 days before, less two weeks and 91 days of history, 28 at a time
    found = figures(judged(world()))
    assert (found.n_windows_before, found.p_time) == (22, pytest.approx(1 / 23))
    half_a_year = judged(world()["2025-10-20":])
    assert (figures(half_a_year).n_windows_before, figures(half_a_year).p_time) == (3, 1 / 4)
    without = judged(world()["2026-01-05":])
    assert (figures(without).n_windows_before, figures(without).p_time) == (0, None)
    assert without.verdict == "possible"


def test_eight_donors_cannot_tell() -> None:
    found = judged(world(donors=8))
    assert (found.verdict, found.reason, found.figures) == ("cannot_tell", "too_few_donors", None)
    assert found.smallest_p == pytest.approx(1 / 9)
    assert judged(world(donors=18)).reason == "too_few_donors"
    least = figures(judged(world(donors=19)))
    assert (least.p_space, least.level) == (0.05, 0.95)


def gap(panel: pd.DataFrame, first: str, last: str, columns: object = planted.FOCUS) -> object:
    panel = panel.copy()
    panel.loc[first:last, columns] = np.nan
    return panel


@pytest.mark.parametrize(
    ("reason", "panel"),
    [
        ("short_history", world()["2026-01-27":]),
        ("short_history", world() * np.nan),
        ("short_history", world().drop(columns=planted.FOCUS)),
        ("short_history", world()[:0]),
        ("gap_in_window", world()[:"2026-05-20"]),
        ("gap_in_window", gap(world(), "2026-05-10", "2026-05-15")),
        ("constant_series", world().assign(**{planted.FOCUS: 1.5})),
        (
            "too_few_donors",
            gap(world(), "2026-05-10", "2026-05-10", [f"D{n:02}" for n in range(22)]),
        ),
        # donors that never move have no error to measure a window by
        ("too_few_donors", world().assign(**{f"D{n:02}": 0.0 for n in range(22)})),
        # what nobody else does: no mean of others follows it
        ("poor_pre_fit", world().assign(**{planted.FOCUS: -5 * world().mean(axis=1)})),
    ],
)
def test_too_little_is_a_reason_and_no_number(reason: str, panel: pd.DataFrame) -> None:
    found = judged(panel)
    assert (found.verdict, found.reason, found.figures) == ("cannot_tell", reason, None)


def test_a_late_registration_is_exploratory_and_changes_no_figure() -> None:
    early, late = judged(world()), judged(world(), replace(EVENT, is_registered_before=False))
    assert (early.evidence, late.evidence) == ("registered", "exploratory")
    assert replace(late, evidence="registered") == early


def test_partners_of_other_events_in_the_window_are_no_donors() -> None:
    host = frozenset({"D00"})
    event = replace(EVENT, hosts=host, participants=frozenset({"D01", planted.FOCUS, "XXX"}))
    inside = replace(event, code="inside", hosts=frozenset({"D02"}), participants=frozenset())
    on_last_day = replace(inside, code="last", starts_on=planted.ENDS_ON, hosts=host)
    later = replace(
        inside, code="later", starts_on=date(2026, 6, 1), window_ends_on=date(2026, 6, 9),
        hosts=frozenset({"D09"}),
    )  # fmt: skip
    found = measure_event(world(), planted.FOCUS, event, others=[event, inside, on_last_day, later])
    assert found.excluded == ("D00", "D01", "D02")
    assert found.n_donors == 37
    assert found.overlapping == ("last",)
    by_press = measure_event(world(), planted.FOCUS, event, others=[inside], host="D02")
    assert by_press.overlapping == ("inside",)


def test_what_another_event_shares_is_not_clear() -> None:
    found = figures(judged(world()))
    assert verdict(found, is_shared=False) == "clear"
    assert verdict(found, is_shared=True) == "possible"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "clear"),
        ({"uplift": -0.6, "low": -0.8, "high": -0.3, "difference": -0.5}, "clear"),
        ({"p_space": 0.051}, "possible"),
        ({"low": -0.1}, "possible"),
        ({"low": None}, "possible"),
        ({"difference": -0.01}, "possible"),
        ({"p_time": 2 / 6}, "possible"),
        ({"p_time": None, "n_windows_before": 0}, "possible"),
        # among 40 windows one other may reach it, among 20 none
        ({"p_time": 2 / 40, "n_windows_before": 39}, "clear"),
        ({"p_time": 2 / 20, "n_windows_before": 19}, "possible"),
        ({"low": -0.1, "p_space": 0.051}, "none_detected"),
        ({"low": None, "high": None, "p_space": 0.5}, "none_detected"),
    ],
)
def test_the_verdict_follows_its_written_rule(change: dict[str, float | None], said: str) -> None:
    clear = Figures(
        uplift=0.6, low=0.3, high=0.8, level=0.95, difference=0.5, rmspe_ratio=4.0, p_space=0.05,
        p_time=1 / 6, n_windows_before=5, weights={}, gaps={},
    )  # fmt: skip
    assert verdict(replace(clear, **change), is_shared=False) == said


def test_days_with_missing_slots_do_not_count() -> None:
    panel = world()
    share = pd.Series(1.0, index=panel.index)
    share["2026-05-06"] = 0.89
    share["2026-02-01":"2026-02-03"] = 0.5
    broken = panel.copy()
    broken.loc[share < 0.9] = 99.0
    found = measure_event(broken, planted.FOCUS, EVENT, slots_share=share)
    assert found == measure_event(panel, planted.FOCUS, EVENT, slots_share=share)
    assert (found.n_fit, found.n_window) == (179, 27)
    absent = measure_event(panel, planted.FOCUS, EVENT, slots_share=share[:"2026-05-20"])
    assert absent.reason == "gap_in_window"


def test_the_days_right_before_and_all_after_the_window_do_not_count() -> None:
    panel = world()
    noisy = panel.copy()
    noisy.loc["2026-04-27":"2026-05-03"] += 7.0
    noisy.loc["2026-06-01":, planted.FOCUS] = -9.0
    assert judged(noisy) == judged(panel)


def test_weeks_are_a_rhythm_of_their_own() -> None:
    weeks = world().resample("W").mean()
    weekly = Rhythm(week=1, fit=78, least_fit=52, anticipation=1)
    found = measure_event(weeks, planted.FOCUS, EVENT, rhythm=weekly)
    assert (found.reason, found.n_fit, found.n_window) == (None, 78, 4)
    assert figures(found).uplift == pytest.approx(planted.PLANTED, abs=0.35)


def test_neither_order_nor_repetition_changes_a_verdict() -> None:
    panel = world()
    first = judged(panel)
    turned = panel.iloc[::-1, ::-1]
    assert judged(turned) == first == judged(panel)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), constant=st.floats(-20, 20), daily=st.floats(0, 3))
def test_what_happens_to_all_countries_changes_nothing(
    seed: int, constant: float, daily: float
) -> None:
    panel = world(seed, donors=20)
    same_day = daily * np.random.default_rng(seed).normal(size=len(panel))
    first, moved = judged(panel), judged(panel.add(constant).add(same_day, axis=0))
    if first.figures is None:
        return
    assert figures(moved).uplift == pytest.approx(first.figures.uplift, abs=1e-6)
    assert figures(moved).difference == pytest.approx(first.figures.difference, abs=1e-6)
    assert figures(moved).p_space == first.figures.p_space


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), more=st.floats(-2, 2))
def test_the_interval_moves_with_the_uplift(seed: int, more: float) -> None:
    panel = world(seed, donors=20)
    raised = panel.copy()
    window = slice(str(planted.STARTS_ON), str(planted.ENDS_ON))
    raised.loc[window, planted.FOCUS] += more
    first, second = judged(panel).figures, judged(raised).figures
    assert (first is None) == (second is None)
    if first is None or second is None or first.low is None or first.high is None:
        return
    assert first.low <= first.uplift <= first.high
    assert second.low == pytest.approx(first.low + more, abs=1e-6)
    assert second.high == pytest.approx(first.high + more, abs=1e-6)


CELLS = st.one_of(
    st.none(),
    st.sampled_from([0.0, 1.0, float("inf"), float("nan")]),
    st.floats(width=32),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    cells=st.lists(CELLS, max_size=12),
    rows=st.integers(0, len(planted.DAYS)),
    spoilt=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 30)), max_size=12),
    is_drawn=st.booleans(),
)
def test_no_panel_raises(
    cells: list[float | None],
    rows: int,
    spoilt: list[tuple[int, int]],
    is_drawn: bool,
) -> None:
    panel = (world(seed=1, donors=24) if is_drawn else 0.0 * world(seed=1, donors=24))[rows:]
    panel = panel.copy()
    for (row, column), cell in zip(spoilt, cells, strict=False):
        if len(panel):
            panel.iloc[row % len(panel) :: 3, column % 25] = np.nan if cell is None else cell
    found = judged(panel)
    assert (found.reason is None) == (found.figures is not None)
    assert (found.verdict == "cannot_tell") == (found.figures is None)
