"""A page as what paper shows of it: plain blocks of text, tables and drawings, for the PDF's template.

The page is the only source: what it says, in its order. What it leaves closed or is only for screens
(tables that open, navigation, drawings for phones) stays out; a closed table is named by its data file.
Text stays data all the way: nothing in it is ever read as markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from tiengvang.edition.drawing import FONT
from tiengvang.edition.glyphs import printable
from tiengvang.edition.html_tree import Element, parse
from tiengvang.edition.printed_text import Reader, Spans

Block = dict[str, Any]

CHART = re.compile(r'<svg\b[^>]*\bclass="marks".*?</svg>', re.DOTALL)
WIDTH = re.compile(r'\bwidth="([\d.]+)"')
DRAWN_TEXT = re.compile(r">([^<]+)<")
SCREEN_ONLY = frozenset({"skip", "defs", "hint", "narrow", "synthetic"})
NOT_PRINTED = frozenset({"head", "style", "script", "nav", "footer", "svg"})
# What the page folds to be short on a screen, and paper shows.
FOLDED = "more"
CONTAINERS = frozenset(
    {"", "html", "body", "main", "header", "section", "div", "article", "aside", "figure"}
)
STYLES = frozenset({"period", "headline", "meta", "answer", "nothing", "kicker", "title", "small"})
PANELS = {"small": 4, "large": 2}
# The page's pattern of "nothing is known", in the colours of its light theme.
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#f4f6f8"/>'
    '<line x1="0" y1="0" x2="0" y2="6" stroke="#98a3ad" stroke-width="2.5"/></pattern></defs>'
)


@dataclass(slots=True)
class Printed:
    """What the template needs: the texts around the blocks, the blocks, and the drawings by file name."""

    language: str
    title: str
    footer: str
    banner: Spans
    banner_line: str
    blocks: list[Block]
    drawings: dict[str, str] = field(default_factory=dict)
    n_lacking: int = 0


def printed(html: str, mark: str, table: str, font: str) -> Printed:
    """Return a page's printed form.

    Args:
        html: a page of an edition.
        mark: what stands in place of writing that the font lacks.
        table: what names the data file of a table that the page leaves closed.
        font: the family that drawings name.

    Raises:
        ValueError: the page is not well formed.
    """
    drawings: dict[str, str] = {}
    widths: dict[str, float] = {}

    def take(found: re.Match[str]) -> str:
        name = f"chart-{len(drawings)}.svg"
        drawings[name] = _standalone(found[0], mark, font)
        width = WIDTH.search(found[0])
        widths[name] = float(width[1]) if width else 0.0
        return f'<img class="marks" src="{name}">'

    page = parse(CHART.sub(take, html))
    reader = Reader(mark)
    blocks = list(_Blocks(reader, widths, table).of(page))
    used = set(_charts(blocks))
    banner = next((one for one in page.find_all("aside") if "synthetic" in one.classes), None)
    strong = banner.first("strong") if banner else None
    root, title, footer = page.first("html"), page.first("title"), page.first("footer")
    return Printed(
        language=root.attributes["lang"] if root else "",
        title=reader.line(title),
        footer=reader.line(footer),
        banner=reader.spans(banner) if banner else [],
        banner_line=reader.line(strong),
        blocks=blocks,
        drawings={name: drawing for name, drawing in drawings.items() if name in used},
        n_lacking=reader.n_lacking,
    )


def _standalone(svg: str, mark: str, font: str) -> str:
    """Return a drawing of the page that needs nothing of the page around it."""
    text = svg.replace(FONT, font).replace("</svg>", f"{HATCH}</svg>")
    return DRAWN_TEXT.sub(lambda found: f">{_drawn(found[1], mark)}<", text)


def _drawn(escaped: str, mark: str) -> str:
    """Return a drawing's text as the font has it; marks that compose with no letter cannot be set there."""
    kept = printable(unescape(escaped), mark)
    return escape("".join(c for c in kept if unicodedata.category(c) != "Mn"), quote=False)


