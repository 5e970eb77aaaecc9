"""The table under each chart: the same numbers, written in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tiengvang.edition import (
    tables_alerts,
    tables_claims,
    tables_leads,
    tables_markets,
    tables_measures,
    tables_programme,
    tables_readiness,
    tables_uplifts,
)
from tiengvang.edition.brief import Page
from tiengvang.edition.daily import sourced_daily
from tiengvang.edition.locales import MISSING
from tiengvang.edition.outcomes import CHARTED, revised, series
from tiengvang.edition.sourced import records
from tiengvang.edition.stories import sourced_by_source
from tiengvang.edition.tables_measures import Table, Why, table
from tiengvang.windows import STREAMS


def tables(page: Page, labels: Mapping[str, str], why: Why) -> dict[str, Table]:
    """Return every chart's table by the chart's name; ``why`` writes a reason of suppression."""
    found = {
        "stories_by_source": _by_source(page, labels),
        "reach": _reach(page, labels),
        "daily": _daily(page, labels),
        "voice": tables_measures.voice(page, labels, why),
        "tone_native": tables_measures.tone(page, labels, why, "native"),
        "tone_translated": tables_measures.tone(page, labels, why, "translated"),
        "messages": tables_measures.messages(page, labels, why),
        "alerts": tables_alerts.calendar(page, labels, why),
        "tone_shifts": tables_alerts.shifts(page, labels, why),
        "relations": tables_measures.relations(page, labels, why),
        "visitors": tables_markets.visitors(page, labels, why),
        "registered": tables_markets.registered(page, labels, why),
        "leads": tables_leads.leads(page, labels, why),
        "trust": _trust(page, labels),
        "readiness": tables_readiness.readiness(page, labels),
        "readiness_map": tables_readiness.units(page, labels),
        "calendar": tables_programme.calendar(page, labels),
        "uplifts": tables_uplifts.uplifts(page, labels),
        "agreements": tables_programme.agreements(page, labels),
        "awards": tables_programme.awards(page, labels),
        "training": tables_programme.training(page, labels),
        "claims_closed": tables_claims.closed(page, labels),
        "claims_apart": tables_claims.apart(page, labels),
        "response": tables_claims.response(page, labels),
        "clock": tables_claims.clock(page, labels, why),
        "reach_of_answers": tables_claims.reach(page, labels, why),
    }
    return found | {name: _outcome(page, labels, name) for name in CHARTED}


def _by_source(page: Page, labels: Mapping[str, str]) -> Table:
    numbers = page.numbers
    rows = [
        [
            page.name(row["source_country_code_iso3"]),
            numbers.count(row["n_documents"]),
            numbers.count(row["n_stories"]),
            numbers.count(row["n_documents_before"]),
            numbers.count(row["n_outlets"]),
            numbers.decimal(row["effective_outlets"], 1),
            numbers.percent(row["tier1_pickup_rate"]),
        ]
        for row in sourced_by_source(page.brief.facts)
    ]
    names = ["area", "n_documents", "n_stories", "before", "n_families", "effective"]
    return table("stories_by_source.csv", labels, [*names, "tier1_pickup_rate"], rows)


def _reach(page: Page, labels: Mapping[str, str]) -> Table:
    week = page.brief.stories
    whole = sum(week.tiers.values())
    rows = [
        [
            labels[f"tier_{tier}"],
            page.numbers.count(n),
            page.numbers.percent(n / whole) if whole else MISSING,
        ]
        for tier, n in week.tiers.items()
    ]
    return table("reach.csv", labels, ["best_tier", "n_stories", "share"], rows)


def _slots(page: Page, row: Mapping[Any, Any]) -> str:
    received, expected = row["slots_received"], row["slots_expected"]
    if pd.isna(received) and pd.isna(expected):
        return MISSING
    return f"{page.numbers.count(received)} / {page.numbers.count(expected)}"


def _daily(page: Page, labels: Mapping[str, str]) -> Table:
    rows = [
        [
            page.numbers.day(row["coverage_date"]),
            labels["no_data"]
            if pd.isna(row["n_documents"])
            else page.numbers.count(row["n_documents"]),
            page.numbers.count(row["n_documents_unknown_origin"]),
            _slots(page, row),
        ]
        for row in sourced_daily(page.brief.facts, page.brief.daily)
    ]
    names = ["coverage_date", "foreign", "unknown", "slots"]
    return table("coverage_daily.csv", labels, names, rows)


def _trust(page: Page, labels: Mapping[str, str]) -> Table:
    trust = page.brief.facts.trust
    lost_columns = ["slots_missing", "slots_gap", "slots_refused", "slots_empty"]
    rows = [
        [
            page.numbers.day(row["trust_date"]),
            labels[f"stream_{row['stream']}"],
            page.numbers.count(row["slots_received"]),
            page.numbers.count(row["slots_expected"]),
            _sum(page, [row[name] for name in lost_columns]),
        ]
        for row in records("trust", trust[trust["stream"].isin(STREAMS)])
    ]
    names = ["trust_date", "trust_stream", "slots_received", "slots_expected", "lost"]
    return table("data_trust.csv", labels, names, rows)


def _sum(page: Page, values: list[Any]) -> str:
    known = [value for value in values if not pd.isna(value)]
    return page.numbers.count(sum(known)) if known else MISSING


def _outcome(page: Page, labels: Mapping[str, str], name: str) -> Table:
    rows_found, unit = series(page.brief.facts, name), CHARTED[name]
    codes = sorted(
        set(rows_found["country_code_iso3"]),
        key=lambda code: (code != page.brief.request.focus_iso3, code),
    )
    values = {
        (row["country_code_iso3"], int(row["outcome_year"])): row[name] / unit
        for row in records("outcomes", page.brief.facts.outcomes)
        if not pd.isna(row[name])
    }
    years = sorted({int(year) for year in rows_found["outcome_year"]}, reverse=True)
    first = revised(page.brief.facts, name)

    def written(code: str, year: int) -> str:
        text = page.numbers.decimal(values.get((code, year)), 1)
        if (code, year) not in first:
            return text
        was = page.numbers.decimal(first[code, year], 1)
        return f"{text} ({labels['was'].replace('{value}', was)})"

    rows = [[str(year), *(written(code, year) for code in codes)] for year in years]
    return Table("outcomes.csv", [labels["col_outcome_year"], *page.names(codes)], rows)
