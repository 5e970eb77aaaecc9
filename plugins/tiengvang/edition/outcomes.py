"""Yearly outcomes as the charts and tables need them: scaled, newest first, nulls kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from tiengvang.edition.columns_outcomes import OUTCOMES
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.sourced import records

# The outcomes that are drawn, and what one unit of the drawing is.
CHARTED = {
    "fdi_net_inflow_bop_usd": 1e9,
    "tourism_arrivals_count": 1e6,
    "tourism_receipts_usd": 1e9,
}
# The indicator that the log of revisions names an outcome by.
INDICATORS = {
    "fdi_net_inflow_bop_usd": "BX.KLT.DINV.CD.WD",
    "tourism_arrivals_count": "ST.INT.ARVL",
    "tourism_receipts_usd": "ST.INT.RCPT.CD",
}


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest reported value of one outcome of one country, in the drawing's unit."""

    year: int
    value: float


def series(facts: EditionFacts, outcome: str) -> pd.DataFrame:
    """Return one outcome by country and year, in the drawing's unit; years without value are null.

    Columns: country_code_iso3, outcome_year, value. Years run from the first to the last year
    that any watched country reported.
    """
    rows = facts.outcomes[["country_code_iso3", "outcome_year", outcome]]
    rows = rows.rename(columns={outcome: "value"})
    known = rows[rows["value"].notna()]
    if known.empty:
        return known.reset_index(drop=True)
    first, last = int(known["outcome_year"].min()), int(known["outcome_year"].max())
    index = pd.MultiIndex.from_product(
        [sorted(set(known["country_code_iso3"])), range(first, last + 1)],
        names=["country_code_iso3", "outcome_year"],
    )
    values = known.set_index(["country_code_iso3", "outcome_year"])["value"].reindex(index)
    return (values / CHARTED[outcome]).reset_index()


def revised(facts: EditionFacts, outcome: str) -> dict[tuple[str, int], float]:
    """Return what was first said of the values that were revised, by country and year, as drawn."""
    rows = facts.revisions[facts.revisions["measure"] == INDICATORS[outcome]]
    first: dict[tuple[str, int], float] = {}
    for row in records("revisions", rows):
        key = (row["country_code_iso3"], row["period_start_date"].year)
        first.setdefault(key, row["old_value"] / CHARTED[outcome])
    return first


def latest(facts: EditionFacts, outcome: str, iso3: str) -> Latest | None:
    """Return a country's newest value of an outcome; null when it never reported one."""
    rows = facts.outcomes
    rows = rows[(rows["country_code_iso3"] == iso3) & rows[outcome].notna()]
    if rows.empty:
        return None
    newest = max(records("outcomes", rows), key=lambda row: int(row["outcome_year"]))
    return Latest(int(newest["outcome_year"]), newest[outcome] / CHARTED[outcome])


def vintage(facts: EditionFacts, outcome: str) -> date | None:
    """Return the newest date on which a shown value of an outcome was fetched."""
    column = f"{outcome}_vintage_date"
    dates = [value for value in facts.outcomes[column] if not pd.isna(value)]
    return max(dates) if dates else None


def vintages(facts: EditionFacts) -> dict[str, date | None]:
    """Return the newest vintage of every outcome."""
    return {outcome: vintage(facts, outcome) for outcome in OUTCOMES}
