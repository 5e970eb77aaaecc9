"""Pages under axe-core, and by keyboard alone, in headless Chromium."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import page_measures as measured
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

import edition_frames as sample

from tiengvang.edition.entry import entry_pages
from tiengvang.edition.records import LATEST
from tiengvang.edition.render import render_edition
from tiengvang.edition.standing import Cause, GoodEdition, Standing

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
NOW = datetime(2026, 7, 13, 1, 20, tzinfo=UTC)
PAGES = (
    *("full/en", "full/vi", "empty/en", "full/receipts"),
    *("held/latest", "held/latest/en", "published/latest/vi"),
)
LOOKS = [
    *((name, *look) for name in PAGES for look in (("phone", "light"), ("desktop", "dark"))),
    *(("full/en", *look) for look in (("phone", "dark"), ("desktop", "light"))),
]
FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  if (e === document.body) return null;
  e.dataset.stop ??= Math.random();
  return [e.dataset.stop, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
    box.bottom > 0 && box.top < innerHeight && box.width > 0, e.outerHTML.slice(0, 120)];
}"""


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("accessible")
    render_edition(sample.facts(), sample.request(), folder / "full")
    render_edition(sample.empty_facts(), sample.request(), folder / "empty")
    sentence = {"en": "Only 2 of 192 slots. " * 8, "vi": "Chỉ nhận được 2 trên 192 khung. " * 8}
    causes = (Cause("edition_held", "a.b", "edition e2", NOW, sentence),)
    good = GoodEdition("e1", "e1", "weekly", date(2026, 7, 5), date(2026, 7, 12), NOW, NOW)
    for kind, found in (("held", causes), ("published", ())):
        (folder / kind / "e1").mkdir(parents=True)
        (folder / kind / "e1" / "manifest.json").write_text("{}")
        for name, text in entry_pages(
            Standing(NOW, "sample-7", True, good, found), folder / kind
        ).items():
            path = folder / kind / LATEST / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("name", "screen", "scheme"), LOOKS)
def test_axe_finds_nothing_of_any_impact(root, open_page, name, screen, scheme):
    page = open_page(root / name / "index.html", screen, scheme)
    assert measured.layout(page) == {}
    measured.unfold(page)
    assert measured.axe(page) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("document.querySelector('.small').style.color = '#b0b0b0'", "serious color-contrast"),
        ("document.querySelector('.chart').removeAttribute('aria-label')", "serious role-img-alt"),
        ("document.documentElement.removeAttribute('lang')", "serious html-has-lang"),
    ],
)
def test_axe_would_find_it(root, open_page, change, rule):
    page = open_page(root / "full/en/index.html")
    page.evaluate(change)
    assert [found for found in measured.axe(page) if found.startswith(rule)]


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_keyboard_walks_through_the_page_and_out_again(root, open_page, screen):
    page = open_page(root / "full/en/index.html", screen)
    stops: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or stop[0] in stops:
            break
        assert stop[1], f"no outline: {stop[3]}"
        assert stop[2], f"not on the screen: {stop[3]}"
        stops.append(stop[0])
    expected = page.evaluate(
        """[...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
        .filter(e => e.checkVisibility({contentVisibilityAuto: true})).length"""
    )
    assert len(stops) == expected > 60


def test_what_is_folded_opens_and_closes_by_keyboard(root, open_page):
    page = open_page(root / "full/vi/index.html")
    folded = page.locator("#stories details.more:has(figure)").first
    assert not folded.locator("figure").is_visible()
    folded.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert folded.locator("figure").is_visible()
    page.keyboard.press("Space")
    assert not folded.locator("figure").is_visible()
