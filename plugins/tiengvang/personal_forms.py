"""The forms in which texts, addresses and file names hold e-mail addresses and telephone numbers.

Texts are compared as a reader sees them: full-width letters, entities and percent-encoded ones count as
what they stand for. A name has no form, and is not found.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

REMOVED = "[…]"
_LAYERS = 4
# The last part of a host is a word: a version (name@3.7.1) is no address.
_EMAIL = re.compile(r"[\w.+%-]+[\s+]?@[\s+]?[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]+")
_USER = re.compile(r"://[^\s/?#@]*@")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_GAP = r"[\s.()-]{0,2}"
# International with its sign or country code, or a Vietnamese number: it begins with 0, and its first
# group is no day.
_PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00(?=[1-9]))\d(?:{_GAP}\d){{8,13}}|84(?:{_GAP}\d){{9,10}}"
    rf"|0\d{{2,4}}(?:{_GAP}\d{{2,4}}){{2,3}})(?!\d)"
)
_LONG_NUMBER = re.compile(r"(?<![\w/.-])\d{9,}(?![\w/])")
_LEAST_DIGITS = 9
# What stands around a sum: 1.050.000.000, 84 912 345 678 đồng, 0.0123456789.
_SUM_BEFORE = re.compile(r"\d[.,\s]\Z")
_GROUPS = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")
_COUNTED = re.compile(r"\s*(?:đồng|đ\b|vn[dđ]|usd|dollars?|eur|tỷ|triệu|người|[$€%₫])", re.I)
_MOMENT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d\d){2,3}")


def readable(text: str) -> str:
    """Return a text without what hides its letters: forms of compatibility, entities, percent signs."""
    for _ in range(_LAYERS):
        before = text
        text = unicodedata.normalize("NFKC", unquote(html.unescape(text)))
        if text == before:
            break
    return text


def holds_email(text: str) -> bool:
    """Say whether a text or address holds an e-mail address, or an address of the web its user."""
    text = readable(text)
    return "@" in text and bool(_EMAIL.search(text) or _USER.search(text))


def holds_number(text: str) -> bool:
    """Say whether a text holds a telephone number or a personal number; addresses in it are left out."""
    text = _ADDRESS.sub(" ", readable(text))
    return any(True for _ in _numbers(text))


def without_contacts(text: str) -> str:
    """Return a text with every e-mail address and telephone number in it replaced."""
    if holds_email(text) and not _EMAIL.search(text):
        text = readable(text)
    text = _EMAIL.sub(REMOVED, _USER.sub("://", text))
    if not holds_number(text):
        return text
    if not any(True for _ in _phones(text)):
        text = readable(text)
    kept, end = [], 0
    for found in _phones(text):
        kept += [text[end : found.start()], REMOVED]
        end = found.end()
    return "".join([*kept, text[end:]])


def _numbers(text: str) -> Iterator[re.Match[str]]:
    yield from _phones(text)
    for found in _LONG_NUMBER.finditer(text):
        if not _MOMENT.fullmatch(found.group()):
            yield found


def _phones(text: str) -> Iterator[re.Match[str]]:
    for found in _PHONE.finditer(text):
        if sum(map(str.isdigit, found.group())) >= _LEAST_DIGITS and not _is_sum(found):
            yield found


def _is_sum(found: re.Match[str]) -> bool:
    text, number = found.string, found.group()
    before = text[max(0, found.start() - 2) : found.start()]
    if before.endswith((".", ",")) and _SUM_BEFORE.search(before):
        return True
    is_grouped = _GROUPS.fullmatch(number) is not None
    return is_grouped and bool(_SUM_BEFORE.search(before) or _COUNTED.match(text, found.end()))
