"""What an edition says of those before it: numbers that they published and that would be different today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from tiengvang.windows import format_instant


@dataclass(frozen=True, slots=True)
class Restatement:
    """One published number that would be different today.

    ``column`` is empty where the whole row is gone; ``today`` is None where nothing may be said any more.
    """

    file: str
    row_key: str
    column: str
    published: str
    today: str | None
    reasons: tuple[str, ...] = ()

    @property
    def difference(self) -> float | None:
        """Today's number less the published one; None where one of them is none."""
        before, after = as_number(self.published), as_number(self.today)
        return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """An earlier edition, and what of it would be different today.

    ``problem`` says why it could not be compared: its files are not those that were published
    (``altered``), or it is of a version that left out what is needed (``too_old``). ``methods_before``
    and ``methods`` are the versions of the method in its rows and in today's. ``moved`` are the data files
    of which a window was not compared, because the marts hold it no more.
    """

    edition_id: str
    cadence: str
    period_start: date
    period_end: date
    as_of_at: datetime
    problem: Literal["altered", "too_old"] | None = None
    methods_before: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    n_compared: int = 0
    moved: tuple[str, ...] = ()
    restatements: tuple[Restatement, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as a manifest holds them: without the restatements, which it counts."""
        return {
            "edition_id": self.edition_id,
            "cadence": self.cadence,
            "period": [self.period_start.isoformat(), self.period_end.isoformat()],
            "as_of_at": format_instant(self.as_of_at),
            "problem": self.problem,
            "methods_before": list(self.methods_before),
            "methods": list(self.methods),
            "n_compared": self.n_compared,
            "moved": list(self.moved),
            "n_restated": len(self.restatements),
        }


def as_number(text: str | None) -> float | None:
    """Return the number that a cell holds, None where it holds none."""
    try:
        return float(text) if text else None
    except ValueError:
        return None