def _charts(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if block["kind"] == "chart":
            yield block["file"]
        for inner in (block.get("blocks", []), *block.get("cells", [])):
            yield from _charts(inner)


class _Blocks:
    """Turns elements into blocks, in the page's order."""

    def __init__(self, reader: Reader, widths: dict[str, float], table: str) -> None:
        self.reader, self.widths, self.table = reader, widths, table

    def of(self, element: Element, alt: str = "") -> Iterator[Block]:
        """Yield the blocks of what an element holds."""
        for child in element.content:
            if isinstance(child, str):
                if child.strip():
                    yield self._text("p", Element("p", content=[child]))
            elif not (child.classes & SCREEN_ONLY or child.tag in NOT_PRINTED):
                yield from self._block(child, alt)

    def _block(self, one: Element, alt: str) -> Iterator[Block]:
        if "strip" in one.classes:
            yield self._strip(one)
        elif "held" in one.classes:
            yield {"kind": "box", "blocks": list(self.of(one))}
        elif "panels" in one.classes:
            yield self._grid(one, next(n for kind, n in PANELS.items() if kind in one.classes))
        elif "yearly" in one.classes:
            first, *others = one.elements
            yield from self._block(first, alt)
            yield self._grid(Element("div", content=list(others)), 2)
        elif one.tag == "figure":
            yield {"kind": "figure", "blocks": list(self.of(one))}
        elif one.tag in CONTAINERS:
            yield from self.of(one, one.attributes.get("aria-label") or alt)
        elif one.tag == "img":
            name = one.attributes["src"]
            alt_text = printable(alt, self.reader.mark)
            yield {"kind": "chart", "file": name, "alt": alt_text, "width": self.widths[name]}
        elif one.tag == "table":
            yield self._table(one)
        elif one.tag in ("ul", "ol"):
            items = [self.reader.spans(item, files=True) for item in one.elements]
            yield {"kind": "list", "items": items, "small": "small" in one.classes}
        elif one.tag == "details" and FOLDED in one.classes and "rest" not in one.classes:
            yield from self.of(one)
        elif one.tag == "summary":
            yield self._text("summary", one)
        elif one.tag == "details":
            if spans := self.reader.closed_table(one, self.table):
                yield {"kind": "text", "style": "small", "spans": spans}
        else:
            yield self._text(one.tag, one)

    def _text(self, tag: str, element: Element) -> Block:
        style = next((name for name in sorted(element.classes) if name in STYLES), tag)
        if style == "kicker":  # what follows its first part leads to other forms of the page
            element = Element("p", content=list(element.elements[:1]))
        return {"kind": "text", "style": style, "spans": self.reader.spans(element, files=True)}

    def _grid(self, element: Element, columns: int) -> Block:
        cells = []
        for one in element.elements:
            title = next((p.text() for p in one.find_all("p") if "title" in p.classes), "")
            cells.append(list(self._block(one, "") if one.tag == "figure" else self.of(one, title)))
        return {"kind": "grid", "columns": columns, "cells": cells}

    def _table(self, table: Element) -> Block:
        rows = [
            [self.reader.spans(cell) for cell in row.elements if cell.tag in ("th", "td")]
            for row in table.find_all("tr")
        ]
        head, *body = rows
        return {"kind": "table", "wide": "stories" in table.classes, "head": head, "rows": body}

    def _strip(self, strip: Element) -> Block:
        items = []
        for item in strip.find_all("li"):
            parts = {
                name: next((one for one in item.find_all("span") if name in one.classes), None)
                for name in ("name", "value", "mark")
            }
            read = {name: self.reader.spans(part) if part else [] for name, part in parts.items()}
            items.append({"good": "good" in item.classes, **read})
        level = next(iter(strip.classes - {"strip"}), "")
        return {"kind": "strip", "level": level, "items": items}
