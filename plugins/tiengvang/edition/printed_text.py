"""Runs of text of a page as data: what is bold, small or a link, and nothing that could be markup."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from tiengvang.edition.glyphs import printable
from tiengvang.edition.html_tree import Element
from tiengvang.edition.untrusted import web_address

Spans = list[dict[str, Any]]

SPACE = re.compile(r"\s+")
BOLD = frozenset({"b", "strong"})
# Small print that the page sets on a line of its own.
OWN_LINE = frozenset({"small", "band"})
# Longer than any address of a story; a writer of PDFs refuses some that are longer still.
LONGEST_ADDRESS = 2000


class Reader:
    """Reads elements as spans, and counts the texts in which the font lacks something."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.n_lacking = 0

    def spans(self, element: Element, *, files: bool = False) -> Spans:
        """Return an element's text as spans, without space at its ends.

        Args:
            element: of running text.
            files: whether the edition's own files that it links to are named behind the text.
        """
        found: Spans = []
        paths: list[str] = []
        self._walk(element, {}, found, paths)
        _trim(found)
        if files and paths:
            named = ", ".join(dict.fromkeys(paths))
            found.append({"text": f" ({named})", "small": True})
        return found

    def line(self, element: Element | None) -> str:
        """Return an element's text as one line; empty where there is no such element."""
        return "" if element is None else self._text(element.text())

    def closed_table(self, details: Element, word: str) -> Spans:
        """Name the data file of a table that the page leaves closed; nothing where none is linked."""
        paths = (_own_file(a.attributes["href"]) for a in details.find_all("a"))
        files = [path for path in paths if path and path.startswith("data/")]
        return [{"text": f"{word}: {files[0]}"}] if files else []

    def _walk(
        self, element: Element, style: dict[str, Any], found: Spans, paths: list[str]
    ) -> None:
        for child in element.content:
            if isinstance(child, str):
                text = self._text(SPACE.sub(" ", child))
                if found and found[-1]["text"].endswith(" "):
                    text = text.lstrip(" ")
                if text:
                    _append(found, text, style)
            elif child.tag == "br":
                found.append({"text": "\n"})
            elif (
                child.tag not in ("svg", "img", "style", "script")
                and "receipt" not in child.classes
            ):
                self._walk(child, style | _style(child, element, found), found, paths)
                if child.tag == "a" and (path := _own_file(child.attributes["href"])):
                    paths.append(path)

    def _text(self, text: str) -> str:
        read = printable(text, self.mark)
        self.n_lacking += self.mark in read and self.mark not in text
        return read


def _append(found: Spans, text: str, style: dict[str, Any]) -> None:
    """Add a text, to the last span where that is of the same style."""
    last = found[-1] if found else {"text": "\n"}
    if last["text"] != "\n" and {**last, "text": ""} == {"text": "", **style}:
        last["text"] += text
    else:
        found.append({"text": text, **style})


def _style(element: Element, parent: Element, found: Spans) -> dict[str, Any]:
    style: dict[str, Any] = {}
    if element.tag in BOLD:
        style["bold"] = True
    if element.classes & OWN_LINE:
        style["small"] = True
        if parent.tag in ("th", "td", "span") and found and found[-1]["text"] != "\n":
            found.append({"text": "\n"})
    if element.tag == "a":
        address = web_address(element.attributes["href"])
        if address and len(address) <= LONGEST_ADDRESS:
            style["href"] = address
    return style


def _own_file(address: str) -> str | None:
    """Return the path in the edition that a page's link leads to; nothing for one that leads out."""
    path = address.partition("#")[0]
    if not path.startswith("../"):
        return None
    return PurePosixPath(path.removeprefix("../")).as_posix()


def _trim(spans: Spans) -> None:
    """Take space away from the ends, and around breaks of line."""
    for before, after in pairwise(spans):
        if after["text"] == "\n":
            before["text"] = before["text"].rstrip(" ")
        if before["text"] == "\n":
            after["text"] = after["text"].lstrip(" ")
    while spans and not spans[0]["text"].strip():
        spans.pop(0)
    while spans and not spans[-1]["text"].strip():
        spans.pop()
    if spans:
        spans[0]["text"] = spans[0]["text"].lstrip()
        spans[-1]["text"] = spans[-1]["text"].rstrip()
