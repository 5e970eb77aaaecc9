"""The charts of questions 2 and 3: share of voice and tone premium."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import (
    ACCENT,
    FAINT,
    GREY,
    HATCH,
    INK,
    MUTED,
    ROW_HEIGHT,
    WIDE,
    Spec,
    around_zero,
    axis,
    largest,
    layered,
    names_extent,
    nice_ticks,
    row_names,
    spread,
)
from tiengvang.edition.premium import NO_PEERS, Premium, Stratum
from tiengvang.edition.voice import Host, Voice

PANEL, PANEL_HEIGHT, PANEL_EXTENT = 156, 97, 26
DRAWN_HOSTS = 11
LABEL_GAP = 0.115  # of the scale: the least distance between two names, a line of small text
BREAK = "break-paths-show-domains"
DRAWN_PREMIUMS, DRAWN_HIDDEN = 30, 6


def drawn_hosts(voice: Voice) -> list[Host]:
    """Return the areas that get a panel: the world, then the host countries with most documents."""
    return [host for host in voice.hosts if host.estimate][: DRAWN_HOSTS + 1]


def voice_top(voice: Voice) -> float:
    """Return the top of the scale that all panels share."""
    areas = {host.area for host in drawn_hosts(voice)}
    rows = voice.history[voice.history["source_country_code_iso3"].isin(areas)]
    return largest([*rows["share_of_voice"], *rows["share_of_voice_high"]]) * 1.05


def voice_panel(page: Page, host: Host, top: float) -> Spec:
    """Draw one area's shares over the windows: the focus with its interval, its peers in grey."""
    focus = page.brief.request.focus_iso3
    frame, last = _voice_rows(page, host)
    frame["colour"] = [ACCENT if code == focus else GREY for code in frame["country"]]
    span = int(frame["week"].max())
    x = alt.X(
        "week:Q",
        scale=alt.Scale(domain=[0, max(1, span) * 1.32], nice=False),
        axis=axis(
            values=sorted({0, span}),
            grid=False,
            labelFontSize=9,
            labelColor=MUTED,
            labelExpr=f"datum.value == {span} ? '{last[1]}' : '{last[0]}'",
        ),
    )
    scale = alt.Scale(domain=[0, top], nice=False)
    y_axis = axis(
        format="%",
        tickCount=3,
        labelFontSize=9,
        labelColor=MUTED,
        gridColor=FAINT,
        minExtent=PANEL_EXTENT,
        maxExtent=PANEL_EXTENT,
    )
    y, low = (alt.Y(f"{name}:Q", scale=scale, axis=y_axis) for name in ("share", "low"))
    colour = alt.Color("colour:N", scale=None)
    of_focus = f"datum.country == '{focus}'"
    lines = alt.Chart().encode(x=x, y=y, detail=alt.Detail("country:N"), color=colour)
    newest = alt.Chart().transform_filter(f"datum.week == {span}")
    equal = pd.DataFrame({"share": [host.equal_share], "week": [0], "end": [max(1, span)]})
    return layered(
        alt.Chart(equal)
        .mark_rule(color=MUTED, strokeDash=[2, 3])
        .encode(x=x, x2=alt.X2("end:Q"), y=y),
        alt.Chart()
        .transform_filter(of_focus)
        .mark_area(fill=ACCENT, opacity=0.18, invalid=BREAK)
        .encode(x=x, y=low, y2=alt.Y2("high:Q")),
        lines.transform_filter(f"!({of_focus})").mark_line(strokeWidth=1, invalid=BREAK),
        lines.transform_filter(of_focus).mark_line(strokeWidth=2.5, invalid=BREAK),
        newest.transform_filter(of_focus)
        .mark_rule(color=ACCENT, strokeWidth=1.5)
        .encode(x=x, y=low, y2=alt.Y2("high:Q")),
        newest.mark_point(filled=True, size=18, opacity=1).encode(x=x, y=y, color=colour),
        _codes(frame, focus, top, x),
        data=frame,
        width=PANEL,
        height=PANEL_HEIGHT,
        extent=PANEL_EXTENT,
    )


