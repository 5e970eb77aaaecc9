"""The calendar of question 6: a column per week, a row per weekday; a day that was not judged is hatched."""

from __future__ import annotations

from datetime import timedelta

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import (
    ACCENT,
    GREY,
    HATCH,
    INK,
    MUTED,
    NARROW,
    WARNING,
    Spec,
    axis,
    layered,
)

CELL, EXTENT = 20, 34
# The statistic at which a cell is full: about the 99.7th percentile of quiet days.
FULL = 3.0
NARROW_WEEKS = 13


def calendar(page: Page, width: int) -> Spec:
    """Draw how unusual the focus in the world was day by day, and a number where series had alerts."""
    frame = _cells(page, width)
    n_weeks = int(frame["week"].max()) + 1
    mondays = frame[frame["weekday"] == 0].set_index("week")["day"].to_dict()
    named = [
        week
        for week, day in mondays.items()
        if week == 0 or (mondays.get(week - 1) and day.month != mondays[week - 1].month)
    ]
    names = {week: page.numbers.month(mondays[week]) for week in named if week < n_weeks - 1}
    # a name takes more than a column
    shown = [week for week in names if not any(0 < week - other < 3 for other in names)]
    label = " : ".join(f"datum.value == {week} ? '{names[week]}'" for week in shown)
    scale_x = alt.Scale(domain=[0, n_weeks], nice=False)
    scale_y = alt.Scale(domain=[7, 0], nice=False)
    x = alt.X(
        "left:Q",
        scale=scale_x,
        axis=axis(
            values=shown,
            grid=False,
            orient="bottom",
            labelAlign="left",
            labelColor=MUTED,
            labelFontSize=10,
            labelExpr=f"{label} : ''" if label else "''",
        ),
    )
    days = [
        page.numbers.day_labels(frame["day"].iloc[0] + timedelta(n), short=False)[0]
        for n in range(7)
    ]
    first = int(frame["weekday"].iloc[0])
    by_weekday = {(first + n) % 7: name for n, name in enumerate(days)}
    weekdays = " : ".join(f"datum.value == {n + 0.5} ? '{by_weekday[n]}'" for n in (0, 2, 4, 6))
    y = alt.Y(
        "top:Q",
        scale=scale_y,
        axis=axis(
            values=[0.5, 2.5, 4.5, 6.5],
            grid=False,
            labelColor=MUTED,
            labelFontSize=10,
            minExtent=EXTENT,
            maxExtent=EXTENT,
            labelExpr=f"{weekdays} : ''",
        ),
    )
    base = alt.Chart().encode(x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("bottom:Q"))
    unknown = base.transform_filter("!datum.is_known").mark_rect(fill=HATCH)
    known = base.transform_filter("datum.is_known").mark_rect(strokeWidth=1.6)
    cells = known.encode(
        fill=alt.Fill("fill:N", scale=None),
        fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
    )
    numbers = (
        alt.Chart()
        .transform_filter("datum.n_alerts > 0")
        .mark_text(fontSize=10, fontWeight="bold", color=INK)
        .encode(
            x=alt.X("middle:Q", scale=scale_x),
            y=alt.Y("center:Q", scale=scale_y),
            text=alt.Text("n_alerts:Q"),
        )
    )
    return layered(unknown, cells, numbers, data=frame, width=width, height=7 * CELL, extent=EXTENT)


def _cells(page: Page, width: int) -> pd.DataFrame:
    frame = page.brief.alerts.calendar.copy()
    if width <= NARROW:
        frame = frame.tail(7 * NARROW_WEEKS).reset_index(drop=True)
    monday = frame["day"].iloc[0] - timedelta(days=frame["day"].iloc[0].weekday())
    frame["weekday"] = [day.weekday() for day in frame["day"]]
    frame["week"] = [(day - monday).days // 7 for day in frame["day"]]
    frame["is_known"] = frame["statistic"].notna()
    strength = (frame["statistic"].abs() / FULL).clip(upper=1)
    frame["opacity"] = (0.08 + 0.72 * strength).where(frame["is_known"], 0)
    frame["fill"] = [ACCENT if value > 0 else GREY for value in frame["statistic"]]
    frame["edge"] = [WARNING if n else "transparent" for n in frame["n_alerts"]]
    frame["left"], frame["right"] = frame["week"] + 0.06, frame["week"] + 0.94
    frame["top"], frame["bottom"] = frame["weekday"] + 0.06, frame["weekday"] + 0.94
    frame["middle"], frame["center"] = frame["week"] + 0.5, frame["weekday"] + 0.5
    return frame
