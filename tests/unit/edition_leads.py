"""Hand-made pairs of coverage and outcome: a lead, one that follows, none, and too little to tell."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

SHORT = ("THA", "stories", "arrivals", 22, "short_history")


def pair(
    partner: str,
    leading: str,
    outcome: str,
    *,
    lag: int,
    q_value: float,
    gain: float | None = None,
    n: int = 112,
) -> list[tuple[Any, ...]]:
    """Return the rows of a pair whose strongest correlation is at a lag."""
    months = outcome == "arrivals"
    reach = 6 if months else 2
    verdict = "association" if q_value <= 0.05 else "none_detected"
    height = 0.45 if verdict == "association" else 0.2
    return [
        (
            *(partner, leading, outcome, k, "month" if months else "quarter"),
            *(date(2015, 3, 1), date(2026, 6, 1), n, 60 if months else 40),
            height if k == lag else 0.08 * math.sin(3 * k),
            *(0.28 + 0.002 * abs(k), 0.75 * math.cos(k / 2), lag, q_value / 5, q_value, gain),
            *(verdict, None, "2"),
        )
        for k in range(-reach, reach + 1)
    ]


def unknown(partner: str, leading: str, outcome: str, n: int, reason: str) -> list[tuple[Any, ...]]:
    """Return the rows of a pair that cannot be told."""
    months = outcome == "arrivals"
    reach = 6 if months else 2
    return [
        (
            *(partner, leading, outcome, k, "month" if months else "quarter"),
            *((date(2024, 1, 1), date(2026, 6, 1)) if n else (None, None)),
            *(n, 60 if months else 40),
            # what a mart may leave in a cell that it withholds
            *(0.99 if k == 0 else None, None, None, None, None, None, None),
            *("cannot_tell", reason, "2"),
        )
        for k in range(-reach, reach + 1)
    ]


def leads() -> list[tuple[Any, ...]]:
    """Return the rows of all pairs, as they are read."""
    return sorted(
        [
            *pair("JPN", "stories", "arrivals", lag=2, q_value=0.004, gain=0.11),
            *pair("CHN", "stories", "arrivals", lag=-3, q_value=0.03),
            *pair("KOR", "stories", "arrivals", lag=5, q_value=0.6, gain=-0.04),
            *pair("JPN", "stories", "registered_capital", lag=0, q_value=0.4, n=44),
            *unknown(*SHORT),
            *unknown("SGP", "stories", "registered_capital", 9, "short_history"),
            *unknown("USA", "stories", "arrivals", 88, "constant_series"),
        ],
        key=lambda row: (row[0], row[1], row[2], row[3]),
    )
