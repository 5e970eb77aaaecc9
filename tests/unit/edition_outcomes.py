"""Hand-made months of visitors, registered capital and stories, with each trap once."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from tiengvang.edition.facts import months_before

LAST = date(2026, 6, 1)
MONTHS = [months_before(LAST, n) for n in range(82, -1, -1)]
CLOSED = (date(2020, 2, 1), date(2022, 3, 1))
# thousand visitors a month, and million dollars of new capital
VISITORS = {"CHN": 420, "JPN": 70, "KOR": 360, "THA": 40, "USA": 75}
CAPITAL = {"CHN": 110, "JPN": 180, "KOR": 240, "SGP": 300, "THA": 20}
STORIES = {"CHN": 48, "JPN": 40, "KOR": 26, "SGP": 14, "THA": 18, "USA": 33}
NOT_LISTED = {("KOR", date(2024, 3, 1)), ("KOR", date(2024, 4, 1))}
REVISED = {("CHN", date(2025, 9, 1)): 1.12, ("total", date(2025, 9, 1)): 1.03}
UNEQUAL = date(2025, 11, 1)  # the total is not the sum of its continents
MONTH_END_SINCE = date(2024, 7, 1)
FALLEN = ("JPN", date(2023, 12, 1))
FIRST_COUNTED = date(2024, 1, 1)
NOT_WHOLE = date(2025, 2, 1)


def wobble(*seed: int) -> float:
    """Return a fixed number between -1 and 1 that looks irregular."""
    return random.Random(repr(seed)).uniform(-1, 1)


def _level(place: int, month: date) -> float:
    """Return the month's level: growth, a season, the closed border and a slow return."""
    if CLOSED[0] < month <= CLOSED[1]:
        return 0.004
    since = (month.year - 2022) * 12 + month.month - 3
    back = min(1.0, 0.2 + since / 20) if month > CLOSED[1] else 0.75
    season = 1.12 if month.month in (1, 7, 8, 12) else 0.95
    return back * season * (1 + 0.06 * wobble(place, month.year, month.month))


def visitors(code: str, month: date) -> float:
    """Return the visitors of a market, or of all: the main markets are seven tenths of them."""
    if code == "total":
        return round(sum(visitors(market, month) for market in VISITORS) / 0.7)
    return round(1000 * VISITORS[code] * _level(sorted(VISITORS).index(code), month))


def _arrival(code: str, mode: str, kind: str, month: date, value: float) -> tuple[Any, ...]:
    is_last = month == LAST
    ratio = REVISED.get((code, month), 1.0) if mode == "all" else 1.0
    earlier = None if is_last else round(value * ratio)
    release = month if is_last else months_before(month, -1)
    return (
        *(month, code, mode, kind, value, "estimate" if is_last else "revised", release),
        *(1 if is_last else 2, earlier, None if earlier is None else value - earlier),
        *(None if is_last else month, "misprint" if month == UNEQUAL else None),
        *(f"Bieu-{release:%m-%Y}.xlsx", "Sheet9!C16", "2"),
    )


def arrivals() -> list[tuple[Any, ...]]:
    """Return rows of markets, the total, its continents and its modes."""
    rows = []
    for month in MONTHS:
        total = visitors("total", month)
        asia = round(total * 0.8)
        rows += [
            _arrival(code, "all", "country", month, visitors(code, month))
            for code in VISITORS
            if (code, month) not in NOT_LISTED
        ]
        rows += [
            _arrival("total", "all", "total", month, total + (90_000 if month == UNEQUAL else 0)),
            _arrival("total", "air", "total", month, asia + (90_000 if month == UNEQUAL else 0)),
            _arrival("total", "land", "total", month, total - asia),
            _arrival("asia", "all", "continent", month, asia),
            _arrival("europe", "all", "continent", month, total - asia),
        ]
    return sorted(rows, key=lambda row: (row[1], row[2], row[0]))


