"""The table of question 5: every verdict with what it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.locales import MISSING
from tiengvang.edition.tables_measures import Table, table
from tiengvang.edition.untrusted import plain_text
from tiengvang.edition.uplifts import JudgedEvent, Row, percent_change, why

LISTED = 30


def uplifts(page: Page, labels: Mapping[str, str]) -> Table:
    """List each event, outcome and press; an uplift is written as a change in percent.

    A column without a value has no place while nothing is measured.
    """
    found = page.brief.uplifts
    names = {row["event_code"]: row for row in page.brief.facts.events.to_dict("records")}

    def name(code: str) -> str:
        return plain_text(names[code][f"name_{page.language}"], 60) if code in names else code

    def verdict(row: Row) -> str:
        said = labels[f"uplift_{row['verdict']}"]
        return said if pd.isna(row["suppressed_reason"]) else f"{said}: {why(page, labels, row)}"

    rows = [
        [
            name(row["event_code"]),
            labels[f"outcome_{row['outcome']}"],
            page.name(row["source_country_code_iso3"]),
            page.numbers.day(row["window_ends_on"]),
            verdict(row),
            labels[f"evidence_{row['evidence']}"],
            _change(page, row["uplift_log_points"]),
            *_interval(page, labels, row),
            _change(page, row["difference_log_points"]),
            _p(page, row["p_space_value"]),
            _p(page, row["p_time_value"]),
            page.numbers.count(row["n_donors"]),
            _p(page, row["smallest_p_value"]),
            page.numbers.decimal(row["pre_fit_ratio"]),
            ", ".join(page.names(row["excluded_country_codes_iso3"])) or MISSING,
            ", ".join(name(code) for code in row["overlapping_event_codes"]) or MISSING,
        ]
        for row in found.rows
    ]
    columns = ["programme_event_code", "uplift_outcome", "uplift_source", "event_window_ends_on"]
    columns += ["uplift_verdict", "uplift_evidence", "uplift_log_points"]
    columns += ["uplift_low_log_points", "uplift_high_log_points", "uplift_interval_level"]
    columns += [
        "uplift_difference_log_points",
        "uplift_p_space",
        "uplift_p_time",
        "uplift_n_donors",
    ]
    columns += [
        "uplift_smallest_p",
        "uplift_pre_fit_ratio",
        "uplift_excluded",
        "uplift_overlapping",
    ]
    listed = rows[:LISTED]
    kept = [n for n in range(len(columns)) if any(row[n] != MISSING for row in listed)]
    return table(
        "event_uplifts.csv",
        labels,
        [columns[n] for n in kept],
        [[row[n] for n in kept] for row in listed],
        max(0, len(rows) - LISTED),
    )


def uplift_title(page: Page, found: JudgedEvent, row: Row) -> str:
    """Name a panel: the event, and in whose press."""
    name = plain_text(found.event[f"name_{page.language}"], 48)
    return f"{name} · {page.name(row['source_country_code_iso3'])}"


def _change(page: Page, log_points: Any) -> str:
    return MISSING if pd.isna(log_points) else page.numbers.change(percent_change(log_points), 0)


def _interval(page: Page, labels: Mapping[str, str], row: Row) -> list[str]:
    if pd.isna(row["uplift_log_points"]):
        return [MISSING] * 3
    ends = [
        labels["no_limit"] if pd.isna(row[name]) else _change(page, row[name])
        for name in ("uplift_low_log_points", "uplift_high_log_points")
    ]
    return [*ends, page.numbers.percent(row["interval_level"], 1)]


def _p(page: Page, value: Any) -> str:
    return MISSING if pd.isna(value) else page.numbers.decimal(value, 3)
