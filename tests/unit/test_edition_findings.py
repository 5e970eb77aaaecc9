"""What an edition says: counts, gaps, changes, suppression, and the row that the gate judges."""

from __future__ import annotations

from datetime import date, timedelta

import edition_frames as sample
import pandas as pd
import pytest

from tiengvang.edition import findings
from tiengvang.edition.brief import documents_to_read, make_brief, trust_items
from tiengvang.edition.facts import COVERAGE_COLUMNS, TRUST_COLUMNS, EditionFacts, typed_frame
from tiengvang.edition.outcomes import latest, series
from tiengvang.edition.summary import summary

SUMMARY_COLUMNS = [
    "period_days",
    "days_without_any_slot",
    "slots_expected",
    "slots_received",
    "received_share",
    "freshness_minutes",
    "n_documents",
    "n_outlets",
    "focus_tone_mean",
    "unknown_outlet_share",
    "translated_share",
    "rejected_row_share",
]


def two_weeks(
    before: list[int | None], now: list[int | None], tone: list[float | None] | None = None
) -> EditionFacts:
    """Return two weeks of one source country; null is a day without any slot."""
    counts = [*before, *now]
    tones = tone if tone is not None else [-1.0] * 14
    coverage = [
        (
            *("VNM", "JPN", day, "foreign", n, 4, None if n is None else t),
            *(192, 0 if n is None else 192, None, "1"),
        )
        for day, n, t in zip(sample.DAYS, counts, tones, strict=True)
    ]
    trust = [
        (day, "all", 192, 0 if n is None else 192, 0, 0, 0, 0, 9, 0.1, 0.6, 0.0, None, None, "1")
        for day, n in zip(sample.DAYS, counts, strict=True)
    ]
    return sample.facts(
        coverage=typed_frame(coverage, COVERAGE_COLUMNS), trust=typed_frame(trust, TRUST_COLUMNS)
    )


def test_a_clear_rise_is_called_one():
    facts = two_weeks([10, 12, 11, 9, 10, 11, 12], [20, 25, 21, 19, 20, 21, 25])
    change = findings.total_change(facts)
    assert change.verdict == "rose"
    assert change.ratio == pytest.approx(151 / 75)
    row = findings.coverage_by_source(facts).iloc[0]
    assert (row["n_documents"], row["n_documents_before"], row["change"]) == (151, 75, "rose")


def test_the_same_weeks_swapped_fell():
    facts = two_weeks([20, 25, 21, 19, 20, 21, 25], [10, 12, 11, 9, 10, 11, 12])
    assert findings.total_change(facts).verdict == "fell"


def test_noise_is_no_change():
    facts = two_weeks([10, 30, 11, 28, 10, 25, 12], [25, 12, 27, 10, 24, 12, 26])
    assert findings.total_change(facts).verdict == "unclear"


def test_without_enough_whole_days_nothing_is_told():
    facts = two_weeks([None, None, None, 9, 10, 11, 12], [20, 25, 21, 19, 20, 21, 25])
    assert findings.total_change(facts).verdict == "cannot_tell"
    few = two_weeks([0, 0, 0, 0, 0, 0, 1], [1, 1, 1, 1, 1, 1, 1])
    assert findings.total_change(few).verdict == "cannot_tell"


def test_a_gap_is_null_and_a_quiet_day_is_zero():
    daily = findings.coverage_daily(two_weeks([1, 2, None, 0, 1, 1, 1], [1, 1, 1, 1, 1, 0, 1]))
    assert pd.isna(daily["n_documents"][2])
    assert daily["n_documents"][3] == 0
    assert daily["n_documents"][12] == 0
    assert list(daily["is_current"]) == [False] * 7 + [True] * 7


