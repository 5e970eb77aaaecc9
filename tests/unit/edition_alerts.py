"""The hand-made edition's alerts: a calendar of half a year, two alerts of which one is in doubt, a shift."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Row = tuple[Any, ...]
TRUST = (0.3, 0.25, 0.2, 0.3, 0.05)
METHOD = "3"


def _row(
    day: date, series: tuple[str, str, str], n: int, usual: float | None, statistic: float | None,
    q: float | None, reason: str | None = None, *, received: int = 192, copies: float = 0.25,
) -> Row:  # fmt: skip
    verdict = (None, None, None) if q is None else (q / 10, q, q <= 0.2)
    trust = (0.3, copies, 0.2, 0.3, 0.05)
    return (
        day,
        *series,
        n,
        min(n, 9),
        usual,
        statistic,
        *verdict,
        192,
        received,
        *trust,
        reason,
        METHOD,
    )


def alerts(monday: date) -> list[Row]:
    """Japan is loud on Tuesday, tourism on Thursday with many copies; Friday lost its slots."""
    found = []
    for n in range(-120, 7):
        day = monday + timedelta(days=n)
        if n == 4:
            row = _row(
                day, ("VNM", "world", "all"), 0, None, None, None, "slots_missing", received=90
            )
            found.append((*row[:4], None, None, *row[6:]))
        else:
            found.append(_row(day, ("VNM", "world", "all"), 20 + n % 7, 22.0, (n % 7 - 3) / 2, 0.9))
    tuesday, thursday = monday + timedelta(days=1), monday + timedelta(days=3)
    found.append(_row(tuesday, ("VNM", "JPN", "all"), 42, 11.6, 4.1, 0.004))
    found.append(_row(thursday, ("VNM", "world", "tourism"), 18, 4.2, 3.2, 0.12, copies=0.5))
    found.append(_row(thursday, ("VNM", "LAO", "all"), 2, 1.0, 0.5, None, "few_stories"))
    found.append(_row(monday - timedelta(days=30), ("THA", "world", "all"), 90, 40.0, 3.6, 0.05))
    return sorted(found, key=lambda row: row[:4])


def alert_stories(monday: date) -> list[Row]:
    """Four stories behind Japan's alert, one behind that of tourism; titles can be hostile."""
    tuesday, thursday = monday + timedelta(days=1), monday + timedelta(days=3)
    titles = ["<b>Leaders</b> meet in Hanoi", "=SUM(A1)", "Third story", "Fourth story"]
    found: list[Row] = [
        (
            *(tuesday, "VNM", "JPN", "all", rank, f"s{rank}", title),
            *("javascript:alert(1)" if rank == 2 else f"https://news.example/{rank}",),
            *("news.example", "jpn", 9 - rank, 6 - rank, METHOD),
        )
        for rank, title in enumerate(titles, start=1)
    ]
    found.append(
        (
            *(thursday, "VNM", "world", "tourism", 1, "t1", "Beaches reopen"),
            *("https://news.example/t", "news.example", "eng", 3, 2, METHOD),
        )
    )
    return found


def alert_calibrations(monday: date) -> list[Row]:
    """One level of each statistic."""
    return [
        (name, monday.replace(day=1), 1, 0.5, 9000, n, 0.1, 2.9, 0.2, 1.1, rate, None, METHOD)
        for name, n, rate in (("stories", 9000, 0.46), ("tone", 321, 0.8))
    ]


def tone_shifts(monday: date) -> list[Row]:
    """Colder in Japan, none in the United States, unknown in Laos."""
    day = monday + timedelta(days=6)
    return [
        (
            *(day, "VNM", "JPN", "translated", 9, 5, -0.4, -0.52, monday, "colder", 14.0),
            *(0.001, 0.02, True, None, METHOD),
        ),
        (
            *(day, "VNM", "LAO", "native", 1, 1, None, None, None, None, None),
            *(None, None, None, "no_premium", METHOD),
        ),
        (
            *(day, "VNM", "USA", "native", 12, 8, 0.1, 0.02, monday, None, 1.0),
            *(0.5, 0.6, False, None, METHOD),
        ),
    ]


def rows(monday: date) -> dict[str, list[Row]]:
    """Return the rows of every frame of question 6."""
    return {
        "alerts": alerts(monday),
        "alert_stories": alert_stories(monday),
        "alert_calibrations": alert_calibrations(monday),
        "tone_shifts": tone_shifts(monday),
    }
