"""How a chart is put together: its rows are drawn, its width is the page's, its domains break at dots."""

from __future__ import annotations

import re

import altair as alt
import edition_frames as sample
import pandas as pd
import pytest

from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.drawing import ACCENT, NARROW, WARNING, layered, svg
from tiengvang.edition.locales import Numbers
from tiengvang.edition.page import page_html


def bars(colour: str) -> alt.Chart:
    return alt.Chart().mark_bar(fill=colour).encode(x=alt.X("n:Q", axis=None), y=alt.Y("name:N"))


@pytest.mark.parametrize("values", [[1.0], [1.0, 2.0, None, 3.0]])
def test_every_known_row_is_drawn_by_each_layer(values: list[float | None]) -> None:
    frame = pd.DataFrame({"name": [f"row {n}" for n in range(len(values))], "n": values})
    apart = alt.Chart(pd.DataFrame({"name": ["row 0"], "n": [5.0]}))
    other = apart.mark_bar(fill="#123456").encode(x=alt.X("n:Q"), y=alt.Y("name:N"))
    spec = layered(bars(ACCENT), bars(WARNING), other, data=frame, width=300, height=90)
    drawn = svg(spec, Numbers("en"))
    known = len([value for value in values if value is not None])
    assert [len(re.findall(f'fill="{c}"', drawn)) for c in (ACCENT, WARNING, "#123456")] == [
        known,
        known,
        1,
    ]
    assert len(re.findall(r">row \d<", drawn)) == known


def test_a_chart_is_as_wide_as_asked_with_its_axis() -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "n": [1.0, 2.0]})
    axis = alt.Axis(title=None, domain=False, ticks=False, minExtent=50, maxExtent=50)
    layer = alt.Chart().mark_bar().encode(x=alt.X("n:Q", axis=None), y=alt.Y("name:N", axis=axis))
    drawn = svg(layered(layer, data=frame, width=NARROW, height=60, extent=50), Numbers("vi"))
    width = re.search(r'width="(\d+)"', drawn)
    assert width is not None
    assert abs(int(width[1]) - NARROW) <= 1


def test_a_domain_may_break_after_its_dots() -> None:
    html = page_html(Page(make_brief(sample.facts(), sample.request()), "en"))
    domains = [
        re.findall(r"<span>([^<]*)</span>", found)
        for found in re.findall(r'<bdi class="outlet">(.*?)</bdi>', html)
    ]
    assert domains
    shown = set(sample.facts().stories["first_outlet_domain"])
    for parts in domains:
        assert "".join(parts) in shown
        assert all(part.endswith(".") for part in parts[:-1])
        assert not any("." in part[:-1] for part in parts)
    assert any(len(parts) > 1 for parts in domains)
