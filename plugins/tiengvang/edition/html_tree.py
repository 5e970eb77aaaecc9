"""The product's own pages as a tree of elements, for what is made from a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass(slots=True)
class Element:
    """One element: its tag, its attributes, and what it holds in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The names in its ``class``."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def elements(self) -> list[Element]:
        """The elements that it holds itself."""
        return [one for one in self.content if isinstance(one, Element)]

    def find_all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements of these tags inside it, in the order of the page."""
        for one in self.elements:
            if one.tag in tags:
                yield one
            yield from one.find_all(*tags)

    def first(self, *tags: str) -> Element | None:
        """Return the first element of these tags inside it."""
        return next(self.find_all(*tags), None)

    def text(self) -> str:
        """Return its text as one line."""
        parts = [one if isinstance(one, str) else one.text() for one in self.content]
        return " ".join("".join(parts).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open[-1].tag != tag:
            raise ValueError(f"</{tag}> ends <{self.open[-1].tag}>, line {self.getpos()[0]}")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def parse(html: str) -> Element:
    """Return a page as a tree; its root has no tag.

    Raises:
        ValueError: an element is not closed where it should be.
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    if len(builder.open) != 1:
        raise ValueError(f"<{builder.open[-1].tag}> is not closed")
    return builder.open[0]
