"""Both pages of an edition measured in headless Chromium; each measure is seen to find what is broken."""

from __future__ import annotations

import sys
from pathlib import Path

import page_measures as measured
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

import edition_frames as sample
import edition_hostile as hostile

from tiengvang.edition.render import render_edition

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

# The longest that the folded page may be, in pixels at 16 px a letter: a machine's fonts differ by a tenth.
LONGEST = {"desktop": 14_000, "phone": 28_000}
BREAKS = [
    ("beside", ".answer { width: 1500px; }"),
    ("overlapping", "h2 { margin-bottom: -3rem; }"),
    ("clipped", ".answer { height: 1rem; overflow: hidden; }"),
    ("colliding", ".chart svg text { font-size: 21px; }"),
    ("cut", ".chart svg text { font-size: 34px; }"),
    ("empty", ".chart svg .role-mark { display: none; }"),
]
# Where text from the right ends, the next letters on the same line stand further right.
TURNED = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = {n: 0, wrong: []};
  for (let node; (node = walk.nextNode());) {
    const end = node.data.indexOf('\u2069'), start = node.data.indexOf('\u2068');
    if (end < 0 || !node.parentElement.checkVisibility()) continue;
    found.n += 1;
    const box = (from, to) => {
      const range = document.createRange();
      range.setStart(node, from); range.setEnd(node, to);
      return range.getBoundingClientRect();
    };
    const inner = box(start + 1, end), after = node.data.slice(end + 1).search(/\\S/);
    if (after < 0) continue;
    const next = box(end + 1 + after, end + 2 + after);
    if (Math.abs(next.top - inner.top) < 3 && next.left < inner.right - 1) found.wrong.push(node.data);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("measured")
    render_edition(sample.facts(), sample.request(), root / "full")
    render_edition(sample.empty_facts(), sample.request(), root / "empty")
    render_edition(hostile.facts(), hostile.request(), root / "hostile")
    return {kind: root / kind for kind in ("full", "empty", "hostile")}


@pytest.mark.parametrize("kind", ["full", "empty"])
@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_nothing_overlaps_is_cut_or_stands_outside(folders, open_page, language, screen, kind):
    page = open_page(folders[kind] / language / "index.html", screen)
    assert measured.layout(page) == {}
    assert page.evaluate("document.documentElement.scrollHeight") < LONGEST[screen]
    measured.unfold(page)
    assert measured.layout(page) == {}


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_hostile_text_runs_nothing_and_breaks_nothing(folders, open_page, language, screen):
    # a dialog, an error or a request of a script would be a problem of the open page
    page = open_page(folders["hostile"] / language / "index.html", screen)
    measured.unfold(page)
    assert measured.layout(page) == {}
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # text from the right turns round nothing beside it: what follows it still stands on its right
    turned = page.evaluate(TURNED)
    assert turned["n"] > 2
    assert turned["wrong"] == []


@pytest.mark.parametrize(("kind", "style"), BREAKS)
def test_each_measure_finds_what_is_broken(folders, open_page, kind, style):
    page = open_page(folders["full"] / "en" / "index.html")
    page.add_style_tag(content=style)
    assert kind in measured.layout(page)


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_a_chart_has_as_much_ink_in_each_language_and_scheme(folders, open_page, screen):
    shares = []
    for language, scheme in (("en", "light"), ("en", "dark"), ("vi", "light")):
        page = open_page(folders["full"] / language / "index.html", screen, scheme)
        measured.unfold(page)
        shares.append(measured.ink(page))
        page.close()
    light, dark, vietnamese = shares
    assert len(light) == 21
    assert set(light) == set(dark) == set(vietnamese)
    for name, share in light.items():
        assert 0.01 < share < 0.75, (name, share)
        assert dark[name] == pytest.approx(share, rel=0.35), (name, share, dark[name])
        assert vietnamese[name] == pytest.approx(share, rel=0.35), (name, share)


def test_a_chart_that_is_lost_in_the_dark_is_seen(folders, open_page):
    page = open_page(folders["full"] / "en" / "index.html", scheme="dark")
    whole = measured.ink(page)
    page.add_style_tag(content=".chart svg .mark-rect * { fill: var(--paper); stroke: none; }")
    lost = measured.ink(page)
    assert lost["f-stories_by_source"] < 0.65 * whole["f-stories_by_source"]


def test_the_two_languages_are_about_as_long(folders, open_page):
    heights = [
        open_page(folders["full"] / language / "index.html").evaluate(
            "document.documentElement.scrollHeight"
        )
        for language in ("en", "vi")
    ]
    assert heights[0] == pytest.approx(heights[1], rel=0.15)
