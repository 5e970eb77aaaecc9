"""The charts of an edition. Each takes findings and a width, and returns an Altair chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.changes import FULL_DAY_SHARE
from tiengvang.edition.drawing import (
    ACCENT,
    FAINT,
    GREY,
    HATCH,
    INK,
    MUTED,
    NARROW,
    PAPER,
    axis,
    nice_ticks,
)
from tiengvang.edition.findings import UNKNOWN

MAX_ROWS = 12
ROW_HEIGHT = 26


def _rows_by_name(frame: pd.DataFrame, width: int, *, gap: float) -> alt.Chart:
    """Lay rows out one below the other, with their names at the left."""
    extent = _names_extent(width)
    return alt.Chart().encode(
        y=alt.Y(
            "name:N",
            sort=list(frame["name"]),
            axis=axis(labelLimit=extent - 8, minExtent=extent, maxExtent=extent),
            scale=alt.Scale(paddingInner=gap, paddingOuter=0.1),
        )
    )


def _names_extent(width: int) -> int:
    return 110 if width <= NARROW else 170


def ranked_bars(rows: list[dict[str, Any]], width: int) -> alt.LayerChart:
    """Draw horizontal bars with a tick for the period before.

    Each row has name, now and before (null: no data), colour, and label (the value as text).
    """
    frame = pd.DataFrame(rows)
    top = _largest([*frame["now"], *frame["before"]])
    frame["hatch"] = [top if pd.isna(now) else None for now in frame["now"]]
    # A value beside a longer line of the period before would be struck through by it.
    lengths = frame[["now", "before", "hatch"]].astype("float64")
    frame["edge"] = lengths.max(axis=1, skipna=True)
    base = _rows_by_name(frame, width, gap=0.28)
    scale = alt.Scale(domain=[0, top * (1.24 if width <= NARROW else 1.12)], nice=False)
    x_axis = axis(labels=False, grid=False)
    bars = base.mark_bar().encode(
        x=alt.X("now:Q", scale=scale, axis=x_axis), color=alt.Color("colour:N", scale=None)
    )
    gaps = base.mark_bar(fill=HATCH).encode(x=alt.X("hatch:Q", axis=x_axis))
    ticks = [
        base.mark_tick(
            color=colour, opacity=1, thickness=thickness, bandSize=ROW_HEIGHT - 3
        ).encode(x="before:Q")
        for colour, thickness in ((PAPER, 5), (INK, 2))
    ]
    labels = base.mark_text(align="left", dx=6, color=INK).encode(x="edge:Q", text="label:N")
    return alt.layer(gaps, bars, *ticks, labels, data=frame).properties(
        width=width, height=ROW_HEIGHT * len(frame) + 6
    )


def _largest(values: list[float | None]) -> float:
    """Return the largest value; 1 when none is above zero, so that a scale has a width."""
    return max((v for v in values if v is not None and not pd.isna(v) and v > 0), default=1.0)


def by_source(page: Page, labels: Mapping[str, str], width: int) -> alt.LayerChart:
    """Draw documents about the focus by country of the outlet, the largest twelve."""
    rows = page.brief.by_source
    known = rows[rows["source_country_code_iso3"] != UNKNOWN]
    shown = [
        _ranked(page, page.name(row["source_country_code_iso3"]), row, ACCENT)
        for row in known.head(MAX_ROWS).to_dict("records")
    ]
    rest = known.iloc[MAX_ROWS:]
    if len(rest):
        sums = rest[["n_documents", "n_documents_before"]].sum(min_count=1)
        shown.append(_ranked(page, f"{labels['others']} ({len(rest)})", dict(sums), ACCENT))
    for row in rows[rows["source_country_code_iso3"] == UNKNOWN].to_dict("records"):
        shown.append(_ranked(page, labels["unknown_origin"], row, GREY))
    return ranked_bars(shown, width)


def peers(page: Page, width: int) -> alt.LayerChart:
    """Draw foreign documents about each watched country; the focus in the accent colour."""
    return ranked_bars(
        [
            _ranked(
                page, page.name(row["country_code_iso3"]), row, ACCENT if row["is_focus"] else GREY
            )
            for row in page.brief.peers.to_dict("records")
        ],
        width,
    )


def _ranked(page: Page, name: str, row: Mapping[Any, Any], colour: str) -> dict[str, Any]:
    now, before = row["n_documents"], row["n_documents_before"]
    return {
        "name": name,
        "now": None if pd.isna(now) else float(now),
        "before": None if pd.isna(before) else float(before),
        "colour": colour,
        "label": page.numbers.count(now),
    }


def daily(page: Page, labels: Mapping[str, str], width: int) -> alt.LayerChart:
    """Draw a bar per day of both periods: gaps hatched, days with few slots pale and dashed."""
    rows = []
    for row in page.brief.daily.to_dict("records"):
        weekday, day = page.numbers.day_labels(row["coverage_date"], short=width <= NARROW)
        n, received, expected = row["n_documents"], row["slots_received"], row["slots_expected"]
        is_gap = bool(pd.isna(n))
        partial = not is_gap and bool(expected) and received / expected < FULL_DAY_SHARE
        rows.append(
            {
                "day": f"{weekday}|{day}",
                "n": None if is_gap else float(n),
                "label": labels["no_data"] if is_gap else page.numbers.count(n),
                "is_gap": is_gap,
                "colour": ACCENT if row["is_current"] else GREY,
                "opacity": 0.35 if partial else 1.0,
                "dash": [3, 2] if partial else [1, 0],
            }
        )
    frame = pd.DataFrame(rows)
    top = _largest(list(frame["n"]))
    frame["full"] = [top if gap else None for gap in frame["is_gap"]]
    narrow = width <= NARROW
    x = alt.X(
        "day:N",
        sort=list(frame["day"]),
        axis=axis(
            labelAngle=0, labelExpr="split(datum.label, '|')", labelFontSize=9 if narrow else 11
        ),
        scale=alt.Scale(paddingInner=0.15, paddingOuter=0.05),
    )
    scale = alt.Scale(domain=[0, top * 1.12], nice=False)
    y_axis = axis(labels=False, grid=False)
    base = alt.Chart().encode(x=x)
    bars = base.mark_bar(strokeWidth=1.5).encode(
        y=alt.Y("n:Q", scale=scale, axis=y_axis),
        fill=alt.Fill("colour:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
        strokeDash=alt.StrokeDash("dash:N", scale=None),
    )
    gaps = base.mark_bar(fill=HATCH).encode(y=alt.Y("full:Q", axis=y_axis))
    size = 9 if narrow else 11
    values = (
        base.transform_filter("!datum.is_gap")
        .mark_text(dy=-7, color=INK, fontSize=size)
        .encode(y=alt.Y("n:Q", axis=y_axis), text="label:N")
    )
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(color=MUTED).encode(y="y:Q")
    return alt.layer(gaps, bars, values, zero, data=frame).properties(width=width, height=190)


def tone(page: Page, labels: Mapping[str, str], width: int) -> alt.LayerChart:
    """Draw mean raw tone as dot and interval against zero; rows not shown are hatched."""
    rows = []
    for row in page.brief.tone.to_dict("records"):
        hidden = bool(pd.isna(row["tone_mean"]))
        reason = labels[str(row["suppressed_reason"])] if hidden else None
        rows.append(
            {
                "name": page.name(row["source_country_code_iso3"]),
                "mean": None if hidden else row["tone_mean"],
                "low": None if hidden else row["tone_low"],
                "high": None if hidden else row["tone_high"],
                "hidden": hidden,
                "label": reason or page.numbers.signed(row["tone_mean"]),
            }
        )
    frame = pd.DataFrame(rows)
    values = [v for v in [*frame["low"], *frame["high"]] if v is not None and not pd.isna(v)]
    reach = min(100.0, max([abs(v) for v in values] + [1.0]) * 1.1)
    frame["from"], frame["to"] = -reach, reach
    base = _rows_by_name(frame, width, gap=0.3)
    shown, hidden_rows = (base.transform_filter(f"{no}datum.hidden") for no in ("!", ""))
    room = 2 * reach * ((1.0 if width <= NARROW else 0.4) if frame["hidden"].any() else 0.2)
    scale = alt.Scale(domain=[-reach, reach + room], nice=False)
    values = nice_ticks(-reach, reach, 4)
    ticks = axis(gridColor=FAINT, values=values, labelColor=MUTED, format="~f")
    x = alt.X("from:Q", scale=scale, axis=ticks)
    hatched = hidden_rows.mark_bar(fill=HATCH, height=12).encode(x=x, x2="to:Q")
    spans = shown.mark_rule(color=ACCENT, strokeWidth=2).encode(x="low:Q", x2="high:Q")
    dots = shown.mark_point(color=ACCENT, fill=ACCENT, size=60, opacity=1).encode(x="mean:Q")
    text = base.mark_text(align="left", dx=8, color=INK).encode(x="to:Q", text="label:N")
    zero = alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=INK).encode(x="x:Q")
    return alt.layer(zero, hatched, spans, dots, text, data=frame).properties(
        width=width, height=ROW_HEIGHT * len(frame) + 30
    )
