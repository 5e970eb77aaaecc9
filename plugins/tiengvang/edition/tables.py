"""The table under each chart: the same numbers, written in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.findings import UNKNOWN
from tiengvang.edition.locales import MISSING
from tiengvang.edition.outcomes import CHARTED, series
from tiengvang.windows import STREAMS


@dataclass(frozen=True, slots=True)
class Table:
    """A table's file, its column names, and its rows of text; the first column names the row."""

    file: str
    columns: list[str]
    rows: list[list[str]]


def tables(page: Page, labels: Mapping[str, str]) -> dict[str, Table]:
    """Return every chart's table by the chart's name."""
    found = {
        "by_source": _by_source(page, labels),
        "daily": _daily(page, labels),
        "tone": _tone(page, labels),
        "peers": _peers(page, labels),
        "trust": _trust(page, labels),
    }
    return found | {name: _outcome(page, labels, name) for name in CHARTED}


def _change(page: Page, labels: Mapping[str, str], row: Mapping[Any, Any]) -> str:
    if row["change"] == "cannot_tell" or pd.isna(row["ratio"]):
        return labels["cannot_compare"]
    share = page.numbers.signed((row["ratio"] - 1) * 100, 0)
    return f"{labels[row['change']]} ({share}%)"


def _by_source(page: Page, labels: Mapping[str, str]) -> Table:
    count = page.numbers.count
    rows = [
        [
            labels["unknown_origin"]
            if row["source_country_code_iso3"] == UNKNOWN
            else page.name(row["source_country_code_iso3"]),
            count(row["n_documents"]),
            count(row["n_documents_before"]),
            count(row["n_outlets"]),
            _change(page, labels, row),
        ]
        for row in page.brief.by_source.to_dict("records")
    ]
    names = ("col_source", "col_documents", "col_before", "col_outlets", "col_change")
    return Table("coverage_by_source.csv", [labels[name] for name in names], rows)


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
        for row in page.brief.daily.to_dict("records")
    ]
    names = ("col_day", "col_foreign", "col_unknown", "col_slots")
    return Table("coverage_daily.csv", [labels[name] for name in names], rows)


def _tone(page: Page, labels: Mapping[str, str]) -> Table:
    rows = []
    for row in page.brief.tone.to_dict("records"):
        hidden = pd.isna(row["tone_mean"])
        interval = (
            MISSING
            if hidden
            else f"{page.numbers.signed(row['tone_low'])} … {page.numbers.signed(row['tone_high'])}"
        )
        rows.append(
            [
                page.name(row["source_country_code_iso3"]),
                labels[str(row["suppressed_reason"])]
                if hidden
                else page.numbers.signed(row["tone_mean"]),
                interval,
                page.numbers.count(row["days_shown"]),
                page.numbers.count(row["n_documents_shown"]),
            ]
        )
    names = ("col_source", "col_tone", "col_interval", "col_days", "col_documents")
    return Table("tone_by_source.csv", [labels[name] for name in names], rows)


def _peers(page: Page, labels: Mapping[str, str]) -> Table:
    rows = [
        [
            page.name(row["country_code_iso3"]),
            page.numbers.count(row["n_documents"]),
            page.numbers.count(row["n_documents_before"]),
        ]
        for row in page.brief.peers.to_dict("records")
    ]
    names = ("col_country", "col_documents", "col_before")
    return Table("peers.csv", [labels[name] for name in names], rows)


def _trust(page: Page, labels: Mapping[str, str]) -> Table:
    trust = page.brief.facts.trust
    lost_columns = ["slots_missing", "slots_gap", "slots_refused", "slots_empty"]
    rows = [
        [
            page.numbers.day(row["trust_date"]),
            labels[f"stream_{row['stream']}"],
            page.numbers.count(row["slots_received"]),
            page.numbers.count(row["slots_expected"]),
            page.numbers.count(pd.Series([row[name] for name in lost_columns]).sum(min_count=1)),
        ]
        for row in trust[trust["stream"].isin(STREAMS)].to_dict("records")
    ]
    names = ("col_day", "col_stream", "col_received", "col_expected", "col_missing")
    return Table("data_trust.csv", [labels[name] for name in names], rows)


def _outcome(page: Page, labels: Mapping[str, str], name: str) -> Table:
    rows_found = series(page.brief.facts, name)
    codes = sorted(
        set(rows_found["country_code_iso3"]),
        key=lambda code: (code != page.brief.request.focus_iso3, code),
    )
    values = {
        (row["country_code_iso3"], int(row["outcome_year"])): row["value"]
        for row in rows_found.to_dict("records")
    }
    years = sorted({year for _, year in values}, reverse=True)
    rows = [
        [str(year), *(page.numbers.decimal(values[code, year], 1) for code in codes)]
        for year in years
    ]
    return Table("outcomes.csv", [labels["col_year"], *page.names(codes)], rows)
