"""How a chart becomes SVG: palette, type, number format, and the two widths of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import ceil, floor, log10
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from tiengvang.edition.locales import Numbers

# Page and charts share these colours; the style sheet maps each to its dark counterpart.
ACCENT = "#14538a"
GREY = "#8d98a3"
PAPER = "#ffffff"
INK = "#1d2630"
FAINT = "#d8dee4"
MUTED = "#5b6772"
WARNING = "#c2570c"
HATCH = "url(#hatch)"

# Only for measuring text: the style sheet sets the reader's own sans-serif.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
TEXT_SIZE = 12
WIDE, NARROW = 680, 328
ROW_HEIGHT = 26
LETTER = 7.5

PADDING = 2

TWO_LINES = re.compile(
    r'(<text text-anchor="end"[^>]*>)<tspan>([^<]*)</tspan>'
    r'(?=<tspan x="0" dy="([\d.]+)">[^<]*</tspan></text>)'
)

Spec = dict[str, Any]
"""A chart as Vega-Lite has it."""

CONFIG = {
    "aria": False,
    "background": "transparent",
    "font": FONT,
    "padding": PADDING,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": TEXT_SIZE,
        "labelColor": INK,
        "gridColor": FAINT,
        "labelPadding": 6,
    },
    "text": {"font": FONT, "fontSize": TEXT_SIZE},
}


def axis(**options: Any) -> alt.Axis:
    """Return a quiet axis: no domain line, no ticks, faint grid."""
    return alt.Axis(**{"title": None, "domain": False, "ticks": False, **options})


def layered(
    *layers: alt.Chart, data: pd.DataFrame, width: int, height: int, extent: int = 0
) -> Spec:
    """Return layers over one frame as a chart.

    Args:
        layers: drawn in this order; those without data of their own draw the frame.
        data: one row per mark; what is missing is null.
        width: of the whole drawing, in pixels, where no label stands out at its right.
        height: between the horizontal axes, in pixels.
        extent: what the vertical axis takes of the width.
    """
    # Altair's own layering copies every layer many times: that took as long as the drawing.
    rows: dict[str, Any] = {}
    context = {"top_level": False, "datasets": rows, "data": {"name": "rows"}}
    drawn = [layer.to_dict(validate=False, context=context) for layer in layers]
    known = data.astype("object").where(data.notna(), None)
    rows["rows"] = known.to_dict("records")
    return {
        "datasets": rows,
        "data": {"name": "rows"},
        "layer": drawn,
        # The inner width, so that Vega lays the axes out once and not again to fit.
        "width": width - extent - 2 * PADDING,
        "height": height,
    }


def svg(chart: Spec, numbers: Numbers) -> str:
    """Draw a chart as an inline SVG that carries no identifier, page colour or English label."""
    drawn: str = vl_convert.vegalite_to_svg(
        chart, config=CONFIG, format_locale=numbers.chart_locale()
    )
    drawn = TWO_LINES.sub(_centred, drawn)
    drawn = re.sub(r' (?:xmlns:xlink|version|aria-roledescription|role)="[^"]*"', "", drawn)
    return drawn.replace('class="marks"', 'class="marks" focusable="false" aria-hidden="true"', 1)


def _centred(found: re.Match[str]) -> str:
    """Lift a row name of two lines by half a line: Vega centres its first line on the row."""
    return f'{found[1]}<tspan dy="{-float(found[3]) / 2:g}">{found[2]}</tspan>'


def nice_ticks(low: float, high: float, wanted: int) -> list[float]:
    """Return round values inside a range, about as many as wanted."""
    step = 10.0 ** floor(log10(max(high - low, 1e-12) / wanted))
    for factor in (1, 2, 5, 10):
        if (high - low) / (step * factor) <= wanted + 0.5:
            step *= factor
            break
    return [round(n * step, 12) for n in range(ceil(low / step), int(high / step) + 1)]


def largest(values: Iterable[float | None]) -> float:
    """Return the largest value; 1 when none is above zero, so that a scale has a width."""
    return max((v for v in values if v is not None and not pd.isna(v) and v > 0), default=1.0)


def names_extent(width: int) -> int:
    """Return the room that row names take."""
    return 128 if width <= NARROW else 200


def row_names(names: Sequence[str], width: int, **scale: float) -> alt.Y:
    """Return the vertical encoding of a chart of named rows, in their order."""
    extent = names_extent(width)
    parted = "replace(datum.label, ' (', '|(')"
    if width <= NARROW:
        parted = f"replace({parted}, ' & ', ' &|')"
    return alt.Y(
        "name:N",
        sort=list(names),
        # The reader's font may be wider than the one that measures.
        axis=axis(
            labelLimit=extent - 18,
            minExtent=extent,
            maxExtent=extent,
            labelExpr=f"split({parted}, '|')",
            labelLineHeight=12,
        ),
        scale=alt.Scale(**{"paddingInner": 0.28, "paddingOuter": 0.1, **scale}),
    )


def label_room(labels: Iterable[str]) -> float:
    """Return the width, in pixels, that the longest label takes in a wide font."""
    return max(map(len, labels), default=0) * LETTER + 12


def around_zero(reach: float, labels: Iterable[str], width: int) -> alt.Scale:
    """Return a scale from -reach to reach that leaves room for labels at its right."""
    room = label_room(labels)
    drawn = max(40.0, width - names_extent(width) - room)
    return alt.Scale(domain=[-reach, reach * (1 + 2 * room / drawn)], nice=False)


def spread(values: Sequence[float], gap: float, least: float) -> list[float]:
    """Move descending values apart by at least a gap, none below the least."""
    places: list[float] = []
    for value in values:
        places.append(min(value, places[-1] - gap) if places else value)
    for index in range(len(places) - 1, -1, -1):
        places[index] = max(places[index], least)
        least = places[index] + gap
    return places
