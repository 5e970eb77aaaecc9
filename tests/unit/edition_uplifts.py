"""Hand-made uplifts of the hand-made events: one of each verdict, two reasons, a week that is not known."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp, log
from typing import Any

import edition_registers as registers

Row = tuple[Any, ...]
DONORS = [f"D{n:02}" for n in range(38)]
# event, outcome, press: verdict, reason, evidence, uplift, p in space, overlapping
UPLIFTS: dict[
    tuple[str, str, str], tuple[str, str | None, str, float | None, float | None, list[str]]
]
UPLIFTS = {
    ("campaign", "attention", "JPN"): ("cannot_tell", "window_open", "registered", None, None, []),
    ("campaign", "attention", "KOR"): ("cannot_tell", "window_open", "registered", None, None, []),
    ("late-forum", "attention", "GBR"): ("possible", None, "exploratory", -0.4, 2 / 39, []),
    ("late-forum", "attention", "world"): (
        "none_detected", None, "exploratory", 0.05, 0.5, ["summit"],
    ),
    ("late-forum", "fdi", "GBR"): (
        "cannot_tell", "not_measured_for_donors", "exploratory", None, None, [],
    ),
    ("summit", "attention", "JPN"): ("clear", None, "registered", 0.6, 1 / 39, []),
    ("summit", "attention", "world"): (
        "cannot_tell", "too_few_donors", "registered", None, None, ["late-forum"],
    ),
}  # fmt: skip
EIGHT = 8
GAP = 40  # days before the event, from which on nothing came for a week


def _dates(code: str) -> tuple[date, date]:
    event = next(row for row in registers.events() if row[0] == code)
    return event[4], event[9]


def uplifts() -> list[Row]:
    """Return every verdict; cells of what is withheld hold a number."""
    rows = []
    for key, (verdict, reason, evidence, uplift, p_space, overlapping) in sorted(UPLIFTS.items()):
        hidden = registers.WITHHELD
        shown = uplift is not None
        value = uplift if uplift is not None else hidden
        ends = (None if verdict == "possible" else value - 0.3, value + 0.3)
        judged = shown or reason == "too_few_donors"
        n_donors = len(DONORS) if shown else EIGHT if judged else None
        rows.append(
            (
                *(
                    *key,
                    *_dates(key[0]),
                    verdict,
                    evidence,
                    value,
                    *(ends if shown else (hidden,) * 2),
                ),
                *(1 - 1 / 39 if shown else hidden, value - 0.1, 3.1, p_space if shown else hidden),
                *(0.05 if shown else hidden, 19, 0.42 if shown else None, n_donors),
                *(1 / (n_donors + 1) if n_donors else None, 182 if judged else 0),
                *(15 if judged else 0, ["AUT"], overlapping, reason, "3"),
            )
        )
    return rows


def _days(key: tuple[str, str, str], uplift: float) -> list[Row]:
    starts, ends = _dates(key[0])
    rows: list[Row] = []
    for n in range(-189, (ends - starts).days + 1):
        reason = "anticipation" if -7 <= n < 0 else "too_few_slots" if -GAP <= n < 7 - GAP else None
        attention = 40 + 6 * ((n * 7919) % 11 - 5) / 5 + (30 if n >= 0 else 0)
        gap = log(attention / 40) if n >= 0 else 0.02 * ((n * 31) % 5 - 2)
        lost = reason == "too_few_slots"
        rows.append(
            (
                *(*key, starts + timedelta(days=n), n >= 0, None if lost else attention),
                *((None, None) if reason else (attention * exp(-gap), gap * uplift / 0.6)),
                *(reason, "3"),
            )
        )
    return rows


def uplift_days() -> list[Row]:
    """Return the days of what has a figure."""
    return [row for key, told in sorted(UPLIFTS.items()) if told[3] for row in _days(key, told[3])]


def uplift_donors() -> list[Row]:
    """Return the donors of what has a figure; two carry the weight."""
    return [
        (*key, donor, {0: 0.75, 1: 0.25}.get(n, 0.0), 0.6 + 0.05 * n, "3")
        for key, told in sorted(UPLIFTS.items())
        if told[3]
        for n, donor in enumerate(DONORS)
    ]


def rows() -> dict[str, list[Row]]:
    """Return the rows of the frames of this file."""
    return {"uplifts": uplifts(), "uplift_days": uplift_days(), "uplift_donors": uplift_donors()}