def test_a_source_without_a_row_on_a_received_day_was_quiet():
    facts = two_weeks([10, 12, 11, 9, 10, 11, 12], [20, 25, 21, 19, 20, 21, 25])
    extra = facts.coverage[facts.coverage["coverage_date"] == sample.START].copy()
    extra["source_country_code_iso3"], extra["n_documents"] = "FRA", 40
    coverage = pd.concat([facts.coverage, extra], ignore_index=True)
    rows = findings.coverage_by_source(sample.facts(coverage=coverage, trust=facts.trust))
    france = rows[rows["source_country_code_iso3"] == "FRA"].iloc[0]
    assert (france["n_documents"], france["change"]) == (40, "unclear")


def test_a_period_of_gaps_is_null_not_zero():
    facts = two_weeks([5] * 7, [None] * 7)
    row = findings.coverage_by_source(facts).iloc[0]
    assert pd.isna(row["n_documents"])
    assert row["n_documents_before"] == 35
    numbers = summary(facts).iloc[0]
    assert pd.isna(numbers["n_documents"])
    assert numbers["days_without_any_slot"] == 7


def test_unknown_origin_is_shown_last_and_domestic_never():
    rows = findings.coverage_by_source(sample.facts())
    codes = list(rows["source_country_code_iso3"])
    assert codes[-1] == "unknown"
    assert "VNM" not in codes
    assert list(rows["n_documents"][:-1]) == sorted(rows["n_documents"][:-1], reverse=True)
    assert rows["change"].iloc[-1] == "cannot_tell"


def test_tone_weighs_days_by_documents_and_needs_three():
    tones: list[float | None] = [None] * 7 + [-2.0, 1.0, 1.0, None, None, None, None]
    facts = two_weeks([1] * 7, [30, 10, 10, 5, 5, 5, 5], tones)
    row = findings.tone_by_source(facts).iloc[0]
    assert row["tone_mean"] == pytest.approx((-60 + 10 + 10) / 50)
    assert row["tone_low"] < row["tone_mean"] < row["tone_high"]
    assert (row["days_shown"], row["n_documents_shown"]) == (3, 50)

    tones[9] = None
    row = findings.tone_by_source(two_weeks([1] * 7, [30, 10, 10, 5, 5, 5, 5], tones)).iloc[0]
    assert pd.isna(row["tone_mean"])
    assert row["suppressed_reason"] == "few_days"


def test_suppressed_tone_says_why_and_sorts_last():
    tone = findings.tone_by_source(sample.facts())
    assert tone["source_country_code_iso3"].iloc[0] == "JPN"
    hidden = tone[tone["tone_mean"].isna()]
    assert list(hidden["source_country_code_iso3"]) == ["DEU"]
    assert list(hidden["suppressed_reason"]) == ["few_outlets"]
    assert tone["tone_mean"].isna().tolist() == [False] * (len(tone) - 1) + [True]


def test_peers_count_only_foreign_documents():
    facts = sample.facts()
    rows = findings.peers(facts).set_index("country_code_iso3")
    coverage = facts.coverage
    expected = coverage[
        (coverage["country_code_iso3"] == "SGP")
        & ~coverage["source_country_code_iso3"].isin(["SGP", "unknown"])
        & coverage["coverage_date"].isin(facts.dates)
    ]["n_documents"].sum()
    assert rows.loc["SGP", "n_documents"] == expected
    assert list(rows[rows["is_focus"]].index) == ["VNM"]


def test_sifting_counts_each_step():
    assert findings.sifting(sample.facts()) == {
        "placed": 1999,
        "long_enough": 1879,
        "eligible": 1239,
        "foreign": 707,
        "unknown": 105,
        "domestic": 427,
    }


def test_summary_is_one_row_with_the_judged_columns():
    row = summary(sample.facts())
    assert list(row.columns) == SUMMARY_COLUMNS
    assert len(row) == 1
    assert row["slots_expected"][0] == 7 * 192
    assert row["slots_received"][0] == 7 * 192 - 96
    assert row["received_share"][0] == pytest.approx(1248 / 1344)
    assert row["freshness_minutes"][0] == 0
    assert row["unknown_outlet_share"][0] == pytest.approx(0.31)
    assert row["translated_share"][0] == pytest.approx(0.62)
    assert row["days_without_any_slot"][0] == 0


