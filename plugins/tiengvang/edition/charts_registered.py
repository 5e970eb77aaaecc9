"""The second chart of question 9: registered capital by partner and month, over stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import ACCENT, GREY, HATCH, INK, MUTED, NARROW, Spec, layered
from tiengvang.edition.markets import BreakKind, Market, Markets
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

STORIES_HEIGHT = 40
MILLION = 1e6
BREAK_LABELS: dict[BreakKind, str] = {
    "cut_off": "break_cut_off",
    "adjusted": "break_adjusted",
}


def registered(page: Page, labels: Mapping[str, str], partner: Market) -> Spec:
    """Draw a partner's registered new capital by month; breaks are upright, revised months hollow."""
    found = page.brief.markets
    figures = {
        number: partner.figures[month]
        for number, month in enumerate(found.months)
        if month in partner.figures
    }
    values = {
        number: figure.of_month / MILLION
        for number, figure in figures.items()
        if figure.of_month is not None
    }
    low = min([0.0, *values.values()]) * 1.04
    high = (
        max([1.0, *values.values()]) * 1.32
    )  # the words of the border and of a break stand above the bars
    x, y = months_axis(found, room=1.02), value_axis(low, high, 3)
    revised = pd.DataFrame(
        [
            {"month": number, "value": values[number], "is_revised": True}
            for number, figure in figures.items()
            if figure.first is not None and number in values
        ]
    )
    marks = [] if revised.empty else [hollow(x, y).properties(data=revised)]
    return _bars_chart(
        page,
        values,
        ACCENT,
        HEIGHT,
        [*_break_rules(found, labels, x, y, high), *marks],
        under=closed_border(found, x, y, high, labels),
        x=x,
        ends=(low, high),
    )


def stories(page: Page, partner: Market) -> Spec:
    """Draw the stories of a partner's press by month, under its capital."""
    found = page.brief.markets
    values = {
        number: float(partner.stories[month])
        for number, month in enumerate(found.months)
        if month in partner.stories
    }
    high = max([1.0, *values.values()]) * 1.05
    return _bars_chart(
        page, values, GREY, STORIES_HEIGHT, x=months_axis(found, room=1.02), ends=(0.0, high)
    )


def bars(values: Mapping[int, float | None], months: int) -> pd.DataFrame:
    """Return bars as one line around them all: the outline of each month, then a break.

    One path for a chart's bars, where a path for each would take most of the page.
    """
    rows = []
    for number in range(months):
        value = values.get(number)
        rows += [
            {"month": number - 0.42, "value": value},
            {"month": number + 0.42, "value": value},
            {"month": number + 0.5, "value": None},
        ]
    return pd.DataFrame(rows)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as runs without a hole, first and last of each."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _bars_chart(
    page: Page,
    values: Mapping[int, float | None],
    colour: str,
    height: int,
    extra: Iterable[Any] = (),
    *,
    under: Iterable[Any] = (),
    x: alt.X,
    ends: tuple[float, float],
) -> Spec:
    """Draw months as bars from zero; a month without a value is hatched along zero."""
    found = page.brief.markets
    low, high = ends
    y = value_axis(low, high, 2 if height < HEIGHT else 3)
    missing = runs(n for n in range(len(found.months)) if values.get(n) is None)
    unknown = pd.DataFrame(
        [{"month": a - 0.5, "end": b + 0.5, "value": 0.0} for a, b in missing],
        columns=["month", "end", "value"],
    ).assign(top=(high - low) * 5 / height)
    hatched = alt.Chart(unknown).mark_rect(fill=HATCH)
    zero = alt.Chart(
        pd.DataFrame({"value": [0], "month": [-0.6], "end": [len(found.months) - 0.5]})
    ).mark_rule(color=MUTED)
    area = alt.Chart().mark_area(fill=colour, line=False, invalid=GAP)
    return layered(
        *under,
        hatched.encode(x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("top:Q")),
        area.encode(x=x, y=y),
        zero.encode(x=x, x2=alt.X2("end:Q"), y=y),
        *extra,
        data=bars(values, len(found.months)),
        width=NARROW,
        height=height,
        extent=EXTENT,
    )


def _break_rules(
    found: Markets, labels: Mapping[str, str], x: alt.X, y: alt.Y, high: float
) -> list[alt.Chart]:
    """Draw where the definition changes; the words stand below those of the closed border."""
    drawn = []
    for found_break in found.breaks:
        if found_break.month not in found.months:
            continue
        place = found.months.index(found_break.month)
        is_late = place > len(found.months) / 2
        name = labels[BREAK_LABELS[found_break.kind]]
        at = alt.Chart(pd.DataFrame({"month": [place - 0.5], "value": [high], "name": [name]}))
        drawn.append(at.mark_rule(color=INK, strokeDash=[4, 2]).encode(x=x))
        text = at.mark_text(
            align="right" if is_late else "left",
            dx=-4 if is_late else 4,
            dy=20,
            fontSize=TEXT,
            color=INK,
        )
        drawn.append(text.encode(x=x, y=y, text=alt.Text("name:N")))
    return drawn
