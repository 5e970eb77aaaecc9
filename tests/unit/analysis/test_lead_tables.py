"""Which pairs are formed, what is said of each, and that all are judged together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pandas as pd
import pytest
from benchmarks.planted import lead_lag as planted

from tiengvang.analysis.lead_tables import lead_rows

CLOSED = date(2020, 2, 1), date(2022, 3, 1)
MONTHS = pd.period_range("2012-01", "2026-06", freq="M")
COLUMNS = ["country_code_iso3", "partner_country_code_iso3", "series", "rhythm"]
COLUMNS += ["period_start_date", "value", "is_closed_border"]
Row = tuple[str, str, str, str, date, float | None, bool]


def rows_of(
    partner: str, series: str, values: pd.Series | Sequence[float | None], rhythm: str = "month"
) -> Iterable[Row]:
    periods = values.index if isinstance(values, pd.Series) else MONTHS[-len(values) :]
    for period, value in zip(periods, values, strict=True):
        day = period.start_time.date()
        yield "VNM", partner, series, rhythm, day, value, CLOSED[0] <= day <= CLOSED[1]


def judged(*rows: Iterable[Row]) -> pd.DataFrame:
    return lead_rows(pd.DataFrame([row for some in rows for row in some], columns=COLUMNS))


def pairs_of(found: pd.DataFrame) -> dict[str, dict[str, object]]:
    """The first row of each pair: what is said of the pair is in all of them."""
    first = found.groupby("partner_country_code_iso3", sort=True).first()
    return {str(code): row for code, row in first.to_dict("index").items()}


@pytest.fixture(scope="module")
def many() -> pd.DataFrame:
    """Ten unrelated seasonal pairs, and one in which visitors follow stories two months later."""
    worlds = {f"P{n}": planted.pair_of_series(MONTHS, n, 0.0) for n in range(10)}
    worlds["JPN"] = planted.pair_of_series(MONTHS, 5, 0.7)
    return judged(
        *(rows_of(code, "stories", stories) for code, (stories, _) in worlds.items()),
        *(rows_of(code, "arrivals", arrivals) for code, (_, arrivals) in worlds.items()),
    )


def test_the_planted_lead_is_found_at_its_lag_and_nothing_else(many: pd.DataFrame) -> None:
    found = pairs_of(many)
    assert {code for code, row in found.items() if row["verdict"] == "association"} == {"JPN"}
    assert found["JPN"]["strongest_lag_periods"] == planted.LEAD
    assert found["JPN"]["forecast_gain_share"] > 0
    assert {row["verdict"] for code, row in found.items() if code != "JPN"} == {"none_detected"}
    of_japan = many[many["partner_country_code_iso3"] == "JPN"].set_index("lag_periods")
    assert list(of_japan.index) == list(range(-6, 7))
    assert of_japan["correlation"][2] > of_japan["correlation_threshold"][2] > 0
    assert of_japan["first_period_date"][2] == date(2012, 1, 1)
    assert of_japan["last_period_date"][2] == date(2026, 6, 1)


def test_all_pairs_are_judged_together(many: pd.DataFrame) -> None:
    found = pairs_of(many)
    p_values = sorted((float(row["p_value"]), float(row["q_value"])) for row in found.values())
    assert len(p_values) == 11
    assert p_values[0][1] == pytest.approx(11 * p_values[0][0])
    assert all(q >= p for p, q in p_values)


def test_months_of_closed_borders_do_not_count(many: pd.DataFrame) -> None:
    closed = ((MONTHS >= "2020-02") & (MONTHS <= "2022-03")).sum()
    assert {row["n_periods"] for row in pairs_of(many).values()} == {len(MONTHS) - closed}
    stories, arrivals = planted.pair_of_series(MONTHS, 5, 0.7)
    wild = arrivals.mask((MONTHS >= "2020-02") & (MONTHS <= "2022-03"), 1e9)
    first, second = (
        judged(rows_of("JPN", "stories", stories), rows_of("JPN", "arrivals", values))
        for values in (arrivals, wild)
    )
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize(
    ("stories", "arrivals", "reason", "n"),
    [
        (range(1, 41), range(1, 41), "short_history", 40),
        ([5.0] * 174, range(1, 175), "constant_series", 148),
        (range(1, 175), [-1.0, *range(1, 174)], "negative_values", 148),
        ([None] * 40, [3.0] * 40, "short_history", 0),
    ],
)
def test_too_little_to_measure_is_a_reason_and_never_a_number(
    stories: Sequence[float], arrivals: Sequence[float], reason: str, n: int
) -> None:
    found = judged(rows_of("JPN", "stories", stories), rows_of("JPN", "arrivals", arrivals))
    assert len(found) == 13
    assert set(found["suppressed_reason"]) == {reason}
    assert set(found["verdict"]) == {"cannot_tell"}
    assert set(found["n_periods"]) == {n}
    figures = ["correlation", "correlation_threshold", "raw_correlation", "strongest_lag_periods"]
    assert found[[*figures, "p_value", "q_value", "forecast_gain_share"]].isna().all(axis=None)


def test_pairs_are_formed_where_both_series_have_a_period() -> None:
    quarters = pd.Series([1.0, 2.0], index=pd.period_range("2025Q1", "2025Q2", freq="Q"))
    found = judged(
        rows_of("JPN", "stories", [1.0, 2.0]),
        rows_of("JPN", "interest", [1.0, 2.0]),
        rows_of("JPN", "arrivals", [1.0, 2.0]),
        rows_of("KOR", "stories", [1.0]),
        rows_of("THA", "arrivals", [1.0]),
        rows_of("SGP", "stories", quarters, "quarter"),
        rows_of("SGP", "registered_capital", quarters, "quarter"),
    )
    key = ["partner_country_code_iso3", "leading_series", "outcome_series", "rhythm"]
    needed = found.groupby(key)["n_periods_needed"].agg(["size", "first"])
    assert needed.T.to_dict("list") == {
        ("JPN", "interest", "arrivals", "month"): [13, 60],
        ("JPN", "stories", "arrivals", "month"): [13, 60],
        ("SGP", "stories", "registered_capital", "quarter"): [5, 40],
    }


def test_forty_quarters_are_enough_for_capital() -> None:
    quarters = pd.period_range("2010Q1", "2026Q2", freq="Q")
    random = np.random.default_rng(3)
    stories, capital = (
        pd.Series(np.exp(random.normal(5, 0.4, len(quarters))), index=quarters) for _ in range(2)
    )
    found = judged(
        rows_of("JPN", "stories", stories, "quarter"),
        rows_of("JPN", "registered_capital", capital, "quarter"),
    )
    assert list(found["lag_periods"]) == [-2, -1, 0, 1, 2]
    assert set(found["suppressed_reason"]) == {None}
    assert found["p_value"].notna().all()


def test_nothing_to_read_gives_no_rows() -> None:
    assert judged().empty
