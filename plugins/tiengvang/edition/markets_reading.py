"""From rows of the marts to the monthly findings of question 9.

What is marked of breaks and closed borders is read from the rows: nothing here is of one country.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from tiengvang.edition.columns_outcomes import MAIN_MONTHS, OUTCOME_MONTHS
from tiengvang.edition.facts import EditionFacts, months_before
from tiengvang.edition.markets import (
    TOTAL,
    Break,
    Figure,
    Market,
    Markets,
    Mismatch,
    is_month_end,
)
from tiengvang.edition.sourced import records

# Parts that add up to the printed total within this share of it do agree: they are rounded.
PARTS_TOLERANCE = 0.001


def markets(facts: EditionFacts) -> Markets:
    """Compute the monthly findings of question 9."""
    arrivals = _arrivals(facts)
    registered = _registered(facts)
    months = _months(facts, [*arrivals, *registered])
    closed_rows = facts.outcome_months[facts.outcome_months["is_closed_border"].fillna(False)]
    closed = [month for month in closed_rows["month_start_date"] if month in set(months)]
    return Markets(
        months=months,
        closed=(min(closed), max(closed)) if closed else None,
        arrivals=arrivals,
        registered=registered,
        breaks=_breaks(registered),
        mismatches=_mismatches(facts),
    )


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else value


def _arrivals(facts: EditionFacts) -> tuple[Market, ...]:
    rows = facts.arrivals
    shown = rows[(rows["transport_mode"] == "all") & rows["market_kind"].isin(["total", "country"])]
    found: dict[str, dict[date, Figure]] = {}
    for row in records("arrivals", shown):
        value, earlier = _known(row["arrivals_count"]), _known(row["revised_from_count"])
        first = earlier if earlier != value else None
        figure = Figure(value=value, of_month=value, first=first, row=row)
        found.setdefault(row["market_code"], {})[row["arrivals_month"]] = figure
    return _ordered(facts, found)


def _registered(facts: EditionFacts) -> tuple[Market, ...]:
    revised = _first_figures(facts, "new_capital_registered_ytd")
    found: dict[str, dict[date, Figure]] = {}
    for row in records("registered", facts.registered):
        value = _known(row["new_capital_registered_ytd_usd"])
        first = revised.get((row["unit_code"], row["fdi_month"]))
        found.setdefault(row["unit_code"], {})[row["fdi_month"]] = Figure(
            value=value,
            of_month=_known(row["new_capital_registered_usd"]),
            first=first if first != value else None,
            row=row,
        )
    return _ordered(facts, found)


def _first_figures(facts: EditionFacts, measure: str) -> dict[tuple[str, date], float]:
    """Return what the first vintage said of each figure that was revised."""
    rows = facts.revisions[facts.revisions["measure"] == measure]
    first: dict[tuple[str, date], float] = {}
    for row in records("revisions", rows):
        first.setdefault((row["item_code"], row["period_start_date"]), row["old_value"])
    return first


def _ordered(facts: EditionFacts, found: Mapping[str, Mapping[date, Figure]]) -> tuple[Market, ...]:
    """Put the total first, then markets by the sum of their newest twelve months."""
    newest = max((month for figures in found.values() for month in figures), default=None)

    def size(code: str) -> tuple[bool, float, str]:
        values = [
            figure.of_month or 0.0
            for month, figure in found[code].items()
            if newest is not None and month > months_before(newest, MAIN_MONTHS)
        ]
        return code != TOTAL, -sum(values), code

    return tuple(_market(facts, code, found[code]) for code in sorted(found, key=size))


def _market(facts: EditionFacts, code: str, figures: Mapping[date, Figure]) -> Market:
    rows = facts.outcome_months
    rows = rows[rows["partner_country_code_iso3"] == code]
    stories, why = {}, {}
    for row in records("outcome_months", rows):
        month, n, reason = (
            row[name] for name in ("month_start_date", "n_stories", "coverage_missing_reason")
        )
        if not pd.isna(n):
            stories[month] = n
        elif not pd.isna(reason):
            why[month] = str(reason)
    return Market(code, figures, stories, why)


def _months(facts: EditionFacts, found: list[Market]) -> tuple[date, ...]:
    """Return the months of the charts: up to the last whole one, or the newest with a figure."""
    newest = [market.newest for market in found if market.newest is not None]
    last = max([*newest, months_before(facts.period_end, 1)])
    return tuple(months_before(last, n) for n in range(OUTCOME_MONTHS - 1, -1, -1))


def _breaks(registered: tuple[Market, ...]) -> tuple[Break, ...]:
    total = next((market for market in registered if market.code == TOTAL), None)
    rows = [] if total is None else [total.figures[month].row for month in sorted(total.figures)]
    listed = [row for row in rows if not pd.isna(row["adjusted_capital_registered_ytd_usd"])]
    found = [
        Break(row["fdi_month"], "cut_off")
        for before, row in pairwise(rows)
        if is_month_end(row["cut_off_date"]) != is_month_end(before["cut_off_date"])
    ]
    if listed and listed[0] is not rows[0]:
        found.append(Break(listed[0]["fdi_month"], "adjusted"))
    return tuple(sorted(found, key=lambda found_break: found_break.month))


def _mismatches(facts: EditionFacts) -> tuple[Mismatch, ...]:
    rows = facts.arrivals
    total = rows[(rows["market_kind"] == "total") & (rows["transport_mode"] == "all")]
    totals = dict(zip(total["arrivals_month"], total["arrivals_count"], strict=True))
    parts: dict[Literal["continents", "modes"], pd.DataFrame] = {
        "continents": rows[rows["market_kind"] == "continent"],
        "modes": rows[rows["transport_mode"] != "all"],
    }
    found = []
    for name, part in parts.items():
        for month, of_parts in part.groupby("arrivals_month")["arrivals_count"].sum().items():
            whole = totals.get(month)
            if whole is not None and abs(of_parts - whole) > PARTS_TOLERANCE * whole:
                found.append(Mismatch(month, name, float(whole), float(of_parts)))
    return tuple(sorted(found, key=lambda m: (m.month, m.parts), reverse=True))
