"""What is said of the events of the last weeks: one verdict per press, and what is drawn of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.sourced import computed, records

if TYPE_CHECKING:  # a page holds a brief, which holds what is here
    from tiengvang.edition.brief import Page

WORLD = "world"
ATTENTION = "attention"
Row = dict[Any, Any]
KEY = ["event_code", "outcome", "source_country_code_iso3"]


@dataclass(frozen=True, slots=True)
class JudgedEvent:
    """An event of the register with its rows, the hosts' press first and the world's last."""

    event: Row
    rows: tuple[Row, ...]

    @property
    def is_exploratory(self) -> bool:
        """Whether it was registered only when it had begun."""
        return any(row["evidence"] == "exploratory" for row in self.rows)

    @property
    def is_open(self) -> bool:
        """Whether the days in which an effect is looked for have not begun or are not over."""
        return bool(self.attention) and all(
            row["suppressed_reason"] in ("not_begun", "window_open") for row in self.attention
        )

    @property
    def attention(self) -> list[Row]:
        """The rows of the outcome that is measured."""
        return [row for row in self.rows if row["outcome"] == ATTENTION]

    @property
    def grouped(self) -> list[tuple[tuple[str, str | None], list[Row]]]:
        """Rows of attention by verdict and reason, in the order of their first."""
        found: dict[tuple[str, str | None, int], list[Row]] = {}
        for number, row in enumerate(self.attention):
            reason = None if pd.isna(row["suppressed_reason"]) else row["suppressed_reason"]
            # a verdict with figures is said of each press by itself
            found.setdefault((row["verdict"], reason, 0 if reason else number), []).append(row)
        return [((verdict, reason), rows) for (verdict, reason, _), rows in found.items()]


@dataclass(frozen=True, slots=True)
class Uplifts:
    """Events whose effect is looked for, or was until lately; those that are over, then the newest, first."""

    events: tuple[JudgedEvent, ...]
    days: pd.DataFrame
    donors: pd.DataFrame

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order in which they are told of."""
        return [row for event in self.events for row in event.rows]

    @property
    def drawn(self) -> list[tuple[JudgedEvent, Row]]:
        """What has a figure, event by event."""
        return [
            (event, row)
            for event in self.events
            for row in event.attention
            if pd.isna(row["suppressed_reason"])
        ]

    def days_of(self, row: Row) -> pd.DataFrame:
        """Return the days of one row, oldest first."""
        return _of(self.days, row)

    def donors_of(self, row: Row) -> pd.DataFrame:
        """Return the donors of one row."""
        return _of(self.donors, row)


def uplifts(facts: EditionFacts) -> Uplifts:
    """Gather the rows of each event that the register still has."""
    events = sorted(_events(facts), key=lambda found: found.is_open)
    return Uplifts(tuple(events), facts.uplift_days, facts.uplift_donors)


def percent_change(log_points: float) -> float:
    """Return a difference of logarithms as a share: 0.69 is 1, twice as much."""
    return computed(exp(log_points) - 1, "exp({}) - 1", log_points)  # type: ignore[no-any-return]


def why(page: Page, labels: Mapping[str, str], row: Row) -> str:
    """Say why a row has no figure, in the page's language."""
    said = page.filled(labels[f"uplift_why_{row['suppressed_reason']}"])
    if row["suppressed_reason"] != "too_few_donors":
        return said
    n = page.numbers.count(row["n_donors"])
    least = page.numbers.decimal(row["smallest_p_value"])
    return said.replace("{n}", n).replace("{p}", least)


def _events(facts: EditionFacts) -> Iterator[JudgedEvent]:
    found: dict[str, list[Row]] = {}
    for row in records("uplifts", facts.uplifts):
        found.setdefault(row["event_code"], []).append(row)
    known = [row for row in records("events", facts.events) if row["event_code"] in found]
    for event in sorted(
        known, key=lambda row: (-row["window_ends_on"].toordinal(), row["event_code"])
    ):
        rows = sorted(
            found[event["event_code"]],
            key=lambda row: (
                row["outcome"] != ATTENTION,
                row["outcome"],
                row["source_country_code_iso3"] == WORLD,
                row["source_country_code_iso3"],
            ),
        )
        yield JudgedEvent(event, tuple(rows))


def _of(frame: pd.DataFrame, row: Row) -> pd.DataFrame:
    is_its = (frame[KEY] == [row[name] for name in KEY]).all(axis=1)
    return frame[is_its]
