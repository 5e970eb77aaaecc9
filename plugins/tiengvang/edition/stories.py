"""Question 1: what foreign media published in the week, how much of it is original, who carried it."""

# ruff: noqa: S608  (the SQL of receipts is written from names of columns)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np
import pandas as pd

from tiengvang.edition.columns import DROPS
from tiengvang.edition.facts import WEEK, EditionFacts
from tiengvang.edition.sourced import Record, of_rows, records

WORLD = "world"
UNKNOWN = "unknown"
TIERS = ("R1", "R2", "R3", "R4")
SHOWN_STORIES = 20
# Why the week's stories have other documents than the week: their first day decides.
EARLIER = """
select count(*) from documents
where slot_date between {first} and {last} and story_id not in (select story_id from stories)
"""
LATER = """
select count(*) from documents
where slot_date > {last} and story_id in (select story_id from stories)
"""
DAYS = "select count(distinct coverage_date) from eligibility where slots_received > 0"
# The outlets of the week's stories, and how many equal ones would be as varied.
OF_WEEK = "from documents where story_id in (select story_id from stories)"
OUTLETS = f"select count(distinct outlet_family) {OF_WEEK}"
EFFECTIVE = f"""
select exp(-sum(share * ln(share))) from (
  select count(*)::float8 / sum(count(*)) over () as share {OF_WEEK} group by outlet_family
) as shares
"""


@dataclass(frozen=True, slots=True)
class StoryWeek:
    """The week's stories in numbers; null where it cannot be told.

    ``n_documents`` is A of the design, ``n_stories`` U. ``by_source`` has one row per host country;
    ``shown`` are the stories that the page lists. ``left_out`` counts the week's documents by the
    gate that dropped them, with ``documents`` and ``eligible`` themselves. ``tiers`` counts stories by
    best tier, empty when no list of ranks is loaded. ``n_of_earlier`` documents of the week belong to
    stories that began before it; ``n_later`` of the week's stories came after it.
    """

    days_received: int
    n_documents: int | None
    n_stories: int | None
    n_outlets: int | None
    effective_outlets: float | None
    by_source: pd.DataFrame
    shown: pd.DataFrame
    left_out: dict[str, int]
    tiers: dict[str, int]
    pickup_rate: float | None
    rank_list: str | None
    n_of_earlier: int = 0
    n_later: int = 0

    @property
    def original_share(self) -> float | None:
        """Stories by documents, U / A: 1 when nothing was copied."""
        return self.n_stories / self.n_documents if self.n_stories and self.n_documents else None

    @property
    def multiplier(self) -> float | None:
        """Documents by stories, A / U: how often a story was published."""
        return self.n_documents / self.n_stories if self.n_stories and self.n_documents else None


def effective_outlets(counts: pd.Series) -> float | None:
    """Return exp(-sum p ln p) of outlets' shares: how many equal outlets would be as diverse."""
    counts = counts[counts > 0].astype("float64")
    if counts.empty:
        return None
    shares = counts / counts.sum()
    return exp(-float((shares * np.log(shares)).sum()))


def of_the_week(facts: EditionFacts) -> pd.DataFrame:
    """Return the documents of the week's stories."""
    known = facts.documents["story_id"].isin(set(facts.stories["story_id"]))
    return facts.documents[known]


def by_source(facts: EditionFacts) -> pd.DataFrame:
    """One row per host country: documents of the week's stories, split into original and copies.

    Columns: source_country_code_iso3, n_documents, n_stories, n_copies, n_documents_before (of the
    week before; null: it had no story at all), n_outlets, effective_outlets, tier1_pickup_rate.
    A story that was carried in two countries counts in both. Most documents first.
    """
    rows = facts.reach[facts.reach["source_country_code_iso3"] != WORLD]
    now = rows[rows["week_start_date"] == facts.week_start].copy()
    before = rows[rows["week_start_date"] == facts.week_start - WEEK]
    earlier = before.set_index("source_country_code_iso3")["n_documents"]
    known_before = not before.empty
    counts = of_the_week(facts).groupby(["source_country_code_iso3", "outlet_family"]).size()
    codes = list(now["source_country_code_iso3"])
    carried = {code: counts.loc[code] for code in codes if code in counts.index.get_level_values(0)}
    frame = pd.DataFrame(
        {
            "source_country_code_iso3": pd.Series(codes, dtype="str"),
            "n_documents": now["n_documents"].array,
            "n_stories": now["n_stories"].array,
            "n_copies": (now["n_documents"] - now["n_stories"]).array,
            "n_documents_before": pd.array(
                [int(earlier.get(code, 0)) if known_before else None for code in codes], "Int64"
            ),
            "n_outlets": pd.array(
                [len(carried[code]) if code in carried else None for code in codes], "Int64"
            ),
            "effective_outlets": pd.Series(
                [effective_outlets(carried[code]) if code in carried else None for code in codes],
                dtype="float64",
            ),
            "tier1_pickup_rate": now["tier1_pickup_rate"].array,
        }
    )
    order = ["n_documents", "source_country_code_iso3"]
    return frame.sort_values(order, ascending=[False, True]).reset_index(drop=True)


