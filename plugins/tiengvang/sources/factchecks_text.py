"""What strangers wrote, made plain: text without markup, dates within bounds, safe addresses."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from tiengvang.personal_forms import holds_email, without_contacts
from tiengvang.sources.site_lists import HOST_NAME
from tiengvang.stories.titles import clean_title

MOST_URL_CHARACTERS = 2_000
FIRST_DAY = date(1995, 1, 1)  # before the first fact-checking site
MOST_NUMBER = 1e6

_LAYERS = 4
_HIDDEN_BLOCK = re.compile(
    r"<(script|style|template|noscript|iframe|object)\b.*?(?:</\1\s*>|\Z)", re.I | re.S
)
_LONG_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?=\D|\Z)")
_SAFE = "/:@!$&()*+,;=~-._?%[]"
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"]")


def first_text(value: Any) -> str | None:
    """Return the first text of a value as schema.org writes texts: plain, in a list, or with a language."""
    for _ in range(3):
        if isinstance(value, list):
            value = next((part for part in value if isinstance(part, str | dict)), None)
        elif isinstance(value, Mapping):
            value = value.get("@value")
        else:
            break
    return value if isinstance(value, str) else None


def plain_text(value: Any, most_characters: int) -> str | None:
    """Return a text without markup, scripts, entities, control marks, e-mail addresses and telephone numbers.

    What is left holds nothing that a browser would take for the beginning of a tag. None where nothing is
    left; a text that is too long ends in ``…``.
    """
    given = first_text(value)
    if given is None:
        return None
    # What is far too long is cut before it is worked on; markup may be longer than its text.
    given = _SURROGATE.sub("", given[: 8 * most_characters])
    text = _without_markup(given, between=" ")
    joined = _without_markup(given, between="")
    if holds_email(joined) and not holds_email(text):  # tags stand inside an address
        text = joined
    text = _OPEN_TAG.sub("< ", clean_title(without_contacts(text)) or "")
    if len(text) > most_characters:
        text = text[: most_characters - 1].rstrip() + "…"
    return text or None


def _without_markup(text: str, *, between: str) -> str:
    for _ in range(_LAYERS):
        before = text
        text = _LONG_TAG.sub(between, _HIDDEN_BLOCK.sub(" ", html.unescape(text)))
        if text == before:
            break
    return clean_title(text) or ""


def day_of(value: Any, today: date) -> tuple[date | None, bool]:
    """Return the day that a date or instant begins with, as it was published, and whether it was bad.

    Bad is what is no day from ``FIRST_DAY`` to tomorrow; what is not given is not bad.
    """
    text = first_text(value)
    if value is None or text == "":
        return None, False
    match = _DAY.match(text or "")
    if match is None:
        return None, True
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        return None, True
    is_good = FIRST_DAY <= day <= today + timedelta(days=1)
    return (day, False) if is_good else (None, True)


def number_of(value: Any) -> float | None:
    """Return a number, or a text that writes one; None for all else and beyond a million."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value[:40].strip().replace(",", "."))
        except ValueError:
            return None
    if not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > MOST_NUMBER:
        return None
    return float(value)


def web_address(value: Any) -> tuple[str, str] | str:
    """Return an http or https address, safe to print as a link, and its host; or what is wrong with it.

    The fragment is cut; whatever could end an attribute is percent-encoded.
    """
    text = first_text(value)
    if text is None:
        return "no address"
    text = _SURROGATE.sub("", text).strip()
    if len(text) > MOST_URL_CHARACTERS:
        return f"an address of more than {MOST_URL_CHARACTERS} characters"
    if _CONTROL.search(text):
        return "an address with spaces, quotes or control characters"
    try:
        parts = urlsplit(text)
        has_bad_port = parts.port is None and parts.netloc.endswith(":")
        host = (parts.hostname or "").rstrip(".")
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return "no readable address"
    if parts.scheme.lower() not in ("http", "https"):
        return "an address that is neither http nor https"
    if has_bad_port or "@" in parts.netloc:
        return "an address with a user or half a port"
    if "." not in host or not HOST_NAME.fullmatch(host.encode()):
        return "an address without a host name"
    if holds_email(parts.path) or holds_email(parts.query):
        return "an address that holds an e-mail address"
    port = f":{parts.port}" if parts.port else ""
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    address = f"{parts.scheme.lower()}://{host}{port}{quote(parts.path, safe=_SAFE)}{query}"
    if len(address) > MOST_URL_CHARACTERS:
        return f"an address of more than {MOST_URL_CHARACTERS} characters"
    return address, host
