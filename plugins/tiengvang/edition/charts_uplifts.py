"""The chart of question 5: actual against counterfactual by week, and the placebos under it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import altair as alt
import numpy as np
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import (
    ACCENT,
    FAINT,
    GREY,
    HATCH,
    INK,
    MUTED,
    NARROW,
    Spec,
    axis,
    largest,
    layered,
    nice_ticks,
    spread,
)
from tiengvang.edition.month_axes import GAP
from tiengvang.edition.uplifts import Row

EXTENT, HEIGHT, STRIP = 34, 130, 46
ROOM = 1.3  # of the axis for the lines' names
LEAST_DAYS = 4  # known days of a week that is drawn
LINES = {"actual": ACCENT, "counterfactual": INK}


def weeks(days: pd.DataFrame, starts_on: date) -> pd.DataFrame:
    """Return week (counted from the event), actual and counterfactual: geometric means of known days.

    A week with fewer than four known days, or whose days have no counterfactual, is null.
    """
    numbers = [(day - starts_on).days // 7 for day in days["attention_date"]]
    known = days["counterfactual_per_10000"].notna()
    logs = pd.DataFrame(
        {
            "week": numbers,
            "actual": np.log(days["attention_per_10000"].astype(float).where(known)).array,
            "counterfactual": np.log(days["counterfactual_per_10000"].astype(float)).array,
        }
    )
    by_week = logs.groupby("week")
    means = np.exp(by_week.mean()).where(by_week.count() >= LEAST_DAYS)
    every = range(min(numbers), max(numbers) + 1)
    return means.reindex(every).rename_axis("week").reset_index()


def lines(page: Page, labels: Mapping[str, str], row: Row) -> Spec:
    """Draw attention and what it would have been, by week; the event's window is shaded."""
    found = weeks(page.brief.uplifts.days_of(row), row["starts_on"])
    frame = found.melt("week", list(LINES), "line", "value")
    frame["colour"] = frame["line"].map(LINES)
    first, last = int(found["week"].min()), int(found["week"].max())
    top = largest(frame["value"].tolist()) * 1.1
    x = _weeks_axis(page, row, first, last)
    up = alt.Scale(domain=[0, top], nice=False)
    values = axis(
        values=nice_ticks(0, top, 4),
        labelColor=MUTED,
        labelFontSize=10,
        gridColor=FAINT,
        minExtent=EXTENT,
        maxExtent=EXTENT,
    )
    y = alt.Y("value:Q", scale=up, axis=values)
    window = pd.DataFrame({"week": [-0.5], "end": [last + 0.5], "value": [top], "low": [0]})
    unknown = pd.DataFrame(
        [
            {"week": week - 0.5, "end": week + 0.5, "value": top, "low": 0}
            for week in found.loc[found["actual"].isna(), "week"]
        ],
        columns=["week", "end", "value", "low"],
    )
    base = alt.Chart().encode(x=x, y=y, color=alt.Color("colour:N", scale=None))
    return layered(
        _shade(window, x, y).mark_rect(fill=ACCENT, fillOpacity=0.1),
        _shade(unknown, x, y).mark_rect(fill=HATCH),
        base.transform_filter("datum.line == 'actual'").mark_line(strokeWidth=2.4, invalid=GAP),
        base.transform_filter("datum.line == 'counterfactual'").mark_line(
            strokeWidth=1.6, strokeDash=[4, 3], invalid=GAP
        ),
        _names(labels, frame, top, x, y),
        data=frame,
        width=NARROW,
        height=HEIGHT,
        extent=EXTENT,
    )


def _weeks_axis(page: Page, row: Row, first: int, last: int) -> alt.X:
    ticks = {week: row["starts_on"] + timedelta(days=7 * week) for week in (first, 0)}
    names = [page.numbers.day_labels(day, short=False)[1] for day in ticks.values()]
    return alt.X(
        "week:Q",
        scale=alt.Scale(domain=[first - 0.5, first + (last - first + 1) * ROOM], nice=False),
        axis=axis(
            values=list(ticks),
            grid=False,
            ticks=True,
            tickColor=FAINT,
            labelColor=MUTED,
            labelFontSize=10,
            labelExpr=f"{names}[indexof({list(ticks)}, datum.value)]",
        ),
    )


def _shade(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    return alt.Chart(rows).encode(x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("low:Q"))


def _names(
    labels: Mapping[str, str], frame: pd.DataFrame, top: float, x: alt.X, y: alt.Y
) -> alt.Chart:
    """Name each line at its right end."""
    ends = frame[frame["value"].notna()].groupby("line").tail(1)
    ends = ends.sort_values("value", ascending=False, kind="stable")
    rows = ends.assign(
        value=spread([float(value) for value in ends["value"]], top * 0.1, top * 0.04),
        name=[labels[f"line_{line}"] for line in ends["line"]],
    )
    text = alt.Chart(rows).mark_text(align="left", dx=6, fontSize=10)
    return text.encode(x=x, y=y, text=alt.Text("name:N"), color=alt.Color("colour:N", scale=None))


def placebos(page: Page, labels: Mapping[str, str], row: Row) -> Spec:
    """Draw the ratio of errors of the focus among those of the donors, on a logarithmic scale."""
    donors = page.brief.uplifts.donors_of(row)
    ratios = [float(ratio) for ratio in donors["rmspe_ratio"]]
    own = float(row["rmspe_ratio"])
    least, most = min([*ratios, own]) / 1.15, max([*ratios, own]) * 1.15
    ticks = [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if least <= tick <= most]
    x = alt.X(
        "ratio:Q",
        scale=alt.Scale(type="log", domain=[least, most], nice=False),
        axis=axis(
            values=ticks, format="~r", grid=False, ticks=True, tickColor=FAINT, labelColor=MUTED,
            labelFontSize=10,
        ),
    )  # fmt: skip
    up = alt.Scale(domain=[0, 1], nice=False)
    y = alt.Y("low:Q", scale=up, axis=None)
    frame = pd.DataFrame({"ratio": ratios, "low": 0.05, "high": 0.45})
    focus = pd.DataFrame(
        {
            "ratio": [own],
            "low": [0.05],
            "high": [0.62],
            "place": [0.82],
            "name": [
                f"{page.focus}: {page.numbers.p_value(float(row['p_space_value']))}"
                f" ({labels['smallest_p']} {page.numbers.decimal(row['smallest_p_value'], 3)})"
            ],
        }
    )
    text = alt.Chart(focus).mark_text(
        align="right" if own * own > least * most else "left", fontSize=11, color=ACCENT
    )
    return layered(
        alt.Chart().mark_rule(color=GREY).encode(x=x, y=y, y2=alt.Y2("high:Q")),
        alt.Chart(focus)
        .mark_rule(color=ACCENT, strokeWidth=3)
        .encode(x=x, y=y, y2=alt.Y2("high:Q")),
        text.encode(x=x, y=alt.Y("place:Q", scale=up, axis=None), text=alt.Text("name:N")),
        data=frame,
        width=NARROW,
        height=STRIP,
    )
