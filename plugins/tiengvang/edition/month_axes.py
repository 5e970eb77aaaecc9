"""What the charts of months share: their axes, the months of the closed border, revised figures."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from tiengvang.edition.drawing import ACCENT, FAINT, MUTED, PAPER, axis, nice_ticks
from tiengvang.edition.markets import Markets

EXTENT, HEIGHT = 30, 110
TEXT = 10
GAP = "break-paths-show-domains"


def months_axis(found: Markets, room: float) -> alt.X:
    """Return the horizontal axis of months by their number, labelled with years.

    ``room`` is what the axis is longer than the months, as a factor.
    """
    last = len(found.months) - 1
    januaries = [number for number, month in enumerate(found.months) if month.month == 1]
    first = found.months[januaries[0]].year if januaries else 0
    start = januaries[0] if januaries else 0
    return alt.X(
        "month:Q",
        scale=alt.Scale(domain=[-0.6, last * room], nice=False),
        axis=axis(
            values=januaries,
            grid=False,
            ticks=True,
            tickColor=FAINT,
            labelColor=MUTED,
            labelFontSize=TEXT,
            labelExpr=f"'' + ({first} + (datum.value - {start}) / 12)",
        ),
    )


def value_axis(low: float, high: float, wanted: int) -> alt.Y:
    """Return the vertical axis of values from low to high with about as many ticks as wanted."""
    return alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=axis(
            values=nice_ticks(low, high, wanted),
            format="~f" if high < 10_000 else "~s",
            labelColor=MUTED,
            labelFontSize=TEXT,
            gridColor=FAINT,
            minExtent=EXTENT,
            maxExtent=EXTENT,
        ),
    )


def closed_border(
    found: Markets, x: alt.X, y: alt.Y, high: float, labels: Mapping[str, str]
) -> list[alt.Chart]:
    """Shade the months of the closed border, and say so where there is room."""
    if found.closed is None:
        return []
    first, last = (found.months.index(month) for month in found.closed)
    span = pd.DataFrame({"month": [first - 0.5], "end": [last + 0.5], "value": [high]})
    shade = alt.Chart(span).mark_rect(color=FAINT, opacity=0.6)
    drawn = [shade.encode(x=x, x2=alt.X2("end:Q"))]
    if last - first >= 12:
        span = span.assign(month=(first + last) / 2, name=labels["closed_border"])
        text = alt.Chart(span).mark_text(color=MUTED, fontSize=TEXT, dy=7)
        drawn.append(text.encode(x=x, y=y, text=alt.Text("name:N")))
    return drawn


def hollow(x: alt.X, y: alt.Y) -> alt.Chart:
    """Mark months whose figure was revised, beside the figure of today."""
    return (
        alt.Chart()
        .transform_filter("datum.is_revised && isValid(datum.value)")
        .mark_point(size=26, fill=PAPER, stroke=ACCENT, strokeWidth=1.4, opacity=1)
        .encode(x=x, y=y)
    )
