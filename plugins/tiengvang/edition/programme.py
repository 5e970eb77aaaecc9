"""The programme: events and campaigns around today, agreements, awards and training."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.sourced import records

WEEKS_BACK, WEEKS_AHEAD = 8, 13
NEW_AGREEMENT_DAYS = 365
Row = dict[Any, Any]


# What a record says of an event.
EDITED = (
    "event_kind", "name_en", "name_vi", "starts_on", "ends_on", "host_country_codes_iso3",
    "outcomes", "window_days", "is_withdrawn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """A later record of an event: the columns that it changed, with what they said before and since."""

    recorded_on: date
    changed: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """What the section on the programme is written from.

    ``near`` are the events that last, or whose effect is looked for, within ``first`` and ``last``,
    in the order of their first days; ``changes`` the edits, by event.
    """

    today: date
    first: date
    last: date
    events: tuple[Row, ...]
    near: tuple[Row, ...]
    changes: dict[str, tuple[Edit, ...]]
    agreements: tuple[Row, ...]
    awards: tuple[Row, ...]
    training: tuple[Row, ...]

    @property
    def under_way(self) -> list[Row]:
        """Events that last today."""
        return [row for row in self.near if row["starts_on"] <= self.today <= row["ends_on"]]

    @property
    def ahead(self) -> list[Row]:
        """Events that begin within the weeks ahead."""
        return [row for row in self.near if row["starts_on"] > self.today]

    @property
    def over(self) -> list[Row]:
        """Events that ended within the weeks behind, or whose effect is still looked for."""
        return [row for row in self.near if row["ends_on"] < self.today]

    @property
    def late(self) -> list[Row]:
        """Events of those weeks that were registered only when they had begun."""
        return [row for row in self.near if not row["is_registered_before"]]

    @property
    def new_agreements(self) -> list[Row]:
        """Agreements and tiers of the last 365 days, the newest first."""
        since = self.today - timedelta(days=NEW_AGREEMENT_DAYS)
        return [
            row
            for row in self.agreements
            if not pd.isna(row["signed_on"]) and since < row["signed_on"] <= self.today
        ]


def edits(versions: pd.DataFrame) -> dict[str, tuple[Edit, ...]]:
    """Return what each later record of an event changed, by event, the oldest first."""
    found: dict[str, list[Edit]] = {}
    before: Row | None = None
    for row in records("event_versions", versions.sort_values(["event_code", "version_number"])):
        if before is not None and before["event_code"] == row["event_code"]:
            changed = [
                (name, before[name], row[name]) for name in EDITED if before[name] != row[name]
            ]
            if changed:
                found.setdefault(row["event_code"], []).append(
                    Edit(row["recorded_on"], tuple(changed))
                )
        before = row
    return {code: tuple(of_event) for code, of_event in found.items()}


def programme(facts: EditionFacts, today: date) -> Programme:
    """Compute what is said of the programme on the day of the data."""
    first, last = today - timedelta(weeks=WEEKS_BACK), today + timedelta(weeks=WEEKS_AHEAD)
    events = records("events", facts.events)
    return Programme(
        today=today,
        first=first,
        last=last,
        events=tuple(events),
        near=tuple(
            row for row in events if row["window_ends_on"] >= first and row["starts_on"] <= last
        ),
        changes=edits(facts.event_versions),
        agreements=tuple(records("agreements", facts.agreements)),
        awards=tuple(records("awards", facts.awards)),
        training=tuple(records("training", facts.training)),
    )
