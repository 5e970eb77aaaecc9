"""Both pages of an edition in headless Chromium, opened as files: what a reader would see."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

import edition_frames as sample

from tiengvang.edition.render import render_edition

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

SCREENS = ("phone", "desktop")


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("editions")
    render_edition(sample.facts(), sample.request(), root / "full")
    render_edition(sample.empty_facts(), sample.request(), root / "empty")
    return {"full": root / "full", "empty": root / "empty"}


@pytest.mark.parametrize("kind", ["full", "empty"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_page_fits_its_screen_and_asks_for_nothing(
    folders, open_page, tmp_path, language, screen, kind
):
    page = open_page(folders[kind] / language / "index.html", screen)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1]
    # no text of a visible chart is cut off by the chart's edge
    cut = page.evaluate(
        """[...document.querySelectorAll('.chart svg')].filter(s => s.getClientRects().length)
        .flatMap(s => { const box = s.getBoundingClientRect();
          return [...s.querySelectorAll('text')].filter(t => {
            const r = t.getBoundingClientRect();
            return r.width && (r.left < box.left - 1 || r.right > box.right + 1);
          }).map(t => t.textContent); })"""
    )
    assert cut == []
    page.screenshot(path=tmp_path / f"{kind}-{language}-{screen}.png", full_page=True)
    assert (tmp_path / f"{kind}-{language}-{screen}.png").stat().st_size > 20_000


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_text_and_charts_follow_light_and_dark(folders, open_page, scheme, is_dark):
    page = open_page(folders["full"] / "vi" / "index.html", scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    bar = page.evaluate(
        "getComputedStyle(document.querySelector('.wide svg [fill=\"#14538a\"]')).fill"
    )
    assert (sum(channels(ground)) < 150) is is_dark
    assert (bar == "rgb(20, 83, 138)") is not is_dark
    assert contrast(channels(bar), channels(ground)) >= 3
    for selector in (".small", ".answer", "a", ".strip .mark", ".synthetic"):
        ink = page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).color")
        assert contrast(channels(ink), channels(ground)) >= 4.5, selector


@pytest.mark.parametrize("screen", SCREENS)
def test_one_width_of_each_chart_is_shown(folders, open_page, screen):
    page = open_page(folders["full"] / "en" / "index.html", screen)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wide, narrow = (
        page.locator(f".chart > .{name}:visible").count() for name in ("wide", "narrow")
    )
    assert (wide, narrow) == ((11, 0) if screen == "desktop" else (0, 11))
    smallest = page.evaluate(
        """Math.min(...[...document.querySelectorAll('.chart svg text')]
        .filter(t => t.getClientRects().length && t.textContent)
        .map(t => t.getBoundingClientRect().height))"""
    )
    assert smallest >= 9


def test_the_keyboard_reaches_content_tables_and_the_other_language(folders, open_page):
    page = open_page(folders["full"] / "en" / "index.html", "phone")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "findings"
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open] table").first.is_visible()
    page.get_by_role("link", name="Tiếng Việt").click()
    assert page.evaluate("document.documentElement.lang") == "vi"


def test_a_screen_reader_hears_the_finding_of_each_chart(folders, open_page):
    page = open_page(folders["full"] / "en" / "index.html")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    images = page.get_by_role("img")
    assert images.count() == 21
    first = images.first.get_attribute("aria-label")
    assert "most from Japan" in first


@pytest.mark.parametrize("language", ["en", "vi"])
def test_print_is_light_whole_and_still_says_synthetic(folders, open_page, language):
    page = open_page(folders["full"] / language / "index.html", scheme="dark")
    page.emulate_media(media="print")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert sum(channels(ground)) == 765
    assert page.locator(".synthetic:visible").count() == 2
    assert page.locator("nav:visible").count() == 0
    # what is folded on the screen is whole on paper
    for name in ("#f-reach .chart", "#f-readiness .chart", "#voice .guard"):
        assert page.locator(name).bounding_box()["height"] > 30, name
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 5 <= pdf.count(b"/Type /Page\n") <= 20


def channels(colour: str) -> list[int]:
    """Read rgb(r, g, b)."""
    return [int(float(part)) for part in colour.split("(")[1].rstrip(")").split(",")[:3]]


def luminance(colour: list[int]) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [
        c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[int], other: list[int]) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_receipts_fit_the_screen_and_are_reached_from_a_section(folders, open_page, screen):
    page = open_page(folders["full"] / "en" / "index.html", screen)
    page.locator("#voice a[href$='receipts/index.html#voice']").click()
    assert page.locator("#voice pre").first.is_visible()
    assert "mart_share_of_voice" in page.locator("#voice pre").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
