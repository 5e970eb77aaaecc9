"""The tables of question 8: claims by answer, the response curve and clock, reach of the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.claims import Row
from tiengvang.edition.locales import MISSING
from tiengvang.edition.sourced import records
from tiengvang.edition.tables_measures import Table, Why, table
from tiengvang.edition.untrusted import plain_text, web_address

LISTED_OPEN, LISTED, LISTED_HOURS = 12, 15, 40


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """An open claim as the page shows it."""

    text: str
    url: str | None
    checker: str
    rating: str
    said: str
    published: str
    days: str


def open_claims(page: Page, labels: Mapping[str, str]) -> list[OpenClaim]:
    """Return the open claims of independent checkers that waited longest."""
    return [
        OpenClaim(
            text=plain_text(row["claim_text"], 220),
            url=web_address(row["claim_review_url"]),
            checker=_checker(row),
            rating=labels[f"rating_{row['rating']}"],
            said=plain_text(row["rating_text"], 60),
            published=page.numbers.day(row["published_on"]),
            days=page.numbers.count(row["days_open"]),
        )
        for row in page.brief.claims.of("open")[:LISTED_OPEN]
    ]


def closed(page: Page, labels: Mapping[str, str]) -> Table:
    """List the headline claims that were answered or left, and those from before the watch."""
    found = page.brief.claims
    rows = [*found.of("answered"), *found.of("declined"), *found.of("before_watch")]
    newest = sorted(rows, key=_newest, reverse=True)
    return _claims(page, labels, newest)


def apart(page: Page, labels: Mapping[str, str]) -> Table:
    """List the claims of checkers that enter no headline number."""
    return _claims(page, labels, page.brief.claims.apart, of_class=True)


def _newest(row: Row) -> tuple[str, str]:
    return ("" if pd.isna(row["published_on"]) else f"{row['published_on']}", row["review_id"])


def _claims(
    page: Page, labels: Mapping[str, str], found: Iterable[Row], *, of_class: bool = False
) -> Table:
    listed = list(found)
    rows = []
    for row in listed[:LISTED]:
        kind = "none" if pd.isna(row["checker_class"]) else row["checker_class"]
        rows.append(
            [
                plain_text(row["claim_text"], 120),
                _checker(row),
                *([labels[f"checker_{kind}"]] if of_class else []),
                _rating(labels, row),
                page.numbers.day(row["published_on"]),
                labels[f"answer_{row['answer_status']}"],
                page.numbers.count(row["days_open"]),
            ]
        )
    names = ["claim_text", "checker_name", *(["checker_class"] if of_class else [])]
    names += ["claim_rating", "claim_published_on", "answer_status", "claim_days_open"]
    return table("claims.csv", labels, names, rows, len(listed) - len(rows))


def _checker(row: Row) -> str:
    name = row["checker_name"]
    return plain_text(row["checker_domain"] if pd.isna(name) else name, 60)


def _rating(labels: Mapping[str, str], row: Row) -> str:
    said = plain_text(row["rating_text"], 60)
    return labels[f"rating_{row['rating']}"] + (f" (“{said}”)" if said else "")


def response(page: Page, labels: Mapping[str, str]) -> Table:
    """List the first hours at which the curves step."""
    curve = page.brief.claims.curve
    rows = [
        [
            page.numbers.count(row["hours_since_seen"]),
            page.numbers.count(row["n_waiting"]),
            page.numbers.percent(row["statement_share"], 1),
            _ends(page, row, "statement_share"),
            page.numbers.percent(row["no_statement_share"], 1),
            _ends(page, row, "no_statement_share"),
        ]
        for row in records("response_curve", curve.head(LISTED_HOURS))
    ]
    names = ["hours_since_seen", "n_waiting_cases", "statement_share", "interval"]
    names += ["no_statement_share", "interval"]
    return table("response_curve.csv", labels, names, rows, len(curve) - len(rows))


def clock(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List what the newest response clock says, or why it does not."""
    row = page.brief.claims.clock
    if row is None:
        return Table("response_clock.csv", [], [])
    numbers = page.numbers

    def hours(value: float) -> str:
        return labels["n_hours"].replace("{n}", numbers.decimal(value, 1))

    def share(value: float) -> str:
        return numbers.percent(value, 1)

    def line(name: str, label: str, write: Any, reason: str, **counts: int) -> list[str]:
        is_missing = pd.isna(row[name])
        value = why(page, _reason(row, reason), **counts) if is_missing else write(row[name])
        ends = [row[f"{name}_low"], row[f"{name}_high"]]
        interval = MISSING if is_missing else " … ".join(write(end) for end in ends)
        return [labels[f"col_{label}"], value, interval]

    n = {"cases": row["n_cases"], "decided": row["n_decided"]}
    rows = [
        line("median_hours", "median_hours", hours, "median_reason", **n),
        line("p90_hours", "p90_hours", hours, "p90_reason", **n),
        line("within_target_share", "within_target_share", share, "within_target_reason", **n),
        line("own_error_share", "own_error_share", share, "own_error_reason", **n),
    ]
    return table("response_clock.csv", labels, ["clock", "value", "interval"], rows)


def reach(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List how far statements reached, the newest first; where that is not known, why."""
    found = sorted(page.brief.claims.reach, key=lambda r: pd.isna(r["correction_reach_ratio"]))
    rows = [
        [
            plain_text(row["case_code"], 40),
            *(
                labels["no_page"] if pd.isna(row[name]) else page.numbers.count(row[name])
                for name in ("n_claim_families", "n_statement_families")
            ),
            why(page, row["suppressed_reason"])
            if pd.isna(row["correction_reach_ratio"])
            else page.numbers.decimal(row["correction_reach_ratio"], 2),
            page.numbers.decimal(row["first_foreign_hours"], 1),
        ]
        for row in found[:LISTED]
    ]
    names = ["case_code", "n_claim_families", "n_statement_families"]
    names += ["correction_reach_ratio", "first_foreign_hours"]
    return table("correction_reach.csv", labels, names, rows, len(found) - len(rows))


def _reason(row: Row, name: str) -> str | None:
    found = [row[key] for key in (name, "suppressed_reason") if not pd.isna(row[key])]
    return str(found[0]) if found else None


def _ends(page: Page, row: Row, name: str) -> str:
    ends = [row[f"{name}_low"], row[f"{name}_high"]]
    if any(pd.isna(end) for end in ends):
        return MISSING
    return " … ".join(page.numbers.percent(end, 1) for end in ends)
