"""The trust strip: each component with its level; the worst one gives the strip its colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.sourced import records
from tiengvang.edition.summary import sourced, weighted_mean

Level = Literal["good", "watch", "bad"]
LEVELS: tuple[Level, ...] = ("good", "watch", "bad")

# The value up to which a component is good, and up to which it is to be watched; beyond is bad.
AT_MOST = {
    "freshness": (30.0, 360.0),
    "unknown_outlets": (0.5, 0.8),
    "rejected_rows": (0.005, 0.05),
    "boilerplate": (0.15, 0.3),
}
# One day in ten lies outside a band of the 5th to 95th percentile by itself: of seven days, two or
# more do so in 15 % of weeks, four or more in 0.3 %.
DAYS_OUTSIDE = (1, 3)


@dataclass(frozen=True, slots=True)
class TrustItem:
    """One component: its value (null when it cannot be told), its level, and its usual band."""

    key: str
    value: float | None
    level: Level
    band: tuple[float, float] | None = None
    days_outside: int | None = None


def level(key: str, value: float | None) -> Level:
    """Return a component's level; a null is bad, because nothing vouches."""
    if value is None:
        return "bad"
    if key == "slots":
        return "good" if value >= 0.99 else "watch" if value >= 0.9 else "bad"
    if key == "translated":
        return "good" if 0.2 <= value <= 0.9 else "watch"
    good, watch = AT_MOST[key]
    return "good" if value <= good else "watch" if value <= watch else "bad"


def trust_items(
    numbers: dict[str, Any], facts: EditionFacts, request: EditionRequest
) -> tuple[TrustItem, ...]:
    """Return the seven components of the trust strip."""
    of_all = facts.trust[
        (facts.trust["stream"] == "all") & facts.trust["trust_date"].isin(facts.dates)
    ]
    values = {
        "slots": numbers["received_share"],
        "freshness": numbers["freshness_minutes"],
        "unknown_outlets": numbers["unknown_outlet_share"],
        "translated": numbers["translated_share"],
        "boilerplate": sourced(
            "boilerplate_share",
            weighted_mean(of_all["boilerplate_share"], of_all["n_documents"]),
            facts,
            request,
        ),
        "rejected_rows": numbers["rejected_row_share"],
    }
    items = []
    for key, found in values.items():
        value = None if pd.isna(found) else found
        items.append(TrustItem(key, value, level(key, value)))
    items.insert(5, _duplicates(of_all))
    return tuple(items)


def _duplicates(rows: pd.DataFrame) -> TrustItem:
    """Judge the newest day's share by the days of the period that lie outside their own bands."""
    known = rows[rows["duplicate_share"].notna()].sort_values("trust_date")
    if known.empty:
        return TrustItem("duplicates", None, "bad")
    newest = records("trust", known)[-1]
    value = newest["duplicate_share"]
    banded = known[known["duplicate_share_band_low"].notna()]
    if banded.empty or pd.isna(newest["duplicate_share_band_low"]):
        return TrustItem("duplicates", value, "watch")
    inside = banded["duplicate_share"].between(
        banded["duplicate_share_band_low"], banded["duplicate_share_band_high"]
    )
    outside = int((~inside).sum())
    good, watch = DAYS_OUTSIDE
    found: Level = "good" if outside <= good else "watch" if outside <= watch else "bad"
    band = (newest["duplicate_share_band_low"], newest["duplicate_share_band_high"])
    return TrustItem("duplicates", value, found, band, outside)
