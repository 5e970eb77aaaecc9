"""What an edition says of days, trust and outcomes, and the row that the gate judges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import edition_frames as sample
import pandas as pd
import pytest

from tiengvang.edition.brief import make_brief
from tiengvang.edition.daily import coverage_daily
from tiengvang.edition.facts import last_whole_week
from tiengvang.edition.outcomes import latest, series
from tiengvang.edition.summary import by_the_clock, summary
from tiengvang.edition.trust import trust_items

SUMMARY_COLUMNS = [
    "period_days",
    "days_without_any_slot",
    "slots_expected",
    "slots_received",
    "received_share",
    "freshness_minutes",
    "n_documents",
    "n_outlets",
    "unknown_outlet_share",
    "translated_share",
    "rejected_row_share",
]


def coverage(counts: list[int | None], source: str = "JPN") -> list[tuple[object, ...]]:
    """Return two weeks of one source country; null is a day without any slot."""
    return [
        (
            *("VNM", source, day, "foreign", n, 4, None if n is None else -1.0),
            *(192, 0 if n is None else 192, None, "2"),
        )
        for day, n in zip(sample.DAYS, counts, strict=True)
    ]


def trust(counts: list[int | None]) -> list[tuple[object, ...]]:
    return [
        (
            *(day, "all", 192, 0 if n is None else 192, 0, 0, 0, 0, 9, 0.1, 0.6, 0.0),
            *(0.05, 0.2, 0.1, 0.3, None, None, "2"),
        )
        for day, n in zip(sample.DAYS, counts, strict=True)
    ]


def test_a_gap_is_null_and_a_quiet_day_is_zero():
    daily = coverage_daily(sample.facts(coverage=coverage([1, 2, None, 0, *[1] * 8, 0, 1])))
    assert pd.isna(daily["n_documents"][2])
    assert daily["n_documents"][3] == 0
    assert daily["n_documents"][12] == 0
    assert list(daily["is_current"]) == [False] * 7 + [True] * 7


def test_a_source_without_a_row_on_a_received_day_was_quiet():
    extra = coverage([40] * 14, "FRA")[7:8]
    daily = coverage_daily(sample.facts(coverage=[*coverage([10] * 14), *extra]))
    assert list(daily["n_documents"]) == [10] * 7 + [50] + [10] * 6


def test_a_period_of_gaps_is_null_not_zero():
    counts: list[int | None] = [5] * 7 + [None] * 7
    numbers = summary(sample.facts(coverage=coverage(counts), trust=trust(counts))).iloc[0]
    assert pd.isna(numbers["n_documents"])
    assert numbers["days_without_any_slot"] == 7


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


def test_what_the_marts_do_not_know_of_is_missing_by_the_clock():
    """A publication that is hours old: nothing was asked for since, so nothing of it is known."""
    facts = sample.facts()
    known = by_the_clock(summary(facts), facts, sample.request()).iloc[0]
    newest = max(facts.trust["newest_slot_at"].dropna())
    request = replace(
        sample.request(),
        slots_due=int(known["slots_expected"]) + 40,
        newest_due_at=newest + timedelta(hours=5),
    )
    brief = make_brief(facts, request)
    assert brief.numbers["slots_expected"] == known["slots_expected"] + 40
    assert brief.numbers["slots_received"] == known["slots_received"]
    assert brief.numbers["received_share"] < known["received_share"]
    assert brief.numbers["freshness_minutes"] == 300
    assert {item.key: item.level for item in brief.trust_items}["freshness"] == "watch"
    for name in ("slots_expected", "received_share"):
        assert str(request.slots_due) in brief.numbers[name].source.select
    assert str(request.newest_due_at) in brief.numbers["freshness_minutes"].source.select


def test_a_day_on_which_nothing_was_due_is_no_missing_day():
    facts = sample.facts()
    trust = facts.trust.copy()
    trust.loc[trust["trust_date"] == sample.END - timedelta(days=1), "slots_expected"] = 0
    trust.loc[trust["trust_date"] == sample.END - timedelta(days=1), "slots_received"] = 0
    assert summary(sample.facts(trust=trust))["days_without_any_slot"][0] == 0


def test_trust_takes_the_worst_component():
    brief = make_brief(sample.facts(), sample.request())
    levels = {item.key: item.level for item in brief.trust_items}
    assert list(levels) == [
        "slots",
        "freshness",
        "unknown_outlets",
        "translated",
        "boilerplate",
        "duplicates",
        "rejected_rows",
    ]
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
    facts = sample.facts()
    numbers = summary(facts).iloc[0].to_dict() | {column: value}
    keys = {
        "received_share": "slots",
        "freshness_minutes": "freshness",
        "translated_share": "translated",
        "rejected_row_share": "rejected_rows",
        "unknown_outlet_share": "unknown_outlets",
    }
    assert {i.key: i.level for i in trust_items(numbers, facts, sample.request())}[
        keys[column]
    ] == level


@pytest.mark.parametrize(
    ("shares", "level", "outside"),
    [
        ([0.2] * 7, "good", 0),
        ([0.31] + [0.2] * 6, "good", 1),
        ([0.31, 0.05] + [0.2] * 5, "watch", 2),
        ([0.31] * 4 + [0.2] * 3, "bad", 4),
    ],
)
def test_duplicates_are_held_against_the_band_of_each_day(shares, level, outside):
    rows = trust([9] * 14)
    rows = [
        (*row[:13], share, *row[14:]) for row, share in zip(rows, [0.2] * 7 + shares, strict=True)
    ]
    facts = sample.facts(trust=rows)
    item = next(
        i
        for i in trust_items(dict(summary(facts).iloc[0]), facts, sample.request())
        if i.key == "duplicates"
    )
    assert (item.level, item.days_outside) == (level, outside)
    assert item.band == (0.1, 0.3)
    assert item.value == shares[-1]


def test_duplicates_without_a_band_are_watched_and_without_a_value_are_bad():
    band = {"duplicate_share_band_low": None, "duplicate_share_band_high": None}
    rows = [sample.changed("trust", row, **band) for row in trust([9] * 14)]
    none = [sample.changed("trust", row, duplicate_share=None) for row in rows]
    levels = []
    for listed in (rows, none):
        facts = sample.facts(trust=listed)
        items = trust_items(dict(summary(facts).iloc[0]), facts, sample.request())
        levels.append(next(i.level for i in items if i.key == "duplicates"))
    assert levels == ["watch", "bad"]


@pytest.mark.parametrize(
    ("end", "monday"),
    [
        (date(2026, 7, 13), date(2026, 7, 6)),
        (date(2026, 7, 14), date(2026, 7, 6)),
        (date(2026, 7, 19), date(2026, 7, 6)),
        (date(2026, 7, 20), date(2026, 7, 13)),
    ],
)
def test_the_week_is_the_last_whole_one(end, monday):
    assert last_whole_week(end) == monday


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
