"""The charts of yearly outcomes."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiengvang.edition import outcomes
from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import (
    ACCENT,
    FAINT,
    GREY,
    MUTED,
    NARROW,
    PAPER,
    Spec,
    axis,
    layered,
    nice_ticks,
    spread,
)

EXTENT = 34
# First and last year in which the pandemic closed borders.
CLOSED_FROM, CLOSED_TO = 2020, 2022
LABEL_GAP = 0.085  # of the chart's height: the least distance between two labels


def outcome(page: Page, name: str, width: int) -> Spec:
    """Draw one yearly outcome: the focus in the accent colour, peers grey, labels at the ends."""
    frame = outcomes.series(page.brief.facts, name)
    focus = page.brief.request.focus_iso3
    frame["colour"] = [ACCENT if code == focus else GREY for code in frame["country_code_iso3"]]
    frame["is_focus"] = frame["country_code_iso3"] == focus
    by_country = frame.groupby("country_code_iso3")["value"]
    frame["is_alone"] = (
        frame["value"].notna() & by_country.shift(1).isna() & by_country.shift(-1).isna()
    )
    first_said = outcomes.revised(page.brief.facts, name)
    keys = zip(frame["country_code_iso3"], frame["outcome_year"], strict=True)
    frame["is_revised"] = [key in first_said for key in keys]
    years = frame["outcome_year"].astype("int64")
    frame["year"] = years
    first, last = int(years.min()), max(int(years.max()), int(years.min()) + 1)
    low = min(0.0, float(frame["value"].min()))
    high = max(float(frame["value"].max()), low + 1e-9) * 1.05
    ends = _ends(page, frame, low, high)
    room = (last - first) * (0.5 if width <= NARROW else 0.3)
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[first, last + room], nice=False),
        axis=axis(format="d", grid=False, values=_year_ticks(first, last, width), labelColor=MUTED),
    )
    ticks = nice_ticks(low, high, 4)
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=axis(values=ticks, grid=False, labelColor=MUTED, minExtent=EXTENT, maxExtent=EXTENT),
    )
    grid = pd.DataFrame({"year": first, "end": last, "value": ticks})
    rules = alt.Chart(grid).mark_rule(color=FAINT).encode(x=x, x2=alt.X2("end:Q"), y=y)
    layers = [
        *_closed_borders(first, last, x),
        rules,
        *_lines(x, y),
        *(_hollow(x, y) if frame["is_revised"].any() else ()),
        _end_labels(ends, x, y),
    ]
    return layered(*layers, data=frame, width=width, height=180, extent=EXTENT)


def _lines(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    drawn = []
    for which, thickness in (("!datum.is_focus", 1.25), ("datum.is_focus", 3)):
        part = (
            alt.Chart()
            .transform_filter(which)
            .encode(
                x=x,
                y=y,
                detail=alt.Detail("country_code_iso3:N"),
                color=alt.Color("colour:N", scale=None),
            )
        )
        drawn.append(part.mark_line(strokeWidth=thickness, invalid="break-paths-show-domains"))
        # a value between two missing years has no line: it is drawn as a point
        points = part.transform_filter("datum.is_alone")
        drawn.append(points.mark_point(filled=True, size=20, opacity=1))
    return drawn


def _hollow(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Mark values that were revised since they were first read."""
    marks = (
        alt.Chart()
        .transform_filter("datum.is_revised && isValid(datum.value)")
        .mark_point(size=30, fill=PAPER, strokeWidth=1.4, opacity=1)
    )
    return [marks.encode(x=x, y=y, stroke=alt.Stroke("colour:N", scale=None))]


def _closed_borders(first: int, last: int, x: alt.X) -> list[alt.Chart]:
    start, end = max(CLOSED_FROM, first), min(CLOSED_TO, last)
    if start >= end:
        return []
    span = pd.DataFrame({"year": [start], "end": [end]})
    return [alt.Chart(span).mark_rect(color=FAINT, opacity=0.6).encode(x=x, x2=alt.X2("end:Q"))]


def _end_labels(ends: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    return (
        alt.Chart(ends)
        .mark_text(align="left", dx=6, fontSize=11)
        .encode(
            x=x,
            y=y,
            text=alt.Text("name:N"),
            color=alt.Color("ink:N", scale=None),
        )
    )


def _ends(page: Page, frame: pd.DataFrame, low: float, high: float) -> pd.DataFrame:
    """Place each country's name at the right edge, moved apart so that none covers another."""
    known = frame[frame["value"].notna()]
    newest = (
        known.groupby("country_code_iso3")
        .tail(1)
        .sort_values("value", ascending=False, kind="stable")
    )
    gap = (high - low) * LABEL_GAP
    places = spread([float(value) for value in newest["value"]], gap, low)
    focus = page.brief.request.focus_iso3
    return pd.DataFrame(
        {
            "year": int(frame["year"].max()),
            "value": places,
            "name": page.names(newest["country_code_iso3"]),
            "ink": [ACCENT if code == focus else MUTED for code in newest["country_code_iso3"]],
        }
    )


def _year_ticks(first: int, last: int, width: int) -> list[int]:
    most = 3 if width <= NARROW else 6
    step = next(n for n in (1, 2, 5, 10, last - first) if last - first <= most * n)
    return [year for year in range(first, last + 1) if year % step == 0]