def _voice_rows(page: Page, host: Host) -> tuple[pd.DataFrame, tuple[str, str]]:
    """Return week number, country, share and interval; a window without a row is a gap."""
    history = page.brief.voice.history
    rows = history[history["source_country_code_iso3"] == host.area]
    last = page.brief.voice.week
    first = min(rows["week_start_date"])
    weeks = (
        [first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)] if last else []
    )
    index = pd.MultiIndex.from_product([sorted(host.compared), weeks], names=["country", "start"])
    rows = rows.rename(columns={"country_code_iso3": "country", "week_start_date": "start"})
    values = rows.set_index(["country", "start"])[
        ["share_of_voice", "share_of_voice_low", "share_of_voice_high"]
    ]
    frame = values.reindex(index).reset_index()
    frame.columns = pd.Index(["country", "start", "share", "low", "high"])
    frame["week"] = [(start - first).days // 7 for start in frame["start"]]
    ends = rows.groupby("start")["window_end_date"].max()
    labels = tuple(
        page.numbers.day_labels(ends[day], short=False)[1]
        for day in (ends.index.min(), ends.index.max())
    )
    return frame.drop(columns="start"), (labels[0], labels[1])


def _codes(frame: pd.DataFrame, focus: str, top: float, x: alt.X) -> alt.Chart:
    """Name the focus and its leading peer: more names would stand far from where their lines end."""
    newest = frame[(frame["week"] == frame["week"].max()) & frame["share"].notna()]
    newest = newest.sort_values("share", ascending=False, kind="stable")
    leading = newest.loc[newest["country"] != focus, "country"].head(1)
    newest = newest[newest["country"].isin([focus, *leading])]
    places = spread([float(v) for v in newest["share"]], top * LABEL_GAP, 0.02 * top)
    labels = pd.DataFrame(
        {
            "week": newest["week"].array,
            "place": places,
            "country": newest["country"].array,
            "ink": [ACCENT if code == focus else MUTED for code in newest["country"]],
        }
    )
    return (
        alt.Chart(labels)
        .mark_text(align="left", dx=5, fontSize=9)
        .encode(
            x=x,
            y=alt.Y("place:Q"),
            text=alt.Text("country:N"),
            color=alt.Color("ink:N", scale=None),
        )
    )


def drawn_premiums(rows: list[Premium]) -> list[Premium]:
    """Return the rows to draw: those with most stories, and some of those that are not shown."""
    shown = [row for row in rows if row.estimate]
    kept = set(sorted(shown, key=lambda row: -row.n_stories)[:DRAWN_PREMIUMS])
    return [row for row in shown if row in kept] + [row for row in rows if not row.estimate][
        :DRAWN_HIDDEN
    ]


def tone(page: Page, labels: Mapping[str, str], stratum: Stratum, width: int) -> Spec:
    """Draw the premium over the peers as dot and interval against zero; rows not shown are hatched."""
    drawn = drawn_premiums(page.brief.tone.of(stratum))
    # where there is little room the colour alone tells a clear difference
    named = width >= WIDE
    frame = pd.DataFrame([_premium_row(page, labels, row, named) for row in drawn])
    ends = [v for v in [*frame["low"], *frame["high"]] if v is not None and not pd.isna(v)]
    reach = max([abs(v) for v in ends] + [0.5]) * 1.1
    frame["from"], frame["to"] = -reach, reach
    base = alt.Chart().encode(y=row_names(list(frame["name"]), width))
    shown, hidden = (base.transform_filter(f"{no}datum.hidden") for no in ("!", ""))
    scale = around_zero(reach, frame["label"], width)
    ticks = axis(
        gridColor=FAINT, values=nice_ticks(-reach, reach, 4), labelColor=MUTED, format="~f"
    )
    x = alt.X("from:Q", scale=scale, axis=ticks)
    colour = alt.Color("colour:N", scale=None)
    hatched = hidden.mark_bar(fill=HATCH, height=12).encode(x=x, x2=alt.X2("to:Q"))
    spans = shown.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q"), x2=alt.X2("high:Q"), color=colour
    )
    dots = shown.mark_point(filled=True, size=60, opacity=1).encode(x=alt.X("mean:Q"), color=colour)
    text = base.mark_text(align="left", dx=8, color=INK).encode(
        x=alt.X("to:Q"), text=alt.Text("label:N")
    )
    zero = alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=INK).encode(x=alt.X("x:Q"))
    return layered(
        zero,
        hatched,
        spans,
        dots,
        text,
        data=frame,
        width=width,
        height=ROW_HEIGHT * len(frame) + 6,
        extent=names_extent(width),
    )


def _premium_row(
    page: Page, labels: Mapping[str, str], row: Premium, named: bool
) -> dict[str, Any]:
    mean, low, high = row.estimate or (None, None, None)
    clear = row.verdict in ("colder", "warmer")
    if row.estimate:
        said = f" {labels[str(row.verdict)]}" if clear and named else ""
        label = page.numbers.signed(mean) + said
    elif row.reason == NO_PEERS:
        label = labels["no_peers"]
    else:
        n = (
            row.n_outlets
            if "outlets" in str(row.reason) or "families" in str(row.reason)
            else row.n_stories
        )
        label = f"n = {page.numbers.count(n)}"
    return {
        "name": page.name(row.area),
        "mean": mean,
        "low": low,
        "high": high,
        "hidden": row.estimate is None,
        "label": label,
        "colour": ACCENT if clear else GREY,
    }
