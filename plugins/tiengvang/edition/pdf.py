"""A page of an edition as a PDF: tagged (PDF/UA-1), with its own font, the same bytes for the same page."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst

from tiengvang.edition.brief import Page
from tiengvang.edition.glyphs import FONTS
from tiengvang.edition.labels import page_labels
from tiengvang.edition.printed import printed

TEMPLATE = Path(__file__).parent / "templates" / "brief.typ"
FAMILY = "Arimo"
STANDARD = "ua-1"  # refuses a character without a glyph and a drawing without a text alternative


def page_pdf(page: Page, html: str) -> bytes:
    """Print a page.

    Neither fonts of the machine nor its clock have a part in it.

    Args:
        page: gives the labels of what only paper says.
        html: the page, from which everything else is taken.

    Raises:
        ValueError: the page is not well formed.
        typst.TypstError: the page cannot be set under the standard.
    """
    labels = page_labels(page)
    found = printed(html, labels["print_lacking"], labels["print_table"], FAMILY)
    values = asdict(found)
    drawings = values.pop("drawings")
    values["font"] = FAMILY
    values["note"] = labels["print_lacking_note"] if found.n_lacking else ""
    files = {
        "main.typ": TEMPLATE.read_bytes(),
        "content.json": json.dumps(values, ensure_ascii=False).encode(),
        **{name: drawing.encode() for name, drawing in drawings.items()},
    }
    made: bytes = typst.compile(  # type: ignore[call-overload]  # its stubs lack files given as bytes
        files, format="pdf", font_paths=_fonts(), pdf_standards=STANDARD
    )
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
