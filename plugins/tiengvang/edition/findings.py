"""What an edition says, computed from its facts: one frame per section, nulls kept as nulls."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date

import pandas as pd

from tiengvang.edition.changes import CANNOT_TELL, Change, changes, day_slots
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.intervals import weighted_mean_interval

UNKNOWN = "unknown"
MIN_TONE_DAYS = 3


def _total(values: pd.Series) -> int | None:
    total = values.sum(min_count=1)
    return None if pd.isna(total) else int(total)


def _foreign(facts: EditionFacts, iso3: str) -> pd.DataFrame:
    coverage = facts.coverage
    return coverage[
        (coverage["country_code_iso3"] == iso3) & (coverage["source_relation"] == "foreign")
    ]


def daily_counts(facts: EditionFacts, rows: pd.DataFrame) -> dict[date, int]:
    """Return documents by day for some of the focus's rows; days of a gap are not in it.

    A source country that published nothing at all on a day has no row: that is a quiet day.
    """
    focus = facts.coverage[facts.coverage["country_code_iso3"] == facts.focus_iso3]
    known_days = sorted(set(focus[focus["n_documents"].notna()]["coverage_date"]))
    sums = rows[rows["n_documents"].notna()].groupby("coverage_date")["n_documents"].sum()
    return {day: int(sums.get(day, 0)) for day in known_days}


def total_change(facts: EditionFacts) -> Change:
    """Compare all foreign coverage of the focus with the period before."""
    return changes(facts, {"all": daily_counts(facts, _foreign(facts, facts.focus_iso3))})["all"]


def _outlets(facts: EditionFacts, iso3: str) -> dict[str, int]:
    rows = facts.outlets[facts.outlets["country_code_iso3"] == iso3]
    return {
        source: int(n)
        for source, n in zip(rows["source_country_code_iso3"], rows["n_outlets"], strict=True)
    }


def coverage_by_source(facts: EditionFacts) -> pd.DataFrame:
    """One row per foreign source country, and ``unknown``, with any document in either period.

    Columns: source_country_code_iso3, n_documents, n_documents_before (null: no slot at all),
    n_outlets, change, ratio. Most documents first, ``unknown`` last.
    """
    rows = facts.coverage[
        (facts.coverage["country_code_iso3"] == facts.focus_iso3)
        & facts.coverage["source_relation"].isin(["foreign", UNKNOWN])
    ]
    groups = {str(name): group for name, group in rows.groupby("source_country_code_iso3")}
    outlets = _outlets(facts, facts.focus_iso3)
    compared = changes(
        facts,
        {name: daily_counts(facts, group) for name, group in groups.items() if name != UNKNOWN},
    )
    found = []
    for name, group in groups.items():
        now = _total(group[group["coverage_date"].isin(facts.dates)]["n_documents"])
        before = _total(group[group["coverage_date"].isin(facts.previous_dates)]["n_documents"])
        if not now and not before:
            continue
        change = compared.get(name, CANNOT_TELL)
        n_outlets = None if now is None else outlets.get(name, 0)
        found.append((name, now, before, n_outlets, change.verdict, change.ratio))
    found.sort(key=lambda row: (row[0] == UNKNOWN, -(row[1] or 0), -(row[2] or 0), row[0]))
    return _frame(
        found,
        source_country_code_iso3="str",
        n_documents="Int64",
        n_documents_before="Int64",
        n_outlets="Int64",
        change="str",
        ratio="float64",
    )


def coverage_daily(facts: EditionFacts) -> pd.DataFrame:
    """One row per day of both periods: foreign and unknown-origin documents, null on a gap.

    Columns: coverage_date, is_current, n_documents, n_documents_unknown_origin, slots_received,
    slots_expected (of the slots that carry documents).
    """
    focus = facts.coverage[facts.coverage["country_code_iso3"] == facts.focus_iso3]
    foreign = daily_counts(facts, focus[focus["source_relation"] == "foreign"])
    unknown = daily_counts(facts, focus[focus["source_relation"] == UNKNOWN])
    slots = day_slots(facts)
    found = []
    for day in facts.previous_dates + facts.dates:
        received, expected = slots.get(day, (None, None))
        is_current = day >= facts.period_start
        found.append((day, is_current, foreign.get(day), unknown.get(day), received, expected))
    return _frame(
        found,
        coverage_date="object",
        is_current="bool",
        n_documents="Int64",
        n_documents_unknown_origin="Int64",
        slots_received="Int64",
        slots_expected="Int64",
    )


def _tone_row(name: Hashable, group: pd.DataFrame) -> tuple[object, ...]:
    shown = group[group["tone_mean"].notna() & (group["n_documents"].fillna(0) > 0)]
    documents = _total(shown["n_documents"]) or 0
    days = len(shown)
    if days >= MIN_TONE_DAYS:
        values = [float(value) for value in shown["tone_mean"]]
        weights = [float(value) for value in shown["n_documents"]]
        return (name, *weighted_mean_interval(values, weights), days, documents, None)
    reason = "few_outlets" if group["suppressed_reason"].notna().any() else "few_days"
    return (name, None, None, None, days, documents, reason)


def tone_by_source(facts: EditionFacts) -> pd.DataFrame:
    """One row per foreign source country with documents: mean raw tone over the days shown.

    A day is shown when the mart shows its tone (three outlets or more). The mean weighs days by
    documents; the interval is 95 %, from the differences between days. Below three shown days the
    tone is null and ``suppressed_reason`` says ``few_outlets`` or ``few_days``.
    """
    rows = _foreign(facts, facts.focus_iso3)
    rows = rows[rows["coverage_date"].isin(facts.dates) & (rows["n_documents"].fillna(0) > 0)]
    found = [_tone_row(name, group) for name, group in rows.groupby("source_country_code_iso3")]
    frame = _frame(
        found,
        source_country_code_iso3="str",
        tone_mean="float64",
        tone_low="float64",
        tone_high="float64",
        days_shown="Int64",
        n_documents_shown="Int64",
        suppressed_reason="str",
    )
    order = ["tone_mean", "source_country_code_iso3"]
    return frame.sort_values(order, na_position="last", kind="stable").reset_index(drop=True)


def peers(facts: EditionFacts) -> pd.DataFrame:
    """One row per watched country: documents about it in outlets of other countries.

    Columns: country_code_iso3, is_focus, n_documents, n_documents_before. Most first.
    """
    watched = facts.countries[facts.countries["watch_role"].isin(["focus", "peer"])]
    names = sorted({*watched["country_code_iso3"], facts.focus_iso3})
    found = []
    for name in names:
        rows = _foreign(facts, name)
        now = _total(rows[rows["coverage_date"].isin(facts.dates)]["n_documents"])
        before = _total(rows[rows["coverage_date"].isin(facts.previous_dates)]["n_documents"])
        found.append((name, name == facts.focus_iso3, now, before))
    found.sort(key=lambda row: (-(row[2] or 0), row[0]))
    return _frame(
        found,
        country_code_iso3="str",
        is_focus="bool",
        n_documents="Int64",
        n_documents_before="Int64",
    )


def sifting(facts: EditionFacts) -> dict[str, int]:
    """Count the period's documents that place the focus, step by step of eligibility."""
    rows = facts.sifting
    long = rows["has_enough_words"]
    steps = {
        "placed": rows["n_documents"] >= 0,
        "long_enough": long,
        "eligible": rows["is_eligible"],
        "foreign": rows["is_eligible"] & (rows["source_relation"] == "foreign"),
        "unknown": rows["is_eligible"] & (rows["source_relation"] == UNKNOWN),
        "domestic": rows["is_eligible"] & (rows["source_relation"] == "domestic"),
    }
    return {name: int(rows[step]["n_documents"].sum()) for name, step in steps.items()}


def _frame(rows: Sequence[tuple[object, ...]], **columns: str) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns), dtype="object").astype(columns)
