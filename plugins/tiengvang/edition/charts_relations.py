"""The chart of question 7: a pair's balance and deeds over up to 53 weeks, and the signals behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import (
    ACCENT,
    FAINT,
    GREY,
    INK,
    MUTED,
    NARROW,
    WARNING,
    Spec,
    axis,
    layered,
    spread,
)
from tiengvang.edition.relations import CLASSES, Pair, balance_interval, material_interval

EXTENT = 30
# A shorter axis is labelled with days: its ends may lie in one month.
MONTHS_FROM = 13
LINES = (("balance", ACCENT), ("deeds", INK), ("party", GREY))
LINE_NAMES = {
    "balance": "col_balance",
    "deeds": "col_material_share",
    "party": "line_party",
}
# Talk is pale, deeds are full; cooperation is drawn upward, conflict downward.
BARS = {
    "verbal_cooperation": (ACCENT, 0.4, 1),
    "material_cooperation": (ACCENT, 1.0, 1),
    "verbal_conflict": (WARNING, 0.4, -1),
    "material_conflict": (WARNING, 1.0, -1),
}


def _span(page: Page) -> int:
    """Return how many weeks before the newest are drawn: no more than are there."""
    return max(1, page.brief.relations.weeks_before)


def _weeks(page: Page) -> list[Any]:
    last = page.brief.facts.week_start
    return [last - timedelta(days=7 * n) for n in range(_span(page), -1, -1)]


def _x(page: Page, field: str = "week") -> alt.X:
    weeks, span = _weeks(page), _span(page)
    write = page.numbers.month if span >= MONTHS_FROM else page.numbers.day
    first, last = (write(day) for day in (weeks[0], weeks[-1]))
    return alt.X(
        f"{field}:Q",
        scale=alt.Scale(domain=[-0.5, span + 0.36 * (span + 1)], nice=False),
        axis=axis(
            values=[0, span],
            grid=False,
            labelColor=MUTED,
            labelFontSize=10,
            labelExpr=f"datum.value == 0 ? '{first}' : '{last}'",
        ),
    )


def _line_rows(page: Page, pair: Pair) -> pd.DataFrame:
    """Return week, line, value, low and high; a week without a shown value is a gap."""
    rows = []
    for media, lines in (("third", ("balance", "deeds")), ("party", ("party",))):
        year = page.brief.relations.year(pair.actor, pair.target, media)
        found = {row["week_start_date"]: row for row in year.to_dict("records")}
        for line in lines:
            read = material_interval if line == "deeds" else balance_interval
            for number, week in enumerate(_weeks(page)):
                values = read(found[week]) if week in found else None
                value, low, high = values or (None, None, None)
                rows.append(
                    {"week": number, "line": line, "value": value, "low": low, "high": high}
                )
    return pd.DataFrame(rows)


def least(page: Page, pairs: Sequence[Pair]) -> float:
    """Return the bottom of the scale that all pairs share: 0, -0.5 or -1."""
    lowest = min(float(_line_rows(page, pair)["low"].astype("float64").min()) for pair in pairs)
    return -1.0 if lowest < -0.5 else -0.5 if lowest < 0 else 0.0


def lines(page: Page, labels: Mapping[str, str], pair: Pair, bottom: float) -> Spec:
    """Draw balance and material share with bands; the balance in media of the two parties apart."""
    frame = _line_rows(page, pair)
    frame["colour"] = [dict(LINES)[line] for line in frame["line"]]
    by_line = frame.groupby("line")["value"]
    frame["is_alone"] = frame["value"].notna() & by_line.shift(1).isna() & by_line.shift(-1).isna()
    x = _x(page)
    scale = alt.Scale(domain=[bottom, 1], nice=False)
    y_axis = axis(
        values=[tick for tick in (-1, -0.5, 0, 0.5, 1) if tick >= bottom],
        format="~f",
        labelColor=MUTED,
        labelFontSize=10,
        gridColor=FAINT,
        minExtent=EXTENT,
        maxExtent=EXTENT,
    )
    y = alt.Y("value:Q", scale=scale, axis=y_axis)
    colour = alt.Color("colour:N", scale=None)
    gap = "break-paths-show-domains"
    bands = (
        alt.Chart()
        .transform_filter("datum.line != 'party'")
        .mark_area(opacity=0.14, invalid=gap)
        .encode(
            x=x,
            y=alt.Y("low:Q", scale=scale, axis=y_axis),
            y2=alt.Y2("high:Q"),
            detail=alt.Detail("line:N"),
            fill=alt.Fill("colour:N", scale=None),
        )
    )
    base = alt.Chart().encode(x=x, y=y, detail=alt.Detail("line:N"), color=colour)
    drawn = base.mark_line(strokeWidth=1.4, invalid=gap)
    points = base.transform_filter("datum.is_alone").mark_point(filled=True, size=14, opacity=1)
    whiskers = (
        alt.Chart()
        .transform_filter("datum.is_alone && datum.line != 'party'")
        .mark_rule(strokeWidth=1.2)
        .encode(x=x, y=alt.Y("low:Q", scale=scale, axis=y_axis), y2=alt.Y2("high:Q"), color=colour)
    )
    zero = alt.Chart(pd.DataFrame({"value": [0]})).mark_rule(color=MUTED).encode(y=y)
    layers = [bands, zero]
    if pair.balance_median is not None:
        median = pd.DataFrame({"value": [pair.balance_median], "week": [0], "end": [_span(page)]})
        rule = alt.Chart(median).mark_rule(color=ACCENT, strokeDash=[2, 3])
        layers.append(rule.encode(x=x, x2=alt.X2("end:Q"), y=y))
    ends = _ends(page, frame, labels, bottom)
    if len(ends):
        text = alt.Chart(ends).mark_text(align="left", dx=5, fontSize=10)
        layers.append(
            text.encode(
                x=x,
                y=alt.Y("place:Q"),
                text=alt.Text("name:N"),
                color=alt.Color("ink:N", scale=None),
            )
        )
    return layered(
        *layers, drawn, whiskers, points, data=frame, width=NARROW, height=96, extent=EXTENT
    )


def _ends(
    page: Page, frame: pd.DataFrame, labels: Mapping[str, str], bottom: float
) -> pd.DataFrame:
    known = frame[frame["value"].notna()]
    newest = known.groupby("line").tail(1).sort_values("value", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "week": [_span(page)] * len(newest),
            "place": spread(
                [float(v) for v in newest["value"]],
                0.13 * (1 - bottom),
                bottom + 0.05 * (1 - bottom),
            ),
            "name": [labels[LINE_NAMES[line]] for line in newest["line"]],
            "ink": [MUTED if line == "party" else dict(LINES)[line] for line in newest["line"]],
        }
    )


def signals(page: Page, pair: Pair) -> Spec:
    """Draw the weeks' signals by class: cooperation above zero, conflict below, deeds full."""
    year = page.brief.relations.year(pair.actor, pair.target, "third")
    found = {row["week_start_date"]: row for row in year.to_dict("records")}
    rows = []
    for number, week in enumerate(_weeks(page)):
        ends = {1: 0, -1: 0}
        # Deeds stand next to zero, talk beyond them.
        for name in sorted(CLASSES, key=lambda name: name.startswith("verbal")):
            colour, opacity, sign = BARS[name]
            n = int(found[week][f"n_{name}"]) if week in found else 0
            start, ends[sign] = ends[sign], ends[sign] + sign * n
            rows.append(
                {
                    "week": number,
                    "from": start,
                    "to": ends[sign],
                    "colour": colour,
                    "opacity": opacity,
                }
            )
    frame = pd.DataFrame(rows)
    low, high = min(0, int(frame["to"].min())), max(1, int(frame["to"].max()))
    frame["left"], frame["right"] = frame["week"] - 0.4, frame["week"] + 0.4
    y_axis = axis(
        values=sorted({low, 0, high}),
        format="~f",
        labelColor=MUTED,
        labelFontSize=10,
        grid=False,
        minExtent=EXTENT,
        maxExtent=EXTENT,
    )
    y = alt.Y("from:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=y_axis)
    bars = (
        alt.Chart()
        .mark_rect()
        .encode(
            x=_x(page, "left"),
            x2=alt.X2("right:Q"),
            y=y,
            y2=alt.Y2("to:Q"),
            fill=alt.Fill("colour:N", scale=None),
            fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
        )
    )
    zero = alt.Chart(pd.DataFrame({"from": [0]})).mark_rule(color=MUTED).encode(y=y)
    return layered(bars, zero, data=frame, width=NARROW, height=56, extent=EXTENT)
