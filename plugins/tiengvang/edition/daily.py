"""Documents per day, and which days are gaps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from tiengvang.edition.facts import EditionFacts, typed_frame
from tiengvang.edition.sourced import of_rows

FULL_DAY_SHARE = 0.9
COLUMNS = {
    "coverage_date": "object",
    "is_current": "bool",
    "n_documents": "Int64",
    "n_documents_unknown_origin": "Int64",
    "slots_received": "Int64",
    "slots_expected": "Int64",
}


def _slots(facts: EditionFacts) -> dict[date, tuple[int, int]]:
    """Return received and expected slots by day, of those that carry documents.

    Days that the mart does not know are not in it.
    """
    days = facts.coverage.groupby("coverage_date")[["slots_received", "slots_expected"]].max()
    days = days.fillna(0)
    return {
        day: (int(received), int(expected))
        for day, received, expected in zip(
            days.index, days["slots_received"], days["slots_expected"], strict=True
        )
    }


def _counts(facts: EditionFacts, relation: str) -> dict[date, int]:
    """Return documents by day; days of a gap are not in it.

    A source country that published nothing at all on a day has no row: that is a quiet day.
    """
    known = facts.coverage[facts.coverage["n_documents"].notna()]
    rows = known[known["source_relation"] == relation]
    sums = rows.groupby("coverage_date")["n_documents"].sum()
    return {day: int(sums.get(day, 0)) for day in sorted(set(known["coverage_date"]))}


def coverage_daily(facts: EditionFacts) -> pd.DataFrame:
    """One row per day of both periods: foreign and unknown-origin documents, null on a gap.

    Columns: those of ``COLUMNS``; slots are those that carry documents.
    """
    foreign, unknown = _counts(facts, "foreign"), _counts(facts, "unknown")
    slots = _slots(facts)
    rows = [
        (
            day,
            day >= facts.period_start,
            foreign.get(day),
            unknown.get(day),
            *slots.get(day, (None, None)),
        )
        for day in facts.previous_dates + facts.dates
    ]
    return typed_frame(rows, COLUMNS)


def sourced_daily(facts: EditionFacts, daily: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of days with the SQL of their numbers."""

    def select(expression: str, day: date, value: Any) -> Any:
        if pd.isna(value):
            return value
        text = f"select {expression} from coverage where coverage_date = {{day}}"  # noqa: S608
        return of_rows(value, "coverage", text, day=day)

    counts = {
        name: f"coalesce(sum(n_documents) filter (where source_relation = '{relation}'), 0)"
        for name, relation in (
            ("n_documents", "foreign"),
            ("n_documents_unknown_origin", "unknown"),
        )
    }
    slots = {name: f"coalesce(max({name}), 0)" for name in ("slots_received", "slots_expected")}
    return [
        row
        | {
            name: select(text, row["coverage_date"], row[name])
            for name, text in (counts | slots).items()
        }
        for row in daily.to_dict("records")
    ]
