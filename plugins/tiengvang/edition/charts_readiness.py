"""The first chart of question 10: each KPI's share as steps, with the days on which units changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import (
    ACCENT,
    FAINT,
    HATCH,
    INK,
    MUTED,
    NARROW,
    PAPER,
    WARNING,
    Spec,
    axis,
    layered,
)
from tiengvang.edition.month_axes import GAP, TEXT
from tiengvang.edition.readiness import Kpi, Series

STEPS_HEIGHT, EXTENT = 104, 38
BREAK_GAP = 0.012  # of the days
ROOM = 1.2  # of the days' width, for the newest value at its right


def first_day(page: Page) -> date:
    """Return the day at which the time axis of all KPIs begins."""
    found = page.brief.readiness
    days = [one.steps[0].valid_on for kpi in found.kpis for one in kpi.series]
    return min(days, default=found.until)


def steps(page: Page, labels: Mapping[str, str], kpi: Kpi) -> Spec:
    """Draw a KPI's share as steps; a break is an upright line that no step crosses."""
    first, last = first_day(page), page.brief.readiness.until
    days = max(1, (last - first).days)
    x = _days_axis(first, last, days * ROOM)
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[0, 1.22], nice=False),
        axis=axis(
            values=[0, 0.5, 1],
            format=".0%",
            labelColor=MUTED,
            labelFontSize=TEXT,
            gridColor=FAINT,
            minExtent=EXTENT,
            maxExtent=EXTENT,
        ),
    )
    lines = [one for one in kpi.series if is_line(kpi, one)]
    frame = pd.DataFrame(
        [row for number, one in enumerate(lines) for row in vertices(one, first, last, number)],
        columns=["day", "share", "high", "line", "colour", "thickness"],
    )
    base = alt.Chart().encode(x=x, y=y, detail=alt.Detail("line:N"))
    unknown = base.transform_filter("datum.high > datum.share").mark_area(
        fill=HATCH, line=False, invalid=GAP
    )
    drawn = [
        alt.Chart()
        .transform_filter(f"datum.thickness == {thickness}")
        .mark_line(strokeWidth=thickness, invalid=GAP)
        .encode(x=x, y=y, detail=alt.Detail("line:N"), color=alt.Color("colour:N", scale=None))
        for thickness in sorted(set(frame["thickness"]))
    ]
    return layered(
        *_break_rules(page, labels, kpi, first, days, x, y),
        *_target(kpi, first, days, x, y),
        unknown.encode(y2=alt.Y2("high:Q")),
        *drawn,
        *_points(kpi, first, x, y),
        *_newest(page, kpi, first, last, x, y),
        data=frame,
        width=NARROW,
        height=STEPS_HEIGHT,
        extent=EXTENT,
    )


def is_line(kpi: Kpi, one: Series) -> bool:
    """Tell whether a series is drawn as steps: counted from units, or where no unit was asked."""
    if all(step.low is None for step in one.steps):
        return False
    return one.basis == "units" or not any(
        other.basis == "units" and other.population == one.population for other in kpi.series
    )


def vertices(one: Series, first: date, last: date, number: int) -> list[dict[str, Any]]:
    """Return the corners of a series' steps by day: each value holds until the next.

    A value that was not counted is a corner without share, so that the line breaks there. A series
    that has ended leaves a gap before the break.
    """
    room = 0.0 if one.until >= last else BREAK_GAP * max(1, (last - first).days)
    latest = (one.until - first).days - room
    ends = [step.valid_on for step in one.steps[1:]] + [one.until]
    colour, thickness = (INK, 1.4) if one.until < last else (ACCENT, 2.2)
    rows = []
    for step, end in zip(one.steps, ends, strict=True):
        high = step.high if step.low is not None else None
        values = {"share": step.low, "high": high, "line": number, "colour": colour}
        for day in (step.valid_on, end):
            at = min(float((day - first).days), latest)
            rows.append({"day": at, **values, "thickness": thickness})
    return rows


def _days_axis(first: date, last: date, end: float) -> alt.X:
    years = range(first.year, last.year + 1)
    ticks = {year: (date(year, 1, 1) - first).days for year in years}
    ticks = {year: day for year, day in ticks.items() if day >= 0}
    names = [str(year) for year in ticks]
    return alt.X(
        "day:Q",
        scale=alt.Scale(domain=[-0.01 * end, end], nice=False),
        axis=axis(
            values=list(ticks.values()),
            grid=False,
            ticks=True,
            tickColor=FAINT,
            labelColor=MUTED,
            labelFontSize=TEXT,
            labelExpr=f"{names}[indexof({list(ticks.values())}, datum.value)]",
        ),
    )


def _break_rules(
    page: Page,
    labels: Mapping[str, str],
    kpi: Kpi,
    first: date,
    days: int,
    x: alt.X,
    y: alt.Y,
) -> list[alt.Chart]:
    drawn = []
    for found_break in kpi.breaks:
        place = (found_break - first).days
        if not 0 <= place <= days:
            continue
        is_late = place > days / 2
        name = f"{page.numbers.day(found_break)}: {labels['break_units']}"
        at = alt.Chart(pd.DataFrame({"day": [place], "share": [1.22], "name": [name]}))
        drawn.append(at.mark_rule(color=INK, strokeDash=[4, 2], strokeWidth=1.4).encode(x=x))
        text = at.mark_text(
            align="right" if is_late else "left",
            dx=-4 if is_late else 4,
            dy=6,
            fontSize=TEXT,
            color=INK,
        )
        drawn.append(text.encode(x=x, y=y, text=alt.Text("name:N")))
    return drawn


def _target(kpi: Kpi, first: date, days: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    row = kpi.judged
    if row is None or pd.isna(row["target_ratio"]):
        return []
    share = float(row["target_ratio"])
    due = (row["target_due_on"] - first).days
    level = alt.Chart(pd.DataFrame({"day": [0], "end": [days], "share": [share]}))
    drawn = [
        level.mark_rule(color=WARNING, strokeDash=[2, 3], strokeWidth=1.2).encode(
            x=x, x2=alt.X2("end:Q"), y=y
        )
    ]
    if 0 <= due <= days:
        at = alt.Chart(pd.DataFrame({"day": [due], "share": [share]}))
        mark = at.mark_point(shape="triangle-down", size=50, filled=True, color=WARNING, opacity=1)
        drawn.append(mark.encode(x=x, y=y))
    return drawn


def _points(kpi: Kpi, first: date, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw what was reported as a total: filled where counts were stated, hollow where not."""
    rows = [
        {
            "day": (step.valid_on - first).days,
            "share": step.reported if step.low is None else step.low,
            "fill": PAPER if step.low is None else MUTED,
        }
        for one in kpi.series
        if one.basis == "total"
        for step in one.steps
        if step.low is not None or step.reported is not None
    ]
    if not rows:
        return []
    marks = alt.Chart(pd.DataFrame(rows)).mark_point(
        shape="diamond", size=48, stroke=MUTED, strokeWidth=1.4, opacity=1
    )
    return [marks.encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None))]


def _newest(page: Page, kpi: Kpi, first: date, last: date, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    row = kpi.judged
    share = None if row is None else row["ratio"]
    if row is None or share is None or pd.isna(share):
        return []
    place = pd.DataFrame(
        {"day": [(last - first).days], "share": [share], "name": [page.numbers.percent(share)]}
    )
    text = alt.Chart(place).mark_text(align="left", dx=5, fontSize=11, color=INK)
    return [text.encode(x=x, y=y, text=alt.Text("name:N"))]
