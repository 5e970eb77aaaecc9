"""The response clock: against a hand-worked example, what is known without censoring, and planted worlds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.measures.response_clock import (
    HOURS_TOLD,
    LEAST_CASES,
    NO_STATEMENT,
    OPEN,
    OUTCOMES,
    STATEMENT,
    Floats,
    Integers,
    cumulative_incidence,
    response_clock,
    response_curve,
)

NAMES = {number: name for name, number in OUTCOMES.items()}
# Planted: three quarters of the claims are answered, with half of all claims answered after 48 hours.
ANSWERED, MEDIAN = 0.75, 48.0
HALF_LIFE = -MEDIAN / np.log2(1 - 0.5 / ANSWERED)


def frame(hours: Floats, outcome: Integers, target: float = np.nan) -> pd.DataFrame:
    decisions = {STATEMENT: "statement", NO_STATEMENT: "no_statement", OPEN: None}
    return pd.DataFrame(
        {
            "hours": hours,
            "outcome": [NAMES[int(code)] for code in outcome],
            "target_hours": target,
            "decision": [decisions[int(code)] for code in outcome],
        }
    )


def planted(rng: np.random.Generator, cases: int, censored_after: float) -> tuple[Floats, Integers]:
    """A log whose answers, silences and censoring are exponential; hours to the latter on average."""
    is_answered = rng.random(cases) < ANSWERED
    ends = rng.exponential(np.where(is_answered, HALF_LIFE, 24.0) / np.log(2))
    known = rng.exponential(censored_after, cases)
    outcome = np.where(ends <= known, np.where(is_answered, STATEMENT, NO_STATEMENT), OPEN)
    return np.minimum(ends, known), outcome.astype(np.int64)


def test_a_curve_worked_by_hand() -> None:
    # at 1: 1 of 6 answered. 2: one is censored. 3: 1 of 4 left, of 5/6. 4: 1 of 3 answered, of 5/8.
    # 5: censored. 6: the last is answered, of 5/12.
    hours = np.array([1, 2, 3, 4, 5, 6], dtype=np.float64)
    outcome = np.array([STATEMENT, OPEN, NO_STATEMENT, STATEMENT, OPEN, STATEMENT])
    answered, left = cumulative_incidence(hours, outcome)
    expected = [1 / 6, 1 / 6, 1 / 6, 3 / 8, 3 / 8, 19 / 24]
    assert answered.share == pytest.approx(expected)
    assert left.share == pytest.approx([0, 0, 5 / 24, 5 / 24, 5 / 24, 5 / 24])
    assert answered.reaches(0.5)[0] == 6
    assert answered.at(np.array([0.5, 3.9, 4.0, 99])).share == pytest.approx(
        [0, 1 / 6, 3 / 8, 19 / 24]
    )
    # nobody is left behind the last step: the estimator has no standard error there
    assert np.isnan([answered.low[-1], answered.high[-1]]).all()


def test_without_open_cases_it_is_the_share_of_cases_with_the_binomial_error() -> None:
    rng = np.random.default_rng(1)
    hours, outcome = planted(rng, 200, 1e12)
    answered, _ = cumulative_incidence(hours, outcome)
    at = answered.at(np.array([MEDIAN]))
    share = np.mean((hours <= MEDIAN) & (outcome == STATEMENT))
    half = 1.959964 * np.sqrt(share * (1 - share) / 200) / (share * -np.log(share))
    assert at.share[0] == pytest.approx(share)
    assert at.low[0] == pytest.approx(share ** np.exp(half), rel=1e-6)
    assert at.high[0] == pytest.approx(share ** np.exp(-half), rel=1e-6)


def test_a_planted_median_is_found_and_dropping_open_cases_misses_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rng = np.random.default_rng(2)
    clock, naive = [], []
    for _ in range(100):
        hours, outcome = planted(rng, 200, 72.0)
        clock.append(response_clock(frame(hours, outcome))["median_hours"])
        naive.append(np.median(hours[outcome == STATEMENT]))
    found, dropped = float(np.nanmedian(clock)), float(np.median(naive))
    with capsys.disabled():
        print(f"\nmedian planted {MEDIAN} h: clock {found:.1f} h, open dropped {dropped:.1f} h")
    assert found == pytest.approx(MEDIAN, rel=0.05)
    assert dropped < 0.5 * MEDIAN


@pytest.mark.parametrize("cases", [LEAST_CASES, 50])
def test_the_intervals_cover_what_was_planted(cases: int) -> None:
    rng = np.random.default_rng(3)
    points, times = [], []
    for _ in range(400):
        answered, _ = cumulative_incidence(*planted(rng, cases, 200.0))
        point = answered.at(np.array([MEDIAN]))
        if np.isfinite(point.low[0]):
            points.append(point.low[0] <= 0.5 <= point.high[0])
        _, low, high = answered.reaches(0.5)
        times.append(not (low > MEDIAN) and not (high < MEDIAN))
    assert len(points) > 350
    assert 0.92 < np.mean(points) < 0.985
    assert 0.925 < np.mean(times) < 0.99


def test_a_share_within_target_censors_who_is_younger_and_not_who_is_late() -> None:
    # of ten: four in time, two late, two open and older than 24 h, two open for an hour
    hours = np.array([2, 4, 6, 8, 30, 40, 50, 60, 1, 1], dtype=np.float64)
    outcome = np.array([STATEMENT] * 6 + [OPEN] * 4)
    row = response_clock(frame(hours, outcome, 24.0))
    assert row["within_target_share"] == pytest.approx(4 / 8)
    assert row["n_with_target"] == 10
    assert response_clock(frame(hours, outcome))["within_target_reason"] == "no_target"
    young = response_clock(frame(hours, outcome, 100.0))
    assert young["within_target_reason"] == "not_yet_reached"
    assert np.isnan(young["within_target_share"])
    # when nobody waits any longer, all is known before the target
    done = response_clock(frame(hours, np.full(10, STATEMENT), 100.0))
    assert done["within_target_share"] == pytest.approx(1)


def test_each_case_is_held_against_its_own_target() -> None:
    cases = frame(np.full(10, 10.0), np.full(10, STATEMENT))
    cases["target_hours"] = [8.0] * 5 + [24.0] * 5
    assert response_clock(cases)["within_target_share"] == pytest.approx(0.5)


def test_a_share_that_is_never_reached_says_why() -> None:
    hours = np.arange(1.0, 11.0)
    left = response_clock(frame(hours, np.array([NO_STATEMENT] * 6 + [STATEMENT] * 4)))
    assert left["median_reason"] == "no_statement_too_often"
    waiting = response_clock(frame(hours, np.array([STATEMENT] * 3 + [OPEN] * 7)))
    assert waiting["median_reason"] == waiting["p90_reason"] == "not_yet_reached"
    assert np.isnan(waiting["median_hours"])
    assert np.isnan(waiting["median_hours_low"])
    silent = response_clock(frame(hours, np.full(10, OPEN)))
    assert silent["median_reason"] == "not_yet_reached"
    both = response_clock(frame(hours, np.array([NO_STATEMENT, STATEMENT] * 5)))
    assert (both["median_hours"], both["median_reason"]) == (10.0, None)


def test_too_few_cases_say_so_and_have_no_curve() -> None:
    few = frame(np.arange(1.0, LEAST_CASES), np.full(LEAST_CASES - 1, STATEMENT), 5.0)
    row = response_clock(few)
    reasons = {value for name, value in row.items() if name.endswith("_reason")}
    assert reasons == {"under_10_cases", "under_10_decided"}
    assert all(np.isnan(v) for v in row.values() if isinstance(v, float))
    assert response_curve(few).empty


def test_own_errors_are_a_share_of_what_was_decided() -> None:
    cases = frame(np.arange(1.0, 21.0), np.array([STATEMENT] * 10 + [OPEN] * 10))
    cases.loc[:1, "decision"] = "correct_ourselves"
    row = response_clock(cases)
    assert (row["n_correct_ourselves"], row["n_decided"]) == (2, 10)
    assert row["own_error_share"] == pytest.approx(0.2)
    # Wilson's interval of 2 in 10
    assert row["own_error_share_low"] == pytest.approx(0.0567, abs=1e-4)
    assert row["own_error_share_high"] == pytest.approx(0.5098, abs=1e-4)


@pytest.mark.parametrize(
    ("hours", "outcome"), [([], []), ([-1.0], [1]), ([np.nan], [1]), ([1.0], [3])]
)
def test_what_is_no_log_is_refused(hours: list[float], outcome: list[int]) -> None:
    with pytest.raises(ValueError, match="expected"):
        cumulative_incidence(np.array(hours), np.array(outcome, dtype=np.int64))


LOGS = st.lists(
    st.tuples(st.floats(0, 9000), st.sampled_from([OPEN, STATEMENT, NO_STATEMENT])),
    min_size=LEAST_CASES,
    max_size=60,
)


@given(LOGS)
def test_any_log_gives_shares_and_a_bounded_curve(log: list[tuple[float, int]]) -> None:
    hours = np.array([pair[0] for pair in log])
    cases = frame(hours, np.array([pair[1] for pair in log]), 24.0)
    curve = response_curve(cases)
    assert len(curve) <= len(HOURS_TOLD)
    assert curve["hours"].iloc[0] == 0
    assert curve["hours"].is_monotonic_increasing
    for name in ("statement_share", "no_statement_share"):
        assert (curve[name].diff().dropna() >= -1e-12).all()
        known = curve.dropna(subset=[f"{name}_low", f"{name}_high"])
        assert (known[f"{name}_low"] >= 0).all()
        assert (known[f"{name}_high"] <= 1).all()
        assert (known[f"{name}_low"] <= known[name]).all()
        assert (known[name] <= known[f"{name}_high"]).all()
    assert (curve["statement_share"] + curve["no_statement_share"] <= 1 + 1e-9).all()
    row = response_clock(cases)
    assert row["n_open"] + row["n_statements"] + row["n_no_statement"] == row["n_cases"]
    for name in ("median", "p90"):
        assert (row[f"{name}_reason"] is None) == (not np.isnan(row[f"{name}_hours"]))
    assert (row["within_target_reason"] is None) == (not np.isnan(row["within_target_share"]))
