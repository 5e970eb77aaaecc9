"""The calendar of events and campaigns: what is over, what lasts, what comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import (
    ACCENT,
    FAINT,
    INK,
    MUTED,
    PAPER,
    WARNING,
    Spec,
    axis,
    layered,
)
from tiengvang.edition.facts import months_before
from tiengvang.edition.programme import Row
from tiengvang.edition.untrusted import plain_text
from tiengvang.windows import DAY

MAX_EVENTS, EVENT_HEIGHT = 14, 34
LETTER = 6.2  # pixels of a wide font
LABEL_DAYS = 28  # that the name of a month takes of a narrow axis


def shown_events(page: Page) -> list[Row]:
    """Return the events that are drawn: of too many, those nearest to today, in order."""
    found = page.brief.programme
    today = found.today

    def away(row: Row) -> int:
        if row["starts_on"] <= today <= row["ends_on"]:
            return 0
        gap = row["starts_on"] - today if row["starts_on"] > today else today - row["ends_on"]
        return int(gap.days)

    near = sorted(found.near, key=lambda row: (away(row), row["event_code"]))[:MAX_EVENTS]
    return sorted(near, key=lambda row: (row["starts_on"], row["event_code"]))


def calendar(page: Page, labels: Mapping[str, str], width: int) -> Spec:
    """Draw a bar from an event's first to its last day, pale while an effect is looked for.

    An event that was registered only when it had begun is hollow and marked.
    """
    found = page.brief.programme
    rows = shown_events(page)
    frame = pd.DataFrame([_bar(page, labels, row, n, width) for n, row in enumerate(rows)])
    days = (found.last - found.first).days + 1
    across = alt.Scale(domain=[0, days], nice=False)
    months = _months(page, found.first, found.last)
    x = alt.X("start:Q", scale=across, axis=months)
    y = alt.Y("top:Q", scale=alt.Scale(domain=[len(frame), 0], nice=False), axis=None)
    base = alt.Chart().encode(x=x, y=y, y2=alt.Y2("bottom:Q"))
    pale = (
        base.transform_filter("datum.window > datum.end")
        .mark_rect(fill=ACCENT, fillOpacity=0.22)
        .encode(x=alt.X("end:Q", scale=across, axis=months), x2=alt.X2("window:Q"))
    )
    bars = base.mark_rect(strokeWidth=1.8).encode(
        x2=alt.X2("end:Q"),
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
    )
    names = (
        alt.Chart()
        .mark_text(align="left", baseline="bottom", dy=-2, color=INK)
        .encode(x=alt.value(0), y=y, text=alt.Text("name:N"))
    )
    now = alt.Chart(pd.DataFrame({"start": [(found.today - found.first).days + 0.5]}))
    rule = now.mark_rule(color=INK, strokeDash=[4, 2]).encode(x=x)
    return layered(
        rule,
        pale,
        bars,
        names,
        data=frame,
        width=width,
        height=EVENT_HEIGHT * max(1, len(frame)),
    )


def _bar(
    page: Page, labels: Mapping[str, str], row: Row, number: int, width: int
) -> dict[str, Any]:
    found = page.brief.programme
    days = (found.last - found.first).days + 1

    def at(day: date) -> int:
        return min(max((day - found.first).days, 0), days)

    is_before = bool(row["is_registered_before"])
    dates = short_days(page, row)
    late = "" if is_before else f" · ✕ {labels['registered_late']}"
    edited = f" · {labels['edited']}" if row["n_edits"] else ""
    tail = f" · {dates}{edited}{late}"
    room = max(12, int((width - 8) / LETTER) - len(tail))
    return {
        "start": at(row["starts_on"]),
        "end": at(row["ends_on"] + DAY),
        "window": at(row["window_ends_on"] + DAY),
        "top": number + 0.58,
        "bottom": number + 0.86,
        "name": f"{plain_text(row[f'name_{page.language}'], room)}{tail}",
        "fill": ACCENT if is_before else PAPER,
        "edge": ACCENT if is_before else WARNING,
    }


def short_days(page: Page, row: Row) -> str:
    """Write the first and last day of an event without the year."""
    first, last = (
        page.numbers.day_labels(row[name], short=False)[1] for name in ("starts_on", "ends_on")
    )
    return first if first == last else f"{first} – {last}"


def _months(page: Page, first: date, last: date) -> alt.Axis:
    """Mark the first day of each month."""
    day = months_before(first, -1)
    ticks: dict[int, str] = {}
    while day <= last - timedelta(days=LABEL_DAYS):
        ticks[(day - first).days] = page.numbers.month(day)
        day = months_before(day, -1)
    return axis(
        values=list(ticks),
        gridColor=FAINT,
        labelColor=MUTED,
        labelAlign="left",
        labelExpr=f"{list(ticks.values())}[indexof({list(ticks)}, datum.value)]",
    )
