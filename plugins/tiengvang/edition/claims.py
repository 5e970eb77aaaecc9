"""Question 8: which checked claims wait for an answer, and how fast answers came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.sourced import of_rows, records

Row = dict[Any, Any]
# Both curves are drawn until they have come this near to where they end.
DRAWN_OF_END = 0.9
HEADLINE = (
    "select count(*) from claims where is_headline and is_about_focus and answer_status = {status}"
)


@dataclass(frozen=True, slots=True)
class Claims:
    """What question 8 is answered with.

    ``headline`` are the claims about the focus that independent checkers checked: nothing else is
    counted. ``apart`` are those of other checkers. Each by its answer, the longest wait first.
    """

    headline: dict[str, tuple[Row, ...]]
    apart: tuple[Row, ...]
    clock: Row | None
    curve: pd.DataFrame
    reach: tuple[Row, ...]

    @property
    def n_counted(self) -> int:
        """Claims in headline numbers."""
        return sum(self.count(status) for status in ("open", "answered", "declined"))

    def count(self, status: str) -> int:
        """Count the headline claims of one answer."""
        n: int = of_rows(len(self.of(status)), "claims", HEADLINE, status=status)
        return n

    def of(self, status: str) -> tuple[Row, ...]:
        """Return the headline claims of one answer."""
        return self.headline.get(status, ())

    @property
    def open_apart(self) -> int:
        """Open claims of other checkers."""
        n: int = of_rows(
            sum(row["answer_status"] == "open" for row in self.apart),
            "claims",
            "select count(*) from claims where not is_headline and answer_status = 'open'",
        )
        return n

    @property
    def target_hours(self) -> float | None:
        """The target time of today; null where none is set."""
        value = None if self.clock is None else self.clock["target_hours"]
        return None if value is None or pd.isna(value) else value

    @property
    def measured(self) -> list[Row]:
        """Cases of which the reach of the answer is known."""
        return [row for row in self.reach if not pd.isna(row["correction_reach_ratio"])]

    @property
    def drawn_hours(self) -> int:
        """Up to which hour the curve is drawn: where both have nearly come to their ends.

        That hour is a tick of the axis, or the last hour that is known.
        """
        hours = self.curve["hours_since_seen"]
        near = [
            hours[self.curve[name] >= DRAWN_OF_END * self.curve[name].iloc[-1]].iloc[0]
            for name in ("statement_share", "no_statement_share")
        ]
        wanted = max([24.0, *(1.3 * float(n) for n in near), 1.5 * (self.target_hours or 0)])
        step = hour_step(wanted)
        return int(min(-(-wanted // step) * step, float(hours.iloc[-1])))


def hour_step(end: float) -> int:
    """Return between which hours people count up to an end: half days, days, weeks."""
    return next((step for step in (6, 12, 24, 48, 168) if end / step <= 7), 168)


def claims(facts: EditionFacts) -> Claims:
    """Compute the findings of question 8."""
    found: dict[str, list[Row]] = {}
    apart = []
    for row in records("claims", facts.claims):
        if not row["is_headline"]:
            apart.append(row)
        elif row["is_about_focus"]:
            found.setdefault(row["answer_status"], []).append(row)
    clocks = records("response_clock", facts.response_clock)
    return Claims(
        headline={status: tuple(sorted(rows, key=_longest)) for status, rows in found.items()},
        apart=tuple(sorted(apart, key=lambda row: (row["answer_status"] != "open", _longest(row)))),
        clock=clocks[-1] if clocks else None,
        curve=facts.response_curve,
        reach=tuple(records("correction_reach", facts.correction_reach)),
    )


def _longest(row: Row) -> tuple[int, str]:
    days = row["days_open"]
    return (0 if pd.isna(days) else -int(days), row["review_id"])
