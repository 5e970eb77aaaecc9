"""The tables of the programme: events with their edits, agreements, awards, training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.locales import MISSING
from tiengvang.edition.programme import Edit, Row
from tiengvang.edition.tables_measures import Table, table
from tiengvang.edition.untrusted import plain_text

LISTED = 12
# The dictionary's names of the columns that an edit can change.
COLUMNS = {
    "event_kind": "programme_event_kind",
    "name_en": "register_name_en",
    "name_vi": "register_name_vi",
    "starts_on": "event_starts_on",
    "ends_on": "event_ends_on",
    "host_country_codes_iso3": "event_host_countries",
    "outcomes": "event_outcomes",
    "window_days": "event_window_days",
    "is_withdrawn": "register_is_withdrawn",
}


def calendar(page: Page, labels: Mapping[str, str]) -> Table:
    """List the events around today, with when each was registered and what was edited."""
    found = page.brief.programme
    rows = [
        [
            plain_text(row[f"name_{page.language}"], 90),
            labels[f"event_{row['event_kind']}"],
            page.numbers.day(row["starts_on"]),
            page.numbers.day(row["ends_on"]),
            ", ".join(page.names(row["host_country_codes_iso3"])) or MISSING,
            labels["registered_early" if row["is_registered_before"] else "registered_late"],
            page.numbers.day(row["first_recorded_on"]),
            page.numbers.day(row["first_received_on"]),
            " · ".join(
                written_edit(page, labels, edit)
                for edit in found.changes.get(row["event_code"], ())
            )
            or MISSING,
        ]
        for row in found.near
    ]
    names = ["programme_event_code", "programme_event_kind", "event_starts_on", "event_ends_on"]
    names += ["event_host_countries", "is_registered_before", "event_first_recorded_on"]
    names += ["event_first_received_on", "event_changes"]
    return table("events.csv", labels, names, rows, len(found.events) - len(rows))


def written_edit(page: Page, labels: Mapping[str, str], edit: Edit) -> str:
    """Write one edit: its day, and each column that it changed with what it said before and since."""
    changed = [
        f"{labels[f'col_{COLUMNS[name]}']} {_said(page, labels, name, before)} → "
        f"{_said(page, labels, name, since)}"
        for name, before, since in edit.changed
    ]
    return f"{page.numbers.day(edit.recorded_on)}: {'; '.join(changed)}"


def _said(page: Page, labels: Mapping[str, str], name: str, value: Any) -> str:
    """Write what a record said in one column."""
    if name in ("starts_on", "ends_on"):
        return page.numbers.day(value)
    if name == "event_kind":
        return labels[f"event_{value}"]
    if name == "host_country_codes_iso3":
        return ", ".join(page.names(value)) or MISSING
    if name == "outcomes":
        return ", ".join(labels[f"outcome_{code}"] for code in value) or MISSING
    if name == "window_days":
        return page.numbers.count(value)
    return labels["yes" if value else "no"] if name == "is_withdrawn" else plain_text(value, 90)


def agreements(page: Page, labels: Mapping[str, str]) -> Table:
    """List agreements and tiers, the newest first."""
    found = page.brief.programme.agreements
    rows = [
        [
            page.name(row["partner_country_code_iso3"]),
            plain_text(row[f"title_{page.language}"], 90),
            labels[f"agreement_{row['agreement_kind']}"]
            if pd.isna(row["tier"])
            else labels.get(f"tier_{row['tier']}", plain_text(row["tier"], 40)),
            _signed(page, labels, row),
            labels[f"origin_{row['origin']}"],
        ]
        for row in found[:LISTED]
    ]
    names = ["agreement_partner", f"agreement_title_{page.language}", "agreement_kind"]
    names += ["agreement_signed_on", "agreement_origin"]
    return table("agreements.csv", labels, names, rows, len(found) - len(rows))


def awards(page: Page, labels: Mapping[str, str]) -> Table:
    """List editions of awards; what nobody stated is said to be so."""
    found = page.brief.programme.awards
    rows = [
        [
            plain_text(row[f"name_{page.language}"], 90),
            page.numbers.count(row["edition_number"]),
            _stated(labels, row["held_on"], page.numbers.day),
            *(
                _stated(labels, row[name], page.numbers.count)
                for name in ("n_works", "n_languages", "n_prizes")
            ),
        ]
        for row in found[:LISTED]
    ]
    names = ["award_code", "award_edition_number", "award_held_on", "award_n_works"]
    names += ["award_n_languages", "award_n_prizes"]
    return table("awards.csv", labels, names, rows, len(found) - len(rows))


def training(page: Page, labels: Mapping[str, str]) -> Table:
    """List training by unit and year; participants are those of the sessions that stated any."""
    found = page.brief.programme.training
    rows = [
        [
            _unit(page, labels, row),
            str(row["training_year"]),
            page.numbers.count(row["n_sessions"]),
            _stated(labels, row["n_participants"], page.numbers.count),
            page.numbers.count(row["n_sessions_with_participants"]),
        ]
        for row in found[:LISTED]
    ]
    names = ["training_unit_code", "training_year", "training_n_sessions"]
    names += ["training_n_participants", "training_n_stated"]
    return table("training.csv", labels, names, rows, len(found) - len(rows))


def _unit(page: Page, labels: Mapping[str, str], row: Row) -> str:
    name = row[f"unit_name_{page.language}"]
    if not pd.isna(name):
        return plain_text(name, 60)
    return labels["not_stated"] if row["unit_code"] == "not_stated" else row["unit_code"]


def _signed(page: Page, labels: Mapping[str, str], row: Row) -> str:
    if pd.isna(row["signed_on"]):
        return labels["not_stated"]
    is_day = row["signed_on_precision"] == "day"
    written = page.numbers.day(row["signed_on"]) if is_day else page.numbers.month(row["signed_on"])
    return written if row["is_verified"] else f"{written} ({labels['unverified']})"


def _stated(labels: Mapping[str, str], value: Any, write: Any) -> str:
    return labels["not_stated"] if pd.isna(value) else str(write(value))
