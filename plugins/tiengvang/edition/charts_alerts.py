"""The calendar of question 6: a column per week, a row per weekday; a day that was not judged is hatched."""

from __future__ import annotations

from datetime import date, timedelta

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
# In standard deviations: the statistic at which a cell is full.
FULL = 3.0
NARROW_WEEKS = 13
# Columns that the name of a month takes.
NAME_WEEKS = 3
NAMED_WEEKDAYS = (0, 2, 4, 6)
MONDAY = date(2026, 7, 6)


def calendar(page: Page, width: int) -> Spec:
    """Draw how unusual the focus in the world was day by day, and a number where series had alerts."""
    frame = _cells(page, width)
    x, y = _weeks(page, frame), _weekdays(page)
    base = alt.Chart().encode(x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("bottom:Q"))
    unknown = base.transform_filter("!datum.is_known").mark_rect(fill=HATCH)
    cells = (
        base.transform_filter("datum.is_known")
        .mark_rect()
        .encode(
            fill=alt.Fill("fill:N", scale=None),
            fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
        )
    )
    alerts = alt.Chart().transform_filter("datum.n_alerts > 0")
    frames = alerts.mark_rect(fill="transparent", stroke=WARNING, strokeWidth=1.8)
    numbers = alerts.mark_text(fontSize=10, fontWeight="bold", color=INK)
    return layered(
        unknown,
        cells,
        frames.encode(x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("bottom:Q")),
        numbers.encode(x=alt.X("middle:Q"), y=alt.Y("center:Q"), text=alt.Text("n_alerts:Q")),
        data=frame.drop(columns=["date"]),
        width=width,
        height=7 * CELL,
        extent=EXTENT,
    )


def _weeks(page: Page, frame: pd.DataFrame) -> alt.X:
    """Return the weeks' encoding, with the name of a month under its first whole week."""
    first: list[int] = []
    for week, day in zip(frame["week"], frame["date"], strict=True):
        if day.day <= 7 and day.weekday() == 0 and (not first or week - first[-1] >= NAME_WEEKS):
            first.append(int(week))
    days = frame.drop_duplicates("week").set_index("week")["date"]
    last = int(frame["week"].max())
    named = [week for week in first if last - week >= NAME_WEEKS - 1]
    names = "".join(
        f"datum.value == {week} ? '{page.numbers.month(days[week])}' : " for week in named
    )
    return alt.X(
        "left:Q",
        scale=alt.Scale(domain=[0, last + 1], nice=False),
        axis=axis(
            values=named,
            grid=False,
            labelAlign="left",
            labelColor=MUTED,
            labelFontSize=10,
            labelExpr=f"{names}''",
        ),
    )


def _weekdays(page: Page) -> alt.Y:
    names = "".join(
        f"datum.value == {n + 0.5} ? "
        f"'{page.numbers.day_labels(MONDAY + timedelta(days=n), short=False)[0]}' : "
        for n in NAMED_WEEKDAYS
    )
    return alt.Y(
        "top:Q",
        scale=alt.Scale(domain=[7, 0], nice=False),
        axis=axis(
            values=[n + 0.5 for n in NAMED_WEEKDAYS],
            grid=False,
            labelColor=MUTED,
            labelFontSize=10,
            minExtent=EXTENT,
            maxExtent=EXTENT,
            labelExpr=f"{names}''",
        ),
    )


def _cells(page: Page, width: int) -> pd.DataFrame:
    """Return a row per day with its place and ink; ``statistic`` is null where it was not judged."""
    found = page.brief.alerts.calendar
    if width <= NARROW:
        found = found.tail(7 * NARROW_WEEKS)
    frame = found.rename(columns={"day": "date"}).reset_index(drop=True)
    start = frame["date"].iloc[0]
    monday = start - timedelta(days=start.weekday())
    weekday = pd.Series([day.weekday() for day in frame["date"]])
    week = pd.Series([(day - monday).days // 7 for day in frame["date"]])
    is_known = frame["statistic"].notna()
    strength = (frame["statistic"].abs() / FULL).clip(upper=1)
    return frame.assign(
        day=[day.isoformat() for day in frame["date"]],
        weekday=weekday,
        week=week,
        is_known=is_known,
        opacity=(0.08 + 0.72 * strength).where(is_known, 0),
        fill=[ACCENT if value > 0 else GREY for value in frame["statistic"]],
        left=week + 0.06,
        right=week + 0.94,
        middle=week + 0.5,
        top=weekday + 0.06,
        bottom=weekday + 0.94,
        center=weekday + 0.5,
    )
