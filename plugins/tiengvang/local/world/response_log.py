"""The sample world's response log: cases every few days for more than a year, by a planted pattern."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from tiengvang.windows import DAY

Row = dict[str, Any]
# Addresses, None where they are not stated.
Pages = tuple[str | None, str | None, str | None]
CASES = 105
DAYS_BETWEEN = 4
SITE = "https://office.example/statements"
# Hours from seen to the end of fifteen cases in a row, and how they end.
PATTERN = (
    (3.0, "statement"), (5.5, "statement"), (20.0, "statement"), (7.0, "statement"),
    (26.0, "no_statement"), (11.0, "statement"), (14.5, "correct_ourselves"), (31.0, "statement"),
    (9.0, "statement"), (17.0, "statement"), (23.5, "statement"), (12.0, "statement"),
    (40.0, "statement"), (28.0, "statement"), (52.0, "statement"),
)  # fmt: skip
# Cases that nobody has answered yet: seen so many days before the first instant, far longer ago than any
# answer took.
OPEN = (6, 9, 21)
OPEN_SEEN = time(2, 30)
# Yesterday's case, seen and answered within the hours that the smallest world has.
LATEST_SEEN, LATEST_HOURS = time(10, 0), 3.0
TARGETS = ((48, date(2025, 1, 1)), (24, date(2026, 1, 1)))


class Case(NamedTuple):
    """A case that was planted; ``outcome`` is ``statement``, ``no_statement`` or ``open``.

    ``decision`` is None while it is open. ``recorded_on`` is the day of its last row.
    """

    code: str
    seen_at: datetime
    hours: float | None
    decision: str | None
    recorded_on: date

    @property
    def outcome(self) -> str:
        """How it ended."""
        if self.decision is None:
            return "open"
        return "no_statement" if self.decision == "no_statement" else "statement"


def cases(anchor: date) -> list[Case]:
    """Return all cases, the latest first; ``anchor`` is the day of the world's first instant."""
    eve = anchor - DAY
    seen_at = datetime.combine(eve, LATEST_SEEN, UTC)
    made = [Case("case-latest", seen_at, LATEST_HOURS, "statement", eve)]
    for number in range(CASES):
        hours, decision = PATTERN[number % len(PATTERN)]
        day = anchor - timedelta(days=DAYS_BETWEEN * (number + 1))
        seen_at = datetime.combine(day, time(number % 9 + 1, 5 * (number % 12)), UTC)
        ended_on = (seen_at + timedelta(hours=hours)).date()
        code = f"case-{CASES - number:03}"
        made.append(Case(code, seen_at, hours, decision, ended_on + DAY))
    for number, days in enumerate(OPEN, start=1):
        seen_at = datetime.combine(anchor - timedelta(days=days), OPEN_SEEN, UTC)
        made.append(Case(f"open-{number}", seen_at, None, None, seen_at.date() + DAY))
    return made


def responses(anchor: date, pages: Mapping[str, Pages]) -> list[Row]:
    """Return the rows of register ``responses``, oldest recorded first.

    Args:
        anchor: the day of the world's first instant.
        pages: by case code, addresses of the fact-check, of the claim and of the statement.
    """
    rows: list[Row] = []
    for case in cases(anchor):
        review, claim, statement = pages.get(case.code, (None, None, None))
        first: Row = {
            "case_code": case.code, "claim_review_url": review, "claim_url": claim,
            "seen_at": case.seen_at, "triaged_at": case.seen_at + timedelta(hours=1),
            "valid_on": case.seen_at.date(),
            # Most cases are entered when they are over; some as soon as they were seen.
            "recorded_on": case.seen_at.date(),
        }  # fmt: skip
        if case.hours is None or case.code.endswith("0"):
            rows.append(first)
        if case.hours is None:
            continue
        ended_at = case.seen_at + timedelta(hours=case.hours)
        decided_at = ended_at if case.outcome == "no_statement" else ended_at - timedelta(hours=1)
        last: Row = {"decided_at": decided_at, "decision": case.decision}
        if case.outcome == "statement":
            last |= {
                "statement_at": ended_at,
                "statement_url": statement or f"{SITE}/{case.code}",
            }
        rows.append({**first, **last, "recorded_on": case.recorded_on})
    return sorted(rows, key=lambda row: (row["recorded_on"], row["case_code"]))


def response_targets() -> list[Row]:
    """Return the rows of register ``response_targets``."""
    return [
        {"target_hours": hours, "valid_on": since, "recorded_on": since - timedelta(days=20)}
        for hours, since in TARGETS
    ]


def planted(anchor: date, window_end: date) -> dict[str, Any]:
    """Return what a correct clock shows of the 365 days up to a day that is at least the anchor's eve.

    Every open case is older than the longest wait for an answer, so that nothing is censored before the
    last outcome and the cumulative incidence is a plain share of all cases.
    """
    first = window_end - timedelta(days=364)
    counted = [case for case in cases(anchor) if first <= case.seen_at.date()]
    waits = sorted(c.hours for c in counted if c.outcome == "statement" and c.hours is not None)
    decided = [case for case in counted if case.decision]
    own = sum(case.decision == "correct_ourselves" for case in decided)
    silent = sum(case.outcome == "no_statement" for case in decided)

    def quantile(share: float) -> float | None:
        reached = [
            wait for place, wait in enumerate(waits, start=1) if place >= share * len(counted)
        ]
        return reached[0] if reached else None

    return {
        "n_cases": len(counted),
        "n_open": len(counted) - len(decided),
        "n_no_statement": silent,
        "n_correct_ourselves": own,
        "median_hours": quantile(0.5),
        "p90_hours": quantile(0.9),
        "own_error_share": own / len(decided),
        "within_target_share": sum(_in_time(case) for case in counted) / len(counted),
    }


def _in_time(case: Case) -> bool:
    target = [hours for hours, since in TARGETS if since <= case.seen_at.date()][-1]
    return case.outcome == "statement" and case.hours is not None and case.hours <= target
