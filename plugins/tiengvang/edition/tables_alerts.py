"""The tables of question 6: alerts with their stories, and shifts of tone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tiengvang.edition.alerts import LISTED_STORIES, Alert, Row, reason_of_shift
from tiengvang.edition.brief import Page
from tiengvang.edition.locales import MISSING
from tiengvang.edition.sourced import records
from tiengvang.edition.tables_measures import Table, Why, table
from tiengvang.edition.untrusted import plain_text, web_address

LISTED, LISTED_DAYS, LISTED_SHIFTS = 20, 40, 40


def series_name(page: Page, labels: Mapping[str, str], row: Row) -> str:
    """Name a series: whom the stories are about, and where or of which pillar they are."""
    about = page.name(row["country_code_iso3"])
    if row["source_country_code_iso3"] != "world":
        return f"{about}: {page.name(row['source_country_code_iso3'])}"
    if row["pillar"] != "all":
        return f"{about}: {labels['pillar_' + row['pillar']]}"
    return f"{about}: {page.name('world')}"


def trust_of(labels: Mapping[str, str], alert: Alert) -> str:
    """Write what of an alert's day is in doubt."""
    if not alert.doubts:
        return labels["alert_no_doubt"]
    return labels["alert_doubt"].replace(
        "{what}", ", ".join(labels[f"doubt_{key}"] for key in alert.doubts)
    )


def listed_alerts(page: Page, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the alerts as the page lists them, the least likely by chance first."""
    numbers = page.numbers
    return [
        {
            "series": series_name(page, labels, alert.row),
            "day": numbers.day(alert.day),
            "stories": numbers.count(alert.row["n_stories"]),
            "usual": numbers.decimal(alert.row["n_stories_expected"], 1),
            "q": numbers.decimal(alert.row["q_value"], 3),
            "trust": trust_of(labels, alert),
            "is_doubted": bool(alert.doubts),
            "behind": [
                {
                    "title": plain_text(story["title"], 120) or MISSING,
                    "url": web_address(story["first_url"]),
                    "outlets": numbers.count(story["n_families"]),
                }
                for story in alert.stories[:LISTED_STORIES]
            ],
        }
        for alert in page.brief.alerts.alerts[:LISTED]
    ]


def calendar(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List the newest days of the focus in the world, with what was usual."""
    numbers, found = page.numbers, page.brief.facts.alerts
    is_world = (
        (found["country_code_iso3"] == page.brief.request.focus_iso3)
        & (found["source_country_code_iso3"] == "world")
        & (found["pillar"] == "all")
    )
    rows = [
        [
            numbers.day(row["alert_date"]),
            numbers.count(row["n_stories"]),
            numbers.decimal(row["n_stories_expected"], 1),
            numbers.signed(row["anomaly_statistic"]),
            why(page, row["suppressed_reason"])
            if pd.isna(row["is_alert"])
            else labels["alert_yes" if row["is_alert"] else "alert_no"],
            f"{numbers.count(row['slots_received'])} / {numbers.count(row['slots_expected'])}",
        ]
        for row in records("alerts", found[is_world].tail(LISTED_DAYS).iloc[::-1])
    ]
    names = ["alert_date", "alert_n_stories", "n_stories_expected", "anomaly_statistic"]
    n_more = max(0, int(is_world.sum()) - LISTED_DAYS)
    return table("anomaly_alerts.csv", labels, [*names, "is_alert", "slots"], rows, n_more)


def shifts(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List the newest day's comparisons of tone, shifts first; of those that cannot be told, why."""
    numbers = page.numbers
    found = page.brief.facts.tone_shifts.sort_values(
        ["q_value", "source_country_code_iso3", "stratum"], na_position="last"
    )
    rows = [
        [
            f"{page.name(row['source_country_code_iso3'])}, {labels['stratum_' + row['stratum']]}",
            why(page, reason_of_shift(row["suppressed_reason"]))
            if pd.isna(row["is_shift"])
            else labels[row["shift_direction"] if row["is_shift"] else "no_shift"],
            numbers.signed(row["tone_shift"]),
            numbers.day(row["changed_on"]),
            numbers.decimal(row["q_value"], 3),
        ]
        for row in records("tone_shifts", found.head(LISTED_SHIFTS))
    ]
    names = ["shift_source_country", "shift_direction", "tone_shift", "changed_on", "shift_q_value"]
    n_more = max(0, len(found) - LISTED_SHIFTS)
    return table("tone_shifts.csv", labels, names, rows, n_more)
