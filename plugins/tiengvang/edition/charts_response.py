"""The response curve: how many cases had a statement, or were left, by the hours since seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.claims import Claims, hour_step
from tiengvang.edition.drawing import (
    ACCENT,
    FAINT,
    INK,
    MUTED,
    WARNING,
    Spec,
    axis,
    label_room,
    layered,
    spread,
)
from tiengvang.edition.month_axes import GAP

EXTENT, HEIGHT = 40, 230
CURVES = {"statement": ACCENT, "no_statement": INK}
LEVELS = [0, 0.25, 0.5, 0.75, 1]
QUANTILES = {"median": 0.5, "p90": 0.9}


def curve_rows(found: Claims) -> pd.DataFrame:
    """Return curve, hours, share, low and high of both step curves, up to the hours drawn.

    Each value holds until the next hour; where no interval was given its ends are null.
    """
    curve, end = found.curve, found.drawn_hours
    rows: list[dict[str, Any]] = []
    hours = [int(hour) for hour in curve["hours_since_seen"]]
    for name in CURVES:
        values = zip(
            hours,
            [*hours[1:], hours[-1]],
            *(curve[f"{name}_share{of}"] for of in ("", "_low", "_high")),
            strict=True,
        )
        for hour, until, share, low, high in values:
            if hour > end:
                break
            for at in dict.fromkeys((hour, min(until, end))):
                rows.append({"curve": name, "hours": at, "share": share, "low": low, "high": high})
    return pd.DataFrame(rows, columns=["curve", "hours", "share", "low", "high"])


def response(page: Page, labels: Mapping[str, str], width: int) -> Spec:
    """Draw both curves with their intervals, the target time, and where the answers' half is."""
    found = page.brief.claims
    frame = curve_rows(found)
    end = max(1, int(frame["hours"].max()))
    inner = width - EXTENT
    longest = [f"{labels[f'line_{name}']} 100%" for name in CURVES]
    room = inner / (inner - label_room(longest))
    x = alt.X(
        "hours:Q",
        scale=alt.Scale(domain=[0, end * room], nice=False),
        axis=axis(
            values=_hour_ticks(end),
            grid=False,
            ticks=True,
            tickColor=FAINT,
            labelColor=MUTED,
        ),
    )
    up = alt.Scale(domain=[0, 1.1], nice=False)
    shares = axis(
        values=LEVELS,
        grid=False,
        format=".0%",
        labelColor=MUTED,
        minExtent=EXTENT,
        maxExtent=EXTENT,
    )
    y = alt.Y("share:Q", scale=up, axis=shares)
    layers = []
    for name, colour in CURVES.items():
        base = alt.Chart().transform_filter(f"datum.curve == '{name}'").encode(x=x)
        ribbon = base.mark_area(color=colour, opacity=0.16, line=False, invalid=GAP)
        layers.append(ribbon.encode(y=alt.Y("low:Q", scale=up, axis=shares), y2=alt.Y2("high:Q")))
    for name, colour in CURVES.items():
        dash = [1, 0] if name == "statement" else [5, 3]
        base = alt.Chart().transform_filter(f"datum.curve == '{name}'").encode(x=x, y=y)
        layers.append(base.mark_line(color=colour, strokeWidth=2.2, strokeDash=dash))
    return layered(
        _levels(end, x, y),
        *_target(page, labels, found, end, x, y),
        *layers,
        *_quantiles(page, labels, found, end, x, y),
        _names(page, labels, frame, x, y),
        data=frame,
        width=width,
        height=HEIGHT,
        extent=EXTENT,
    )


def _hour_ticks(end: int) -> list[int]:
    """Return hours that people read, and the one at which the curves end."""
    step = hour_step(end)
    step *= -(-end // (7 * step))
    return [*(hour for hour in range(0, end, step) if end - hour >= step / 2), end]


def _levels(end: int, x: alt.X, y: alt.Y) -> alt.Chart:
    """Draw the level lines as far as the curves go: beyond is the room of their names."""
    rows = pd.DataFrame({"hours": 0, "until": end, "share": LEVELS})
    lines = alt.Chart(rows).mark_rule(color=FAINT, strokeWidth=1)
    return lines.encode(x=x, x2=alt.X2("until:Q"), y=y)


def _target(
    page: Page, labels: Mapping[str, str], found: Claims, end: int, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    target = found.target_hours
    if target is None or target > end:
        return []
    name = labels["target_hours"].replace("{n}", page.numbers.decimal(target, 0))
    at = alt.Chart(pd.DataFrame({"hours": [target], "share": [1.1], "name": [name]}))
    text = at.mark_text(align="left", dx=5, dy=7, color=WARNING, fontSize=11)
    return [
        at.mark_rule(color=WARNING, strokeWidth=1.6).encode(x=x),
        text.encode(x=x, y=y, text=alt.Text("name:N")),
    ]


def _quantiles(
    page: Page, labels: Mapping[str, str], found: Claims, end: int, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """Mark where half and nine tenths of all cases have a statement."""
    clock = found.clock or {}
    rows = [
        {
            "hours": float(clock[f"{name}_hours"]),
            "share": share,
            "name": f"{labels[name]} "
            + labels["n_hours"].replace("{n}", page.numbers.decimal(clock[f"{name}_hours"], 0)),
        }
        for name, share in QUANTILES.items()
        if not pd.isna(clock.get(f"{name}_hours", float("nan")))
        and float(clock[f"{name}_hours"]) <= end
    ]
    if not rows:
        return []
    at = alt.Chart(pd.DataFrame(rows))
    mark = at.mark_point(filled=True, size=44, color=ACCENT, opacity=1)
    text = at.mark_text(align="left", dx=8, dy=12, fontSize=11, color=ACCENT)
    return [mark.encode(x=x, y=y), text.encode(x=x, y=y, text=alt.Text("name:N"))]


def _names(
    page: Page, labels: Mapping[str, str], frame: pd.DataFrame, x: alt.X, y: alt.Y
) -> alt.Chart:
    """Name each curve at its right end, with where it ends."""
    ends = frame.groupby("curve").tail(1).sort_values("share", ascending=False, kind="stable")
    places = spread([float(share) for share in ends["share"]], 0.09, 0.03)
    rows = pd.DataFrame(
        {
            "hours": ends["hours"].max(),
            "share": places,
            "name": [
                f"{labels[f'line_{name}']} {page.numbers.percent(share)}"
                for name, share in zip(ends["curve"], ends["share"], strict=True)
            ],
            "ink": [CURVES[name] for name in ends["curve"]],
        }
    )
    text = alt.Chart(rows).mark_text(align="left", dx=6, fontSize=11)
    return text.encode(x=x, y=y, text=alt.Text("name:N"), color=alt.Color("ink:N", scale=None))