def test_summary_of_nothing_is_null_and_misses_every_day():
    row = summary(sample.empty_facts())
    assert list(row.columns) == SUMMARY_COLUMNS
    assert row["days_without_any_slot"][0] == row["period_days"][0] == 7
    rest = row.drop(columns=["days_without_any_slot", "period_days"])
    assert rest.isna().all(axis=None)


def test_freshness_is_measured_against_the_newest_expected_slot():
    facts = sample.facts()
    late = facts.trust.copy()
    newest = max(late["newest_expected_slot_at"])
    late["newest_slot_at"] = [newest - timedelta(minutes=45)] * len(late)
    assert summary(sample.facts(trust=late))["freshness_minutes"][0] == 45


def test_a_day_on_which_nothing_was_due_is_no_missing_day():
    facts = sample.facts()
    trust = facts.trust.copy()
    trust.loc[trust["trust_date"] == sample.END - timedelta(days=1), "slots_expected"] = 0
    trust.loc[trust["trust_date"] == sample.END - timedelta(days=1), "slots_received"] = 0
    assert summary(sample.facts(trust=trust))["days_without_any_slot"][0] == 0


def test_trust_levels_take_the_worst():
    brief = make_brief(sample.facts(), sample.request())
    levels = {item.key: item.level for item in brief.trust_items}
    assert levels["slots"] == "watch"
    assert levels["rejected_rows"] == "good"
    assert brief.worst == "watch"
    nothing = make_brief(sample.empty_facts(), sample.request())
    assert nothing.worst == "bad"
    assert not nothing.has_data


@pytest.mark.parametrize(
    ("column", "value", "level"),
    [
        ("received_share", 0.99, "good"),
        ("received_share", 0.9, "watch"),
        ("received_share", 0.899, "bad"),
        ("freshness_minutes", 30.0, "good"),
        ("freshness_minutes", 361.0, "bad"),
        ("translated_share", 0.0, "watch"),
        ("rejected_row_share", 0.006, "watch"),
        ("unknown_outlet_share", 0.81, "bad"),
    ],
)
def test_trust_thresholds(column, value, level):
    numbers = summary(sample.facts()).iloc[0].to_dict() | {column: value}
    keys = {
        "received_share": "slots",
        "freshness_minutes": "freshness",
        "translated_share": "translated",
        "rejected_row_share": "rejected_rows",
        "unknown_outlet_share": "unknown_outlets",
    }
    assert {i.key: i.level for i in trust_items(numbers)}[keys[column]] == level


def test_documents_to_read_are_foreign_titled_and_from_different_outlets():
    shown = documents_to_read(sample.facts().documents)
    assert len(shown) == 12
    assert shown["outlet_domain"].is_unique
    assert set(shown["source_relation"]) == {"foreign"}
    assert shown["title"].notna().all()
    assert list(shown["place_mentions"]) == sorted(shown["place_mentions"], reverse=True)


def test_outcomes_keep_missing_years_missing():
    facts = sample.facts()
    arrivals = latest(facts, "tourism_arrivals_count", "VNM")
    assert arrivals is not None
    assert arrivals.year == 2020
    receipts = series(facts, "tourism_receipts_usd")
    focus = receipts[receipts["country_code_iso3"] == "VNM"].set_index("outcome_year")
    assert pd.isna(focus.loc[2012, "value"])
    assert focus.loc[2013, "value"] == pytest.approx(
        facts.outcomes.set_index(["country_code_iso3", "outcome_year"]).loc[
            ("VNM", 2013), "tourism_receipts_usd"
        ]
        / 1e9
    )
    assert latest(sample.empty_facts(), "tourism_arrivals_count", "VNM") is None


def test_the_period_before_is_of_the_same_length():
    facts = sample.facts()
    assert facts.previous_dates == [date(2026, 6, 29) + timedelta(days=n) for n in range(7)]
    assert len(facts.dates) == 7
