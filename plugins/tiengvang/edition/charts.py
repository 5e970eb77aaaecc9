"""The charts of question 1: who carried the stories, how far they reached, documents per day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.daily import FULL_DAY_SHARE
from tiengvang.edition.drawing import (
    ACCENT,
    GREY,
    HATCH,
    INK,
    MUTED,
    NARROW,
    PAPER,
    ROW_HEIGHT,
    Spec,
    axis,
    label_room,
    largest,
    layered,
    names_extent,
    row_names,
)

MAX_ROWS = 12


def ranked_bars(rows: list[dict[str, Any]], width: int) -> Spec:
    """Draw horizontal bars of two parts, with a tick for the week before.

    Each row has name, original, whole, before (null: not known) and label (the value as text).
    """
    frame = pd.DataFrame(rows)
    top = largest([*frame["whole"], *frame["before"]])
    # A value beside a longer line of the week before would be struck through by it.
    frame["edge"] = frame[["whole", "before"]].astype("float64").max(axis=1, skipna=True)
    base = alt.Chart().encode(y=row_names(list(frame["name"]), width))
    room = label_room(frame["label"])
    bars_width = width - names_extent(width) - room
    scale = alt.Scale(domain=[0, top * (1 + room / bars_width)], nice=False)
    zero = alt.X("zero:Q", scale=scale, axis=None)
    frame["zero"] = 0
    originals = base.mark_bar(fill=ACCENT).encode(x=zero, x2=alt.X2("original:Q"))
    copies = base.mark_bar(fill=GREY).encode(
        x=alt.X("original:Q", scale=scale, axis=None), x2=alt.X2("whole:Q")
    )
    ticks = [
        base.mark_tick(
            color=colour, opacity=1, thickness=thickness, bandSize=ROW_HEIGHT - 3
        ).encode(x=alt.X("before:Q"))
        for colour, thickness in ((PAPER, 5), (INK, 2))
    ]
    labels = base.mark_text(align="left", dx=6, color=INK).encode(
        x=alt.X("edge:Q"), text=alt.Text("label:N")
    )
    return layered(
        originals,
        copies,
        *ticks,
        labels,
        data=frame,
        width=width,
        height=ROW_HEIGHT * len(frame),
        extent=names_extent(width),
    )


def stories_by_source(page: Page, labels: Mapping[str, str], width: int) -> Spec:
    """Draw the week's documents by host country, split into original stories and copies."""
    rows = page.brief.stories.by_source
    shown = [
        _ranked(page, page.name(row["source_country_code_iso3"]), row)
        for row in rows.head(MAX_ROWS).to_dict("records")
    ]
    rest = rows.iloc[MAX_ROWS:]
    if len(rest):
        sums = rest[["n_documents", "n_stories", "n_documents_before"]].sum(min_count=1)
        shown.append(_ranked(page, f"{labels['others']} ({len(rest)})", dict(sums)))
    return ranked_bars(shown, width)


def _ranked(page: Page, name: str, row: Mapping[Any, Any]) -> dict[str, Any]:
    before = row["n_documents_before"]
    return {
        "name": name,
        "original": float(row["n_stories"]),
        "whole": float(row["n_documents"]),
        "before": None if pd.isna(before) else float(before),
        "label": page.numbers.count(row["n_documents"]),
    }


def reach(page: Page, labels: Mapping[str, str], width: int) -> Spec:
    """Draw the week's stories by the best tier of the sites that carried them."""
    week = page.brief.stories
    whole = max(1, sum(week.tiers.values()))
    rows = [
        {
            "name": labels[f"tier_{tier}"],
            "original": float(n),
            "whole": float(n),
            "before": None,
            "label": f"{page.numbers.count(n)} ({page.numbers.percent(n / whole)})",
        }
        for tier, n in week.tiers.items()
    ]
    return ranked_bars(rows, width)


def daily(page: Page, labels: Mapping[str, str], width: int) -> Spec:
    """Draw a bar per day of both periods: gaps hatched, days with few slots pale and dashed."""
    frame = pd.DataFrame([_day(page, labels, row, width) for row in _days(page)])
    top = largest(list(frame["n"]))
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
    base = alt.Chart().encode(x=x)
    bars = base.mark_bar(strokeWidth=1.5).encode(
        y=alt.Y("n:Q", scale=scale, axis=None),
        fill=alt.Fill("colour:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
        strokeDash=alt.StrokeDash("dash:N", scale=None),
    )
    gaps = base.mark_bar(fill=HATCH).encode(y=alt.Y("full:Q", axis=None))
    values = (
        base.transform_filter("!datum.is_gap")
        .mark_text(dy=-7, color=INK, fontSize=9 if narrow else 11)
        .encode(y=alt.Y("n:Q", axis=None), text=alt.Text("label:N"))
    )
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(color=MUTED).encode(y=alt.Y("y:Q"))
    return layered(gaps, bars, values, zero, data=frame, width=width, height=168)


def _days(page: Page) -> list[dict[Any, Any]]:
    rows: list[dict[Any, Any]] = page.brief.daily.to_dict("records")
    return rows


def _day(page: Page, labels: Mapping[str, str], row: dict[Any, Any], width: int) -> dict[str, Any]:
    weekday, day = page.numbers.day_labels(row["coverage_date"], short=width <= NARROW)
    n, received, expected = row["n_documents"], row["slots_received"], row["slots_expected"]
    is_gap = bool(pd.isna(n))
    partial = not is_gap and bool(expected) and received / expected < FULL_DAY_SHARE
    return {
        "day": f"{weekday}|{day}",
        "n": None if is_gap else float(n),
        "label": labels["no_data"] if is_gap else page.numbers.count(n),
        "is_gap": is_gap,
        "colour": ACCENT if row["is_current"] else GREY,
        "opacity": 0.35 if partial else 1.0,
        "dash": [3, 2] if partial else [1, 0],
    }
