"""How a chart becomes SVG: palette, type, number format, and the two widths of a page."""

from __future__ import annotations

import re
from math import ceil, floor, log10
from typing import Any

import altair as alt
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

CONFIG = {
    "aria": False,
    "background": "transparent",
    "font": FONT,
    "padding": 2,
    "autosize": {"type": "fit", "contains": "padding"},
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


def svg(chart: alt.LayerChart, numbers: Numbers) -> str:
    """Draw a chart as an inline SVG that carries no identifier, page colour or English label."""
    drawn: str = vl_convert.vegalite_to_svg(
        chart.to_dict(validate=False), config=CONFIG, format_locale=numbers.chart_locale()
    )
    drawn = re.sub(r' (?:xmlns:xlink|version|aria-roledescription|role)="[^"]*"', "", drawn)
    return drawn.replace('class="marks"', 'class="marks" focusable="false" aria-hidden="true"', 1)


def nice_ticks(low: float, high: float, wanted: int) -> list[float]:
    """Return round values inside a range, about as many as wanted."""
    step = 10.0 ** floor(log10(max(high - low, 1e-12) / wanted))
    for factor in (1, 2, 5, 10):
        if (high - low) / (step * factor) <= wanted + 0.5:
            step *= factor
            break
    return [round(n * step, 12) for n in range(ceil(low / step), int(high / step) + 1)]