def stories_to_show(stories: pd.DataFrame, has_ranks: bool) -> pd.DataFrame:
    """Return the titled stories that most outlet families carried, best tier first among equals."""
    rows = stories[stories["title"].notna()].copy()
    rows["tier"] = rows["best_tier"] if has_ranks else ""
    order = ["n_families", "tier", "n_documents", "first_slot_at", "story_id"]
    rows = rows.sort_values(order, ascending=[False, True, False, True, True])
    return rows.drop(columns="tier").head(SHOWN_STORIES).reset_index(drop=True)


def left_out(facts: EditionFacts) -> dict[str, int]:
    """Count the week's documents by the first gate that dropped them; the parts add up."""
    rows = facts.eligibility
    found = {"documents": "n_documents", **{name: f"n_dropped_{name}" for name in DROPS}}
    found["eligible"] = "n_eligible"
    return {
        name: of_rows(
            int(rows[column].fillna(0).sum()),
            "eligibility",
            f"select coalesce(sum({column}), 0) from eligibility",
        )
        for name, column in found.items()
    }


def story_week(facts: EditionFacts) -> StoryWeek:
    """Compute question 1 for the last whole ISO week of the edition."""
    received = facts.eligibility[facts.eligibility["slots_received"].fillna(0) > 0]
    days = received["coverage_date"].nunique()
    world = facts.reach[
        (facts.reach["source_country_code_iso3"] == WORLD)
        & (facts.reach["week_start_date"] == facts.week_start)
    ]
    row = next(iter(records("reach", world)), None)
    has_ranks = row is not None and pd.isna(row["suppressed_reason"])
    families = of_the_week(facts)["outlet_family"].value_counts()
    tiers = (
        {tier: row[f"n_stories_{tier.lower()}"] for tier in TIERS}
        if row is not None and has_ranks
        else {}
    )
    quiet = 0 if days else None
    return StoryWeek(
        days_received=of_rows(int(days), "eligibility", DAYS),
        n_documents=quiet if row is None else row["n_documents"],
        n_stories=quiet if row is None else row["n_stories"],
        n_outlets=of_rows(len(families), "documents stories", OUTLETS) if len(families) else quiet,
        effective_outlets=of_rows(effective_outlets(families), "documents stories", EFFECTIVE),
        by_source=by_source(facts),
        shown=stories_to_show(facts.stories, has_ranks),
        left_out=left_out(facts),
        tiers=tiers,
        pickup_rate=row["tier1_pickup_rate"] if row is not None and has_ranks else None,
        rank_list=_rank_list(row) if row is not None and has_ranks else None,
        n_of_earlier=_beside(facts, EARLIER),
        n_later=_beside(facts, LATER),
    )


def _beside(facts: EditionFacts, select: str) -> int:
    """Count what is of the week but not of its stories, or the reverse."""
    first, last = facts.week_dates[0], facts.week_dates[-1]
    known = facts.documents["story_id"].isin(set(facts.stories["story_id"]))
    days = facts.documents["slot_date"]
    is_earlier = select == EARLIER
    found = ~known & (days >= first) & (days <= last) if is_earlier else known & (days > last)
    n: int = of_rows(int(found.sum()), "documents stories", select, first=first, last=last)
    return n


def _rank_list(row: Record) -> str:
    return f"{row['rank_list_id']} ({row['rank_list_date']})"


def sourced_by_source(facts: EditionFacts) -> list[dict[Any, Any]]:
    """Return the rows of ``by_source`` with the source of their numbers."""
    weeks = {
        (row["source_country_code_iso3"], row["week_start_date"]): row
        for row in records("reach", facts.reach)
    }
    return [row | _sourced(facts, row, weeks) for row in by_source(facts).to_dict("records")]


def _sourced(
    facts: EditionFacts, row: dict[Any, Any], weeks: Mapping[tuple[str, Any], Record]
) -> dict[str, Any]:
    code = row["source_country_code_iso3"]
    now, before = weeks[code, facts.week_start], weeks.get((code, facts.week_start - WEEK))
    of = " and source_country_code_iso3 = {code}"
    found: dict[str, Any] = {
        name: now[name] for name in ("n_documents", "n_stories", "tier1_pickup_rate")
    }
    earlier = row["n_documents_before"]
    if not pd.isna(earlier):
        # a country without a row had no story in the week
        text = "select coalesce(sum(n_documents), 0) from reach where week_start_date = {week}" + of
        zero = of_rows(earlier, "reach", text, code=code, week=facts.week_start - WEEK)
        found["n_documents_before"] = zero if before is None else before["n_documents"]
    for name, select in (("n_outlets", OUTLETS), ("effective_outlets", EFFECTIVE)):
        if not pd.isna(row[name]):
            text = select.replace(OF_WEEK, OF_WEEK + of)
            found[name] = of_rows(row[name], "documents stories", text, code=code)
    return found
