"""Figures on a page: each number that has a source is marked where it is printed, and gets a receipt.

While a page is written the marks stand in its text; when the page is whole they become HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from tiengvang.edition.brief import Brief, Page
from tiengvang.edition.locales import Language, Numbers
from tiengvang.edition.marks import BEGIN, CLOSE, END, LINK, MIDDLE, OPEN, TOKEN, plain
from tiengvang.edition.sourced import Source, Sourced

EDITION = "edition"
ANSWER = "answer-"


@dataclass(slots=True)
class Figure:
    """A printed figure: its value in full, and how each language prints it."""

    id: str
    source: Source
    value: float
    printed: dict[Language, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Block:
    """What has one link to its receipts: a table's row, or a sentence; ``titles`` name it by language."""

    id: str
    section: str
    titles: dict[Language, str]
    figures: dict[Source, Figure] = field(default_factory=dict)


class Figures:
    """The figures of an edition's pages by their blocks; the two pages share blocks and receipts."""

    def __init__(self) -> None:
        self.blocks: dict[str, Block] = {}

    def page(self, brief: Brief, language: Language) -> MarkedPage:
        """Return a page whose numbers are marked where they are printed."""
        return MarkedPage(brief, language, self)


class MarkedNumbers(Numbers):
    """How one language writes values, with a mark around each that knows its source."""

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self.plain = Numbers(language)
        self.marks: list[tuple[Source, float]] = []

    def _mark(self, value: Any, text: str) -> str:
        if not isinstance(value, Sourced):
            return text
        self.marks.append((value.source, float(value)))  # type: ignore[arg-type]
        return f"{OPEN}{len(self.marks) - 1}{MIDDLE}{text}{CLOSE}"

    def count(self, value: Any) -> str:
        """Write and mark a whole number."""
        return self._mark(value, self.plain.count(value))

    def decimal(self, value: Any, digits: int = 2) -> str:
        """Write and mark a number."""
        return self._mark(value, self.plain.decimal(value, digits))

    def signed(self, value: Any, digits: int = 2) -> str:
        """Write and mark a number with its sign."""
        return self._mark(value, self.plain.signed(value, digits))

    def percent(self, share: Any, digits: int = 0) -> str:
        """Write and mark a share."""
        return self._mark(share, self.plain.percent(share, digits))

    def change(self, share: Any, digits: int = 1) -> str:
        """Write and mark a change."""
        return self._mark(share, self.plain.change(share, digits))

    def size(self, share: Any, digits: int = 1) -> str:
        """Write and mark the size of a change."""
        return self._mark(share, self.plain.size(share, digits))

    def p_value(self, value: float) -> str:
        """Write and mark a p-value."""
        return self._mark(value, self.plain.p_value(value))

    def duration(self, minutes: float, units: tuple[str, str, str]) -> str:
        """Write and mark minutes."""
        return self._mark(minutes, self.plain.duration(minutes, units))


class MarkedPage(Page):
    """A page that marks its numbers, and its blocks in the templates."""

    def __init__(self, brief: Brief, language: Language, figures: Figures) -> None:
        super().__init__(brief, language)
        self.marked = MarkedNumbers(language)
        self.numbers = self.marked
        self._figures = figures
        self._titles: dict[str, str] = {}

    def begin(self, block: str, title: str = "") -> Markup:
        """Mark where a block begins; what is printed up to the next is its own."""
        self._titles[block] = plain(title)
        return Markup(f"{BEGIN}{block}{END}")  # noqa: S704  (a name of the templates)

    def link(self) -> Markup:
        """Mark where the link to the block's receipts stands."""
        return Markup(LINK)  # noqa: S704  (one character)

    def resolved(self, html: str, label: str) -> str:
        """Return the whole page with its marks as HTML, and enter its figures.

        A block without a figure has no link. ``label`` names the link for who does not see it.
        """
        self._enter(html)
        block: Block | None = None
        seen: set[str] = set()

        def write(found: re.Match[str]) -> str:
            nonlocal block
            if name := found["block"]:
                block = self._figures.blocks.get(name)
                return ""
            if mark := found["mark"]:
                source, _ = self.marked.marks[int(mark)]
                if block is None:
                    return found["text"]
                figure = block.figures[source]
                name = "data-figure" if figure.id in seen else "id"
                seen.add(figure.id)
                return f'<data {name}="{figure.id}" value="{figure.value!r}">{found["text"]}</data>'
            if block is None or not block.figures:
                return ""
            title = block.titles.get(self.language) or block.id
            return (
                f' <a class="receipt" href="../receipts/figures/{block.section}.html#{block.id}"'
                f' title="{escape(label)}" aria-label="{escape(f"{label}: {title}")}">#</a>'
            )

        return TOKEN.sub(write, html)

    def _enter(self, html: str) -> None:
        section, block = EDITION, None
        for found in TOKEN.finditer(html):
            if name := found["block"]:
                section = name.removeprefix(ANSWER) if name.startswith(ANSWER) else section
                block = self._figures.blocks.setdefault(name, Block(name, section, {}))
                block.titles[self.language] = self._titles[name]
            elif found["mark"] and block is not None:
                source, value = self.marked.marks[int(found["mark"])]
                name = f"{block.id}-{len(block.figures) + 1}"
                figure = block.figures.setdefault(source, Figure(name, source, value))
                texts = figure.printed.setdefault(self.language, [])
                if found["text"] not in texts:
                    texts.append(found["text"])
