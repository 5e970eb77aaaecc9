"""The first chart of question 9: visitors beside stories, one panel per market, by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import ACCENT, INK, MUTED, NARROW, Spec, layered, spread
from tiengvang.edition.markets import Market, Markets, index_base, indexed
from tiengvang.edition.month_axes import (
    EXTENT,
    GAP,
    HEIGHT,
    TEXT,
    closed_border,
    hollow,
    months_axis,
    value_axis,
)

ROOM = 1.27  # of the months' width, for labels at the ends of lines


def index_rows(found: Markets, market: Market) -> pd.DataFrame:
    """Return line, month (its number), value (percent of the base) and whether it was revised.

    A month without a figure is a row without a value, so that the line breaks there.
    """
    base = index_base(market)
    visitors = {m: f.value for m, f in market.figures.items() if f.value is not None}
    lines: dict[str, Mapping[date, float]] = {
        "stories": indexed({m: float(n) for m, n in market.stories.items()}, base),
        "visitors": indexed(visitors, base),
    }
    numbers = range(len(found.months))
    rows = []
    for line, values in lines.items():
        of_line = [values.get(month) for month in found.months]
        for number in numbers if values else ():
            month, value = found.months[number], of_line[number]
            around = of_line[max(0, number - 1) : number + 2]
            rows.append(
                {
                    "line": line,
                    "month": number,
                    "value": value,
                    "is_alone": value is not None
                    and len([v for v in around if v is not None]) == 1,
                    "is_revised": line == "visitors" and _is_revised(market, month),
                }
            )
    frame = pd.DataFrame(rows, columns=["line", "month", "value", "is_alone", "is_revised"])
    return frame.astype({"value": "float64"})


def _is_revised(market: Market, month: date) -> bool:
    return month in market.figures and market.figures[month].first is not None


def index_top(page: Page) -> float:
    """Return the top of the scale that all markets share."""
    found = page.brief.markets
    values = [index_rows(found, market)["value"].max() for market in found.arrivals]
    return max([120.0, *(float(value) for value in values if not pd.isna(value))]) * 1.04


def visitors(page: Page, labels: Mapping[str, str], market: Market, top: float) -> Spec:
    """Draw a market's visitors and stories as two lines of one index; revised months are hollow."""
    found = page.brief.markets
    frame = index_rows(found, market)
    frame["colour"] = [ACCENT if line == "visitors" else INK for line in frame["line"]]
    x, y = months_axis(found, room=ROOM), value_axis(0, top, 3)
    base = alt.Chart().encode(x=x, y=y, color=alt.Color("colour:N", scale=None))
    lines = [
        base.transform_filter(f"datum.line == '{name}'")
        .mark_line(strokeWidth=width, invalid=GAP)
        .encode(detail=alt.Detail("line:N"))
        for name, width in (("stories", 1.2), ("visitors", 2))
    ]
    marks = []
    if frame["is_alone"].any():
        alone = base.transform_filter("datum.is_alone")
        marks.append(alone.mark_point(filled=True, size=12, opacity=1))
    if frame["is_revised"].any():
        marks.append(hollow(x, y))
    mean = pd.DataFrame({"value": [100], "month": [0], "end": [len(found.months) - 1]})
    rule = alt.Chart(mean).mark_rule(color=MUTED, strokeDash=[2, 3])
    ends = frame[frame["value"].notna()].groupby("line").tail(1)
    ends = ends.sort_values("value", ascending=False, kind="stable")
    names = pd.DataFrame(
        {
            "month": ends["month"].max(),
            "value": spread([float(v) for v in ends["value"]], top * 0.1, 0.04 * top),
            "name": [labels[f"line_{line}"] for line in ends["line"]],
            "ink": ends["colour"].array,
        }
    )
    text = alt.Chart(names).mark_text(align="left", dx=6, fontSize=TEXT)
    return layered(
        *closed_border(found, x, y, top, labels),
        rule.encode(x=x, x2=alt.X2("end:Q"), y=y),
        *lines,
        *marks,
        text.encode(x=x, y=y, text=alt.Text("name:N"), color=alt.Color("ink:N", scale=None)),
        data=frame,
        width=NARROW,
        height=HEIGHT,
        extent=EXTENT,
    )
