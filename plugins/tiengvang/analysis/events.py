"""What an event's uplift is measured over: its days, its past, and who had a part in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tiengvang.analysis.synthetic import Flags, Whole

LEAST_OF_WINDOW = 0.8


@dataclass(frozen=True, slots=True)
class Event:
    """What was registered: the days looked at, and which countries had a part (ISO 3166-1 alpha-3)."""

    code: str
    starts_on: date
    window_ends_on: date
    hosts: frozenset[str]
    participants: frozenset[str] = frozenset()
    is_registered_before: bool = True

    def meeting(self, others: Iterable[Event]) -> list[Event]:
        """Return the other events that share a day of the window."""
        return [
            other
            for other in others
            if other.code != self.code
            and self.starts_on <= other.window_ends_on
            and other.starts_on <= self.window_ends_on
        ]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often the outcome is measured, and how much of the past an event needs. All in periods.

    Attributes:
        week: periods of a week; each country's own weekday pattern is taken out.
        fit: before the event, that the comparison is fitted in, at most.
        least_fit: usable ones among them, at least.
        anticipation: right before the event, that count nowhere: an event is written about before it
            begins.
    """

    week: int
    fit: int
    least_fit: int
    anticipation: int

    def before(self, offsets: Whole, start: int) -> Flags:
        """Return which periods, counted from anywhere, one that starts there is fitted in."""
        end = start - self.anticipation
        return (offsets >= end - self.fit) & (offsets < end)

    def has_history(self, fit: Flags) -> bool:
        """Say whether so many usable periods before are enough."""
        return int(fit.sum()) >= self.least_fit


DAILY = Rhythm(week=7, fit=182, least_fit=91, anticipation=7)


def within(offsets: Whole, start: int, length: int) -> Flags:
    """Return which periods are in a window of that length."""
    return (offsets >= start) & (offsets < start + length)


def has_window(window: Flags, length: int) -> bool:
    """Say whether so many usable periods of the window are enough."""
    return int(window.sum()) >= LEAST_OF_WINDOW * length