def cut_off(month: date) -> date:
    """Return the last day of a release: the 20th, later the month's last."""
    following = months_before(month, -1)
    return following - timedelta(days=1) if month >= MONTH_END_SINCE else month.replace(day=20)


def _capital(code: str, month: date) -> float | None:
    if code == "total":
        return sum(_capital(partner, month) or 0 for partner in CAPITAL) * 1.25
    if code == "THA" and month.month % 3:
        return None
    if (code, month) == FALLEN:
        return -45.0
    return CAPITAL[code] * (1 + 0.3 * wobble(sorted(CAPITAL).index(code), month.year, month.month))


def registered() -> list[tuple[Any, ...]]:
    """Return rows of the total and of partners; one is listed in few months only."""
    rows = []
    for code in (*sorted(CAPITAL), "total"):
        to_date = 0.0
        for month in MONTHS:
            value = _capital(code, month)
            to_date = (value or 0.0) + (0.0 if month.month == 1 else to_date)
            is_listed = value is not None
            rows.append(
                (
                    *(month, "total" if code == "total" else "partner", code, cut_off(month)),
                    round(to_date * 1e6) if is_listed else None,
                    round(value * 1e6) if value is not None else None,
                    None if is_listed else "not_listed",
                    *((round(to_date * 4e5), round(value * 4e5), None) if value else (None,) * 3),
                    *(month, None, f"Bieu-{month:%m-%Y}.xlsx", "11.DTNN!D9", "2"),
                )
            )
    return sorted(rows, key=lambda row: (row[1], row[2], row[0]))


def outcome_months() -> list[tuple[Any, ...]]:
    """Return stories by partner and month: whole ones since 2024 but one; the newest is not over."""
    rows = []
    for place, (code, level) in enumerate(sorted(STORIES.items())):
        for month in [*MONTHS, months_before(LAST, -1)]:
            reason = (
                "no_slot_received" if month < FIRST_COUNTED
                else "too_few_slots_received" if month == NOT_WHOLE
                else "month_not_over" if month > LAST
                else None
            )  # fmt: skip
            n = round(level * (1 + 0.4 * wobble(place, month.month, month.year)))
            shown = None if reason == "no_slot_received" else 919191 if reason else n
            documents = None if shown is None else shown * 2
            closed = CLOSED[0] <= month <= CLOSED[1]
            rows.append((code, month, closed, reason, documents, shown, "2"))
    return rows


def revisions() -> list[tuple[Any, ...]]:
    """Return what was restated: visitors, a year to date, and a yearly inflow."""
    month, year = date(2025, 10, 1), date(2023, 1, 1)
    old = next(row for row in registered() if row[0] == month and row[2] == "SGP")[4]
    found = [
        ("nso", "arrivals", "VNM", "market", code, at, f"{months_before(at, -1)} a", at,
         months_before(at, -1), "revised", "persons", round(visitors(code, at) * ratio),
         visitors(code, at), "2")
        for (code, at), ratio in REVISED.items()
    ]  # fmt: skip
    found.append(
        ("nso", "new_capital_registered_ytd", "VNM", "partner", "SGP", month, "2025-10-01 b", month,
         month, "revised", "usd", old * 0.9, old, "2")
    )  # fmt: skip
    found += [
        ("worldbank", "BX.KLT.DINV.CD.WD", "VNM", "country", "VNM", year, day,
         date.fromisoformat(before), date.fromisoformat(day), "revised", "usd", value, value * 1.02, "2")
        for before, day, value in (
            ("2026-05-04", "2026-06-01", 2.1e10), ("2026-06-01", "2026-07-06", 2.2e10),
        )
    ]  # fmt: skip
    found.append(
        ("worldbank", "ST.INT.ARVL", "THA", "country", "THA", year, "2026-07-06", date(2026, 6, 1),
         date(2026, 7, 6), "revised", "persons", 2.0e7, 2.1e7, "2")
    )  # fmt: skip
    return found
