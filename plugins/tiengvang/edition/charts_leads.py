"""The last chart of question 9: correlation by lag, one panel per pair that can be judged."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import ACCENT, FAINT, GREY, MUTED, NARROW, Spec, axis, layered
from tiengvang.edition.leads import Lead

DRAWN_LEADS = 6
EXTENT, HEIGHT, TEXT = 34, 110, 10


def lags(page: Page, labels: Mapping[str, str], lead: Lead) -> Spec:
    """Draw a pair's correlations over the band of chance; the raw ones are pale and say what they are."""
    rows = pd.DataFrame(
        [
            {"lag": lag.periods, "value": lag.correlation, "raw": lag.raw, "band": lag.threshold}
            for lag in lead.lags
        ]
    ).assign(low=lambda frame: -frame["band"], zero=0.0)
    reach = max(abs(lag.periods) for lag in lead.lags)
    x = alt.X(
        "lag:Q",
        scale=alt.Scale(domain=[-reach - 0.5, reach + 0.5], nice=False),
        axis=axis(
            values=list(range(-reach, reach + 1, 2 if reach > 2 else 1)),
            grid=False,
            labelColor=MUTED,
            labelFontSize=TEXT,
        ),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[-1, 1], nice=False),
        axis=axis(
            values=[-1, -0.5, 0, 0.5, 1],
            format="~f",
            labelColor=MUTED,
            labelFontSize=TEXT,
            gridColor=FAINT,
            minExtent=EXTENT,
            maxExtent=EXTENT,
        ),
    )
    # the words stand where the raw line is farthest from the rest of the drawing
    top = rows.loc[[rows["raw"].abs().idxmax()]].assign(name=labels["line_raw"])
    is_low, is_late = bool(top["raw"].iloc[0] < 0), bool(top["lag"].iloc[0] > 0)
    words = alt.Chart(top).mark_text(
        align="right" if is_late else "left",
        dy=10 if is_low else -7,
        fontSize=TEXT,
        color=MUTED,
    )
    return layered(
        alt.Chart().mark_area(color=FAINT, opacity=0.7).encode(x=x, y=y_of(y, "low"), y2="band:Q"),
        alt.Chart().mark_rule(color=MUTED).encode(y=y_of(y, "zero")),
        alt.Chart()
        .mark_line(color=GREY, strokeWidth=1, strokeDash=[3, 3], opacity=0.7)
        .encode(x=x, y=y_of(y, "raw")),
        words.encode(x=x, y=y_of(y, "raw"), text=alt.Text("name:N")),
        alt.Chart().mark_rule(color=ACCENT, strokeWidth=2).encode(x=x, y=y, y2="zero:Q"),
        alt.Chart().mark_point(color=ACCENT, filled=True, size=26, opacity=1).encode(x=x, y=y),
        data=rows,
        width=NARROW,
        height=HEIGHT,
        extent=EXTENT,
    )


def y_of(y: alt.Y, column: str) -> alt.Y:
    """Return the vertical encoding of another column on the same axis."""
    other = y.copy()
    other.shorthand = f"{column}:Q"
    return other
