"""What an edition is asked to be: its period, its focus, and what the gate said about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from tiengvang.edition.corrections import Correction
from tiengvang.edition.overrides import Override
from tiengvang.edition.restated import HeldAgainst
from tiengvang.gate_report import GateResult

Cadence = Literal["daily", "weekly"]


@dataclass(frozen=True, slots=True)
class EditionRequest:
    """One edition: ``period_start <= day < period_end`` in UTC days, about one focus country.

    ``as_of_at`` is the warehouse's clock and the only date of making that an edition carries;
    ``today`` is its day where the edition is made, as registers count days. ``slots_due`` are the slots
    of the period that the calendar expects by the clock, ``newest_due_at`` the newest of them: the marts
    know of those alone that were asked for before they were built.
    ``gates`` are the ``gate_results`` in a fixed order; ``overrides`` those without which the edition
    would be held. ``held_against`` are the editions before it, beside today's marts; ``corrections`` those
    that readers are told of when it is made.
    """

    edition_id: str
    cadence: Cadence
    period_start: date
    period_end: date
    focus_iso3: str
    world_name: str
    is_synthetic: bool
    as_of_at: datetime
    today: date
    code_version: str
    project_digest: str
    slots_due: int = 0
    newest_due_at: datetime | None = None
    gate_results: Sequence[GateResult] = ()
    overrides: tuple[Override, ...] = ()
    held_against: tuple[HeldAgainst, ...] = ()
    corrections: tuple[Correction, ...] = ()
    status: Literal["published"] = "published"

    def __post_init__(self) -> None:
        if self.period_end <= self.period_start:
            raise ValueError(
                f"a period ends after it starts, got {self.period_start} .. {self.period_end}"
            )
        if self.as_of_at.tzinfo is None:
            raise ValueError(f"as_of_at needs a time zone: {self.as_of_at!r}")
        if not re.fullmatch(r"[\w.@-]+", self.edition_id):
            raise ValueError(f"an edition's id is letters, digits and ._@-: {self.edition_id!r}")

    @property
    def gates(self) -> tuple[GateResult, ...]:
        """What the doors judged, ordered by door, suite, expectation and column."""
        return tuple(
            sorted(self.gate_results, key=lambda result: tuple(map(str, result.as_dict().values())))
        )

    @property
    def days(self) -> int:
        """Length of the period in days."""
        return (self.period_end - self.period_start).days

    @property
    def previous_start(self) -> date:
        """First day of the period of the same length that ends where this one starts."""
        return self.period_start - timedelta(days=self.days)
