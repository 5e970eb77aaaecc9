"""One row of numbers about an edition, which the third door judges."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.sourced import of_rows


def weighted_mean(values: pd.Series, weights: pd.Series) -> float:
    """Return the weighted mean of the pairs where both are there; NaN when there is no weight."""
    known = values.notna() & weights.notna() & (weights.astype("float64") > 0)
    weight = weights[known].astype("float64")
    if not known.any():
        return float("nan")
    return float((values[known].astype("float64") * weight).sum() / weight.sum())


def _freshness_minutes(trust: pd.DataFrame) -> float:
    newest = trust["newest_slot_at"].dropna()
    expected = trust["newest_expected_slot_at"].dropna()
    if newest.empty or expected.empty:
        return float("nan")
    late: timedelta = max(expected) - max(newest)
    return max(0.0, late / timedelta(minutes=1))


def summary(facts: EditionFacts) -> pd.DataFrame:
    """Return the edition's numbers over its period as one row.

    A day that the warehouse does not know is a day without any slot; a day on which the calendar
    expects none is not. Shares are 0 to 1, ``freshness_minutes`` is the newest expected slot
    minus the newest received one; what cannot be computed is null. ``n_documents`` and
    ``n_outlets`` count eligible documents about the focus in foreign outlets.
    ``rejected_row_share`` is the daily share, weighted by slots received; the shares of outlets
    and translations are weighted by documents.
    """
    trust = facts.trust[
        (facts.trust["stream"] == "all") & facts.trust["trust_date"].isin(facts.dates)
    ]
    coverage = facts.coverage[
        (facts.coverage["source_relation"] == "foreign")
        & facts.coverage["coverage_date"].isin(facts.dates)
    ]
    documents = facts.documents[facts.documents["slot_date"].isin(facts.dates)]
    expected = trust["slots_expected"].sum(min_count=1)
    received = trust["slots_received"].sum(min_count=1)
    has_share = not pd.isna(expected) and not pd.isna(received) and expected > 0
    days_with_slots = set(trust[trust["slots_received"].fillna(0) > 0]["trust_date"])
    nothing_due = set(trust[trust["slots_expected"].fillna(1) == 0]["trust_date"])
    row = {
        "period_days": len(facts.dates),
        "days_without_any_slot": len(set(facts.dates) - days_with_slots - nothing_due),
        "slots_expected": expected,
        "slots_received": received,
        "received_share": float(received / expected) if has_share else float("nan"),
        "freshness_minutes": _freshness_minutes(trust),
        "n_documents": coverage["n_documents"].sum(min_count=1),
        "n_outlets": documents["outlet_domain"].nunique() if days_with_slots else pd.NA,
        "unknown_outlet_share": weighted_mean(trust["unknown_outlet_share"], trust["n_documents"]),
        "translated_share": weighted_mean(trust["translated_share"], trust["n_documents"]),
        "rejected_row_share": weighted_mean(trust["rejected_row_share"], trust["slots_received"]),
    }
    counts = ["slots_expected", "slots_received", "n_documents", "n_outlets"]
    return pd.DataFrame([row]).astype(dict.fromkeys(counts, "Int64"))


def by_the_clock(
    numbers: pd.DataFrame, facts: EditionFacts, request: EditionRequest
) -> pd.DataFrame:
    """Return an edition's row of numbers with shares and age counted from what the clock expects.

    A publication that is hours old does not know what it misses.
    """
    row = numbers.copy()
    shown, received, age = (
        float(pd.to_numeric(row[name], errors="coerce").fillna(0).iloc[0])
        for name in ("slots_expected", "slots_received", "freshness_minutes")
    )
    slots = max(request.slots_due, int(shown))
    row["slots_expected"] = slots
    row["slots_received"] = int(received)
    row["received_share"] = received / slots if slots else float("nan")
    newest = facts.trust.loc[facts.trust["stream"] == "all", "newest_slot_at"].dropna()
    if request.newest_due_at is not None and not newest.empty:
        behind: timedelta = request.newest_due_at - max(newest)
        row["freshness_minutes"] = max(behind / timedelta(minutes=1), age)
    return row


# The select of each number over the rows of an edition's queries; {start} to {end} is its period.
OF_ALL = "from trust where stream = 'all' and trust_date >= {start} and trust_date < {end}"
# The calendar's slots by the clock, or the marts' where they know of more.
EXPECTED = "greatest(coalesce(sum(slots_expected), 0), {slots_due})"
WEIGHTED = """
select sum({value}::float8 * {weight}) / sum({weight}) {of_all} and {value} is not null and {weight} > 0
"""
SELECTS = {
    "days_without_any_slot": (
        "select {days} - count(distinct trust_date) " + OF_ALL
        + " and (slots_received > 0 or slots_expected = 0)"
    ),
    "slots_expected": f"select {EXPECTED} {OF_ALL}",
    "slots_received": f"select coalesce(sum(slots_received), 0) {OF_ALL}",
    "received_share": f"select coalesce(sum(slots_received), 0)::float8 / {EXPECTED} {OF_ALL}",
    "freshness_minutes": (
        "select greatest(0, extract(epoch from greatest(max(newest_expected_slot_at)"
        " filter (where trust_date >= {start}), {newest_due}) - max(newest_slot_at)) / 60)"
        " from trust where stream = 'all'"
    ),
    **{
        name: WEIGHTED.replace("{value}", name).replace("{weight}", weight).replace("{of_all}", OF_ALL)
        for name, weight in (
            ("unknown_outlet_share", "n_documents"),
            ("translated_share", "n_documents"),
            ("boilerplate_share", "n_documents"),
            ("rejected_row_share", "slots_received"),
        )
    },
}  # fmt: skip


def sourced(name: str, value: Any, facts: EditionFacts, request: EditionRequest) -> Any:
    """Return a number of the summary with the SQL that gives it; null, and what has none, as it is."""
    if value is None or pd.isna(value) or name not in SELECTS:
        return value
    return of_rows(
        value,
        "trust",
        SELECTS[name],
        start=facts.period_start,
        end=facts.period_end,
        days=len(facts.dates),
        slots_due=request.slots_due,
        newest_due=request.newest_due_at,
    )
