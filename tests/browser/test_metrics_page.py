"""The page that says how each number is measured, in headless Chromium, and the way there and back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

import edition_frames as sample

from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.metrics_page import metrics_html
from tiengvang.edition.page import page_html
from tiengvang.edition.render import LANGUAGES
from tiengvang.metrics import bundled

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("edition")
    brief = make_brief(sample.facts(), sample.request())
    for language in LANGUAGES:
        page = Page(brief, language)
        (root / language).mkdir()
        (root / language / "metrics.html").write_text(metrics_html(page), encoding="utf-8")
    (root / "vi" / "index.html").write_text(page_html(Page(brief, "vi")), encoding="utf-8")
    return root


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_its_screen(folder, open_page, language, screen, scheme):
    page = open_page(folder / language / "metrics.html", screen, scheme)
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1]
    assert page.locator("article.metric h3:visible").count() == len(bundled().metrics)


def test_a_link_of_the_brief_leads_to_its_metric_and_back(folder, open_page):
    page = open_page(folder / "vi" / "index.html", "phone")
    page.locator("#voice").get_by_role("link", name="Tỷ trọng tiếng nói", exact=True).click()
    assert page.url.endswith("/vi/metrics.html#share_of_voice")
    assert page.locator("#share_of_voice h3").inner_text() == "Tỷ trọng tiếng nói"
    top = page.evaluate("document.getElementById('share_of_voice').getBoundingClientRect().top")
    assert 0 <= top < 200
    page.locator("#s-voice h2 a").click()
    assert page.url.endswith("/vi/index.html#voice")
    assert page.locator("h1").inner_text() == "Việt Nam trên báo chí thế giới"
