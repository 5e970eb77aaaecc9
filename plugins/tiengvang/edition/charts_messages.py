"""The chart of question 4: what owned outlets tell beside what foreign media carry."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import (
    ACCENT,
    FAINT,
    GREY,
    INK,
    MUTED,
    PAPER,
    ROW_HEIGHT,
    Spec,
    around_zero,
    axis,
    layered,
    names_extent,
    nice_ticks,
    row_names,
)


def messages(page: Page, labels: Mapping[str, str], width: int) -> Spec:
    """Draw ln(owned / foreign) per pillar as bars from zero, with intervals."""
    gap = page.brief.messages.world
    pillars = gap.pillars if gap else ()
    clear = {*gap.found("told_more"), *gap.found("carried_more")} if gap else set()
    frame = pd.DataFrame(
        [
            {
                "name": labels[f"pillar_{p.name}"],
                "value": p.log_ratio,
                "low": p.low,
                "high": p.high,
                "label": page.numbers.signed(p.log_ratio),
                "colour": ACCENT if p.name in clear else GREY,
            }
            for p in pillars
        ]
    )
    reach = max([abs(v) for v in [*frame["low"], *frame["high"]]] + [0.5]) * 1.1
    frame["to"] = reach
    base = alt.Chart().encode(y=row_names(list(frame["name"]), width))
    scale = around_zero(reach, frame["label"], width)
    ticks = axis(
        gridColor=FAINT, values=nice_ticks(-reach, reach, 4), labelColor=MUTED, format="~f"
    )
    x = alt.X("value:Q", scale=scale, axis=ticks)
    bars = base.mark_bar(height=14).encode(x=x, color=alt.Color("colour:N", scale=None))
    spans = [
        base.mark_rule(color=colour, strokeWidth=thickness).encode(
            x=alt.X("low:Q"), x2=alt.X2("high:Q")
        )
        for colour, thickness in ((PAPER, 4), (INK, 1.5))
    ]
    text = base.mark_text(align="left", dx=8, color=INK).encode(
        x=alt.X("to:Q"), text=alt.Text("label:N")
    )
    zero = alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=INK).encode(x=alt.X("x:Q"))
    return layered(
        bars,
        zero,
        *spans,
        text,
        data=frame,
        width=width,
        height=ROW_HEIGHT * len(frame) + 6,
        extent=names_extent(width),
    )
