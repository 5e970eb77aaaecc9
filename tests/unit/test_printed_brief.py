"""The printed brief: all that the page shows, hostile text as text, its own font, the same bytes."""

from __future__ import annotations

import re
import zlib
from html import escape
from typing import Any

import edition_frames as sample
import pytest

from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.glyphs import covered, printable
from tiengvang.edition.html_tree import parse
from tiengvang.edition.locales import Language
from tiengvang.edition.page import page_html
from tiengvang.edition.pdf import page_pdf
from tiengvang.edition.printed import Printed, printed
from tiengvang.edition.printed_text import Reader
from tiengvang.edition.texts import TEXTS

BRIEF = make_brief(sample.facts(), sample.request())
HOSTILE = (
    *('#let x = 1; #panic("no")', "*bold* _it_ `raw` $x^2$", "[@ref] <label> = heading", "// no"),
    *('<script>alert("1")</script>', "\\u{41} \\ ~ -- ---", "\"smart' quotes", "#sys.inputs"),
    *("\u202etitle from the right\u202c", "nul\x00 bell\x07 esc\x1b end", "L" * 10_000),
    *("עברית וגם Latin", "Ελληνικά, Русский", "e\u0301 o\u031b\u0301", "\ufeff\u200b\u00ad\ufe0f"),
)
LANGUAGES: tuple[Language, ...] = ("en", "vi")


def read(html: str) -> Printed:
    return printed(html, "[?]", "Table", "Arimo")


def small_page(*titles: str) -> str:
    cells = "".join(
        f'<tr><th><bdi><a href="https://e.example/{n}">{escape(title)}</a></bdi></th><td>1</td></tr>'
        for n, title in enumerate(titles)
    )
    return (
        '<html lang="en"><head><title>A title</title></head><body><h1>A title</h1><table>'
        f"<tr><th>a</th><th>b</th></tr>{cells}</table><footer>end</footer></body></html>"
    )


def texts_of(block: Any) -> list[str]:
    """Return every text of a block, however deep."""
    if isinstance(block, dict):
        own = [block["text"]] if "text" in block else []
        return own + [text for value in block.values() for text in texts_of(value)]
    return [text for one in block for text in texts_of(one)] if isinstance(block, list) else []


def streams(pdf: bytes) -> bytes:
    """Return what a PDF's compressed streams hold."""
    found = []
    for body in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(body))
        except zlib.error:
            found.append(body)
    return b"\n".join(found)


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest) -> tuple[Page, str, bytes]:
    page = Page(BRIEF, request.param)
    html = page_html(page)
    return page, html, page_pdf(page, html)


def test_the_same_page_gives_the_same_bytes(made: tuple[Page, str, bytes]) -> None:
    page, html, pdf = made
    assert pdf.startswith(b"%PDF-")
    assert page_pdf(page, html) == pdf
    assert page_pdf(page, html.replace("</h1>", "!</h1>")) != pdf


def test_it_says_its_language_and_title_and_no_day(made: tuple[Page, str, bytes]) -> None:
    page, _, pdf = made
    every = pdf + streams(pdf)
    assert f"/Lang({page.language})".encode() in every
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid:part"):
        assert mark in every
    for day in (b"CreationDate", b"CreateDate"):
        assert day not in every
    assert set(re.findall(rb"/FontName/[A-Z]{6}\+([A-Za-z]+)", every)) == {b"Arimo"}


def test_its_letters_can_be_selected(made: tuple[Page, str, bytes]) -> None:
    page, _, pdf = made
    letters = set(TEXTS[page.language].headline(page)) - {" "}
    every = streams(pdf).lower()
    assert letters > set("ofar") if page.language == "en" else letters > set("ếắ")
    assert [one for one in letters if f"<{ord(one):04x}>".encode() not in every] == []


def test_it_says_what_the_page_shows(made: tuple[Page, str, bytes]) -> None:
    page, html, _ = made
    document = read(html)
    said = " ".join(" ".join(texts_of(document.blocks)).split())
    texts = TEXTS[page.language]
    for text in (texts.title(page), texts.headline(page), *texts.answers(page).values()):
        assert " ".join(text.split()) in said
    tree = parse(re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
    headings = [one.text() for one in tree.find_all("h2", "h3", "figcaption")]
    styles = ("h2", "h3", "figcaption")
    kept = [one for one in flat(document.blocks) if one.get("style") in styles]
    assert ["".join(texts_of(one)) for one in kept] == headings
    assert document.banner_line
    assert page.brief.request.edition_id in document.footer
    n_wide = html.count('<div class="wide"><svg')
    assert len(document.drawings) > n_wide > 3  # and those in panels


def flat(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for block in blocks:
        found.append(block)
        for inner in (block.get("blocks", []), *block.get("cells", [])):
            found += flat(inner)
    return found


def test_every_drawing_stands_alone_and_has_words(made: tuple[Page, str, bytes]) -> None:
    document = read(made[1])
    charts = [block for block in flat(document.blocks) if block["kind"] == "chart"]
    assert {chart["file"] for chart in charts} == set(document.drawings)
    for chart in charts:
        assert chart["alt"], chart["file"]
        assert 100 < chart["width"] <= 684
    for drawing in document.drawings.values():
        assert 'id="hatch"' in drawing
        assert "Liberation" not in drawing


def test_hostile_text_is_set_as_it_is() -> None:
    html = small_page(*HOSTILE)
    texts = texts_of(read(html).blocks)
    for title in HOSTILE[:8]:
        assert title in texts
    assert "L" * 10_000 in texts
    assert not any("\x00" in text or "\u202e" in text for text in texts)
    assert "é ớ" in texts
    assert page_pdf(Page(BRIEF, "en"), html).startswith(b"%PDF-")


def test_every_character_of_the_font_can_be_set() -> None:
    known = sorted(one for one in covered() if one.isprintable())
    assert len(known) > 2500
    lines = ["".join(known[at : at + 80]) for at in range(0, len(known), 80)]
    assert page_pdf(Page(BRIEF, "en"), small_page(*lines)).startswith(b"%PDF-")


def test_writing_that_the_font_lacks_is_said_in_words() -> None:
    assert set("ặẵẳằắỹỷữượĐđ–“”…−●▲×√") <= covered()
    assert printable("Việt Nam", "[?]") == "Việt Nam"
    assert printable("Vie\u0323\u0302t", "[?]") == "Việt"
    assert printable(" 刺繍コンテスト 2026 ", "[?]") == " [?] "
    assert printable("Trade with 中国 and 한국 grows", "[?]") == "Trade with [?] and [?] grows"
    assert printable("✕ ✓", "[?]") == "× √"
    assert printable("Good news \U0001f600\ufe0f", "[?]") == "Good news [?]"
    html = small_page("가족", "العربية", "เรื่อง")
    assert read(html).n_lacking == 3
    assert page_pdf(Page(BRIEF, "en"), html).startswith(b"%PDF-")


def test_only_addresses_of_the_web_become_links() -> None:
    for address, is_link in (
        ("https://e.example/a?b=1&c=2", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        (f"https://e.example/{'a' * 5000}", False),
        ("../data/stories.csv", False),
    ):
        html = f'<p><a href="{escape(address)}">read</a></p>'
        spans = Reader("[?]").spans(parse(html), files=True)
        assert ("href" in spans[0]) is is_link, address
    assert spans[1]["text"] == " (data/stories.csv)"


def test_a_page_that_is_not_well_formed_is_refused() -> None:
    for html in ("<p><b>a</p>", "<div>"):
        with pytest.raises(ValueError, match="<"):
            parse(html)
