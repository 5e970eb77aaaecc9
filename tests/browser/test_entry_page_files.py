"""The entry page in headless Chromium, opened as a file: the banner fits, and its links lead on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tiengvang.edition.corrections import Correction
from tiengvang.edition.entry import entry_pages
from tiengvang.edition.history import Past
from tiengvang.edition.records import LATEST
from tiengvang.edition.standing import Cause, GoodEdition, Standing

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
NOW = datetime(2026, 7, 13, 1, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("editions")
    for language in ("en", "vi"):
        (folder / "e1" / language).mkdir(parents=True)
        (folder / "e1" / language / "index.html").write_text(f"<title>{language} e1</title>")
    (folder / "e1" / "manifest.json").write_text("{}")
    sentence = {"en": "Only 2 of 192 <slots>. " * 8, "vi": "Chỉ nhận được 2 trên 192 <khung>. " * 8}
    standing = Standing(
        *(NOW, "sample-7", True),
        GoodEdition("e1", "e1", "weekly", date(2026, 7, 5), date(2026, 7, 12), NOW, NOW),
        (Cause("edition_held", "a.b", "edition e2", NOW, sentence),),
        (
            Past(
                "e1",
                "published",
                "weekly",
                date(2026, 7, 5),
                date(2026, 7, 12),
                NOW,
                "e1",
                "",
                True,
            ),
        ),
        (Correction(1, "e1", "Press <desk>", sentence, "A list was read twice.", NOW),),
    )
    for name, text in entry_pages(standing, folder).items():
        path = folder / LATEST / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_from_the_choice_of_language_to_the_edition(root, open_page, screen, tmp_path):
    page = open_page(root / LATEST / "index.html", screen)
    page.get_by_role("link", name="Tiếng Việt").click()
    assert "Chỉ nhận được 2 trên 192 <khung>." in page.locator(".held").last.inner_text()
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1]
    page.screenshot(path=tmp_path / "entry.png", full_page=True)
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Open this edition").click()
    assert page.title() == "en e1"


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_from_the_correction_to_every_edition_as_it_was(root, open_page, screen):
    page = open_page(root / LATEST / "vi" / "index.html", screen)
    said = page.locator(".held").first.inner_text()
    assert "Có số liệu công bố sai trong kỳ e1" in said
    assert "Press <desk>" in said
    page.get_by_role("link", name="Mọi kỳ công bố").click()
    assert "đã đính chính" in page.locator(".editions").inner_text()
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1]
    page.get_by_role("link", name="English").click()
    assert "corrected" in page.locator(".editions").inner_text()
    page.get_by_role("link", name="5 July 2026").click()
    assert page.title() == "en e1"
