"""The chart of slots: how many of those expected were received, per stream and day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import GREY, HATCH, INK, NARROW, WARNING, Spec, axis, layered
from tiengvang.windows import STREAMS

STREAM_HEIGHT = 64
ROW = 1.45  # of a stream, in heights of its bars


def trust(page: Page, labels: Mapping[str, str], width: int) -> Spec:
    """Draw, per stream and day, the share of expected slots that was received."""
    rows = [
        row
        for place, stream in enumerate(STREAMS)
        for row in _stream_rows(page, stream, labels[f"stream_{stream}"], place, width)
    ]
    frame = pd.DataFrame(rows)
    narrow = width <= NARROW
    x = alt.X(
        "day:N",
        sort=list(dict.fromkeys(frame["day"])),
        axis=axis(
            labelAngle=0, labelExpr="split(datum.label, '|')", labelFontSize=9 if narrow else 11
        ),
        scale=alt.Scale(paddingInner=0.15, paddingOuter=0.05),
    )
    y = alt.Y(
        "base:Q",
        scale=alt.Scale(domain=[0, ROW * len(STREAMS)], nice=False),
        axis=None,
    )
    base = alt.Chart().encode(x=x, y=y)
    received = (
        base.transform_filter("!datum.is_gap").mark_bar(fill=GREY).encode(y2=alt.Y2("received:Q"))
    )
    lost = (
        base.transform_filter("!datum.is_gap")
        .mark_bar(fill=WARNING)
        .encode(y=alt.Y("received:Q"), y2=alt.Y2("top:Q"))
    )
    gaps = base.transform_filter("datum.is_gap").mark_bar(fill=HATCH).encode(y2=alt.Y2("top:Q"))
    # One slot of 96 is too thin a line to be seen: its number is not.
    numbers = (
        alt.Chart()
        .mark_text(color=INK, fontSize=10 if narrow else 12, fontWeight="bold")
        .encode(x=x, y=alt.Y("foot:Q"), text=alt.Text("lost:N"))
    )
    names = (
        alt.Chart(frame.drop_duplicates("stream"))
        .mark_text(align="left", color=INK, dy=-8)
        .encode(x=alt.value(0), y=alt.Y("top:Q"), text=alt.Text("stream:N"))
    )
    return layered(
        gaps,
        received,
        lost,
        numbers,
        names,
        data=frame,
        width=width,
        height=STREAM_HEIGHT * len(STREAMS) + 6,
    )


def _stream_rows(
    page: Page, stream: str, name: str, place: int, width: int
) -> list[dict[str, Any]]:
    trust_rows = page.brief.facts.trust
    trust_rows = trust_rows[trust_rows["stream"] == stream].set_index("trust_date")
    base = ROW * (len(STREAMS) - 1 - place)
    rows = []
    for day in page.brief.facts.previous_dates + page.brief.facts.dates:
        share, lost = None, 0
        if day in trust_rows.index:
            row = trust_rows.loc[day]
            if not pd.isna(row["slots_expected"]) and row["slots_expected"] > 0:
                received = 0 if pd.isna(row["slots_received"]) else row["slots_received"]
                share = min(1.0, float(received / row["slots_expected"]))
                lost = max(0, int(row["slots_expected"] - received))
        rows.append(
            {
                "day": "|".join(page.numbers.day_labels(day, short=width <= NARROW)),
                "stream": name,
                "base": base,
                "received": base + (share or 0),
                "top": base + 1,
                "foot": base + 0.2,
                "lost": f"\u2212{page.numbers.count(lost)}" if lost and share else "",
                "is_gap": not share,
            }
        )
    return rows
