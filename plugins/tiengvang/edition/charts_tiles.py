"""The second chart of question 10: units as tiles of a schematic map, with what each meets."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import (
    ACCENT,
    GREY,
    HATCH,
    INK,
    NARROW,
    PAPER,
    WARNING,
    Spec,
    layered,
)
from tiengvang.edition.readiness_units import Population, Unit
from tiengvang.edition.tiles import places, short_name, two_lines
from tiengvang.edition.untrusted import plain_text

TILE_HEIGHT, TILE_GAP = 44, 0.05
BAR_TOP, BAR_BOTTOM = 0.72, 0.9
LETTERS = 13  # that fit on one line of a tile


def sign(unit: Unit) -> str:
    """Write a unit's state without colour: missed ones, else unknown ones, else that all are met."""
    if unit.n_missed:
        return f"✕{unit.n_missed}"
    return f"?{unit.n_unknown}" if unit.n_unknown else "✓"


def tile_map(page: Page, population: Population) -> Spec:
    """Draw units as tiles: a bar of met, missed and unknown KPIs under the name, and a sign."""
    at = places([unit.code for unit in population.units])
    rows = [_tile(page, unit, population.n_kpis, *at[unit.code]) for unit in population.units]
    frame = pd.DataFrame(rows)
    columns, lines = max(c for _, c in at.values()) + 1, max(r for r, _ in at.values()) + 1
    across = alt.Scale(domain=[0, columns], nice=False)
    down = alt.Scale(domain=[lines, 0], nice=False)
    x, y = alt.X("left:Q", scale=across, axis=None), alt.Y("top:Q", scale=down, axis=None)
    base = alt.Chart().encode(x=x, y=y)
    grounds = base.mark_rect(strokeWidth=1.2, fillOpacity=0.16).encode(
        x2=alt.X2("right:Q"),
        y2=alt.Y2("bottom:Q"),
        fill=alt.Fill("ground:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
    )
    parts = [
        base.transform_filter(f"datum.{name}_end > datum.{name}_start")
        .mark_rect(fill=colour)
        .encode(
            x=alt.X(f"{name}_start:Q", scale=across, axis=None),
            x2=alt.X2(f"{name}_end:Q"),
            y=alt.Y("bar_top:Q", scale=down, axis=None),
            y2=alt.Y2("bar_bottom:Q"),
        )
        for name, colour in (("met", ACCENT), ("missed", WARNING), ("unknown", HATCH))
    ]
    names = base.mark_text(
        align="left",
        baseline="top",
        dx=3,
        dy=4,
        fontSize=9,
        lineHeight=10,
        # The reader's font may be wider than the one that measures.
        limit=(NARROW / columns * (1 - TILE_GAP) - 3) / 1.2,
    )
    signs = alt.Chart().mark_text(align="right", fontSize=9, fontWeight="bold", dx=-3, color=INK)
    return layered(
        grounds,
        *parts,
        names.encode(text=alt.Text("lines:N"), color=alt.value(INK)),
        signs.encode(
            x=alt.X("right:Q", scale=across, axis=None),
            y=alt.Y("sign_at:Q", scale=down, axis=None),
            text=alt.Text("sign:N"),
        ),
        data=frame,
        width=NARROW,
        height=TILE_HEIGHT * lines,
    )


def _tile(page: Page, unit: Unit, n_kpis: int, row: int, column: int) -> dict[str, Any]:
    name = short_name(unit.name_vi if page.language == "vi" else unit.name_en)
    left, right = column + TILE_GAP, column + 1 - TILE_GAP
    width = right - left - 2 * TILE_GAP - 0.32  # the sign stands beside the bar
    starts = [0, unit.n_met, unit.n_met + unit.n_missed, n_kpis]
    cuts = [left + TILE_GAP + width * n / max(1, n_kpis) for n in starts]
    parts = ("met", "missed", "unknown")
    return {
        **{f"{part}_start": cuts[n] for n, part in enumerate(parts)},
        **{f"{part}_end": cuts[n + 1] for n, part in enumerate(parts)},
        "left": left,
        "right": right,
        "top": row + TILE_GAP,
        "bottom": row + 1 - TILE_GAP,
        "bar_top": row + BAR_TOP,
        "bar_bottom": row + BAR_BOTTOM,
        "sign_at": row + (BAR_TOP + BAR_BOTTOM) / 2,
        "lines": [plain_text(line, LETTERS) for line in two_lines(plain_text(name))],
        "sign": sign(unit),
        "ground": WARNING if unit.n_missed else PAPER if unit.n_unknown else ACCENT,
        "edge": WARNING if unit.n_missed else GREY if unit.n_unknown else ACCENT,
    }
