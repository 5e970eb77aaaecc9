"""The envelope of a World Bank answer: its pages, and the errors that come under HTTP 200."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tiengvang.errors import FileRefused

MAX_PAGES = 100
SHOWN_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Answer:
    """All rows of an answer, page after page, and when the publisher says it was updated."""

    rows: list[Any]
    updated: date | None
    bytes_replaced: int


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    pages: int
    total: int
    last_updated: Any
    rows: list[Any]
    bytes_replaced: int


def read_answer(payloads: Sequence[bytes], *, file_name: str) -> Answer:
    """Join the pages of one answer.

    Raises:
        FileRefused: a body is no page of data, or the pages do not make one whole answer.
    """
    if not payloads:
        raise FileRefused(f"{file_name}: no page, expected at least one")
    pages = [_read_page(payload, file_name) for payload in payloads]
    first = pages[0]
    if first.pages != len(pages):
        raise FileRefused(f"{file_name}: {len(pages)} page(s) received, expected {first.pages}")
    for number, page in enumerate(pages, start=1):
        if page.number != number:
            raise FileRefused(f"{file_name}: page {page.number} received, expected page {number}")
        if (page.pages, page.total, page.last_updated) != (
            first.pages,
            first.total,
            first.last_updated,
        ):
            raise FileRefused(
                f"{file_name}: page {number} belongs to another answer than page 1 (pages, total"
                " or lastupdated differ), expected one publication"
            )
    rows = [row for page in pages for row in page.rows]
    if not rows:
        raise FileRefused(f"{file_name}: no rows, expected at least one")
    if len(rows) != first.total:
        raise FileRefused(f"{file_name}: {len(rows)} rows received, expected total {first.total}")
    return Answer(rows, _day(first.last_updated), sum(page.bytes_replaced for page in pages))


def page_count(payload: bytes, *, file_name: str) -> int:
    """Return how many pages an answer has, read from any page of it.

    Raises:
        FileRefused: the body is no page of data.
    """
    return _read_page(payload, file_name).pages


def field(row: dict[str, Any], outer: str, inner: str) -> Any:
    """Return ``row[outer][inner]``, or None where either is missing."""
    value = row.get(outer)
    return value.get(inner) if isinstance(value, dict) else None


def kind(value: Any) -> str:
    """Name the JSON type of a value, for messages."""
    if isinstance(value, bool):
        return "a boolean"
    names = {
        dict: "an object",
        list: "a list",
        str: "text",
        Decimal: "a number",
        float: "no finite",
    }
    return names.get(type(value), "null") + (" number" if isinstance(value, float) else "")


def shown(value: Any) -> str:
    """Return a scalar as short ASCII, anything else by its type, for messages."""
    if isinstance(value, str | Decimal):
        return ascii(str(value)[:SHOWN_CHARACTERS])
    return kind(value)


def storable(text: str) -> str:
    """Return a text that Postgres can hold: without NUL characters and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()


def _read_page(payload: bytes, file_name: str) -> _Page:
    text = payload.decode("utf-8-sig", errors="replace")
    replaced = text.count("\ufffd") - payload.count("\ufffd".encode())
    try:
        body = json.loads(text, parse_float=_number, parse_int=_number)
    except (json.JSONDecodeError, RecursionError) as error:
        start = text.lstrip()
        what = "XML or HTML" if start.startswith("<") else "no JSON"
        raise FileRefused(
            f"{file_name}: found {what} starting with {shown(start[:40])}, expected a JSON list"
            f" ({type(error).__name__})"
        ) from error
    if not isinstance(body, list) or not body or not isinstance(body[0], dict):
        raise FileRefused(
            f"{file_name}: found {kind(body)}, expected a list of a page header and rows"
        )
    header = body[0]
    if "message" in header:
        raise FileRefused(f"{file_name}: the World Bank answers with {_message(header['message'])}")
    pages = _count(header, "pages", file_name)
    if not 1 <= pages <= MAX_PAGES:
        raise FileRefused(f"{file_name}: {pages} pages of data, expected 1 to {MAX_PAGES}")
    if len(body) != 2 or not isinstance(body[1], list):
        what = kind(body[1]) if len(body) > 1 else "nothing"
        raise FileRefused(
            f"{file_name}: found {what} after the page header and {len(body)} element(s),"
            " expected one list of rows"
        )
    return _Page(
        number=_count(header, "page", file_name),
        pages=pages,
        total=_count(header, "total", file_name),
        last_updated=header.get("lastupdated"),
        rows=body[1],
        bytes_replaced=replaced,
    )


def _number(text: str) -> Decimal | float:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond what Decimal holds
        return float("inf")


def _count(header: dict[str, Any], key: str, file_name: str) -> int:
    # The country list gives some of its counts as text.
    text = str(header.get(key))
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise FileRefused(
            f"{file_name}: {key} is {shown(header.get(key))} in the page header, expected a count"
        )
    return int(text)


def _message(value: Any) -> str:
    entries = value if isinstance(value, list) else [value]
    texts = [
        ": ".join(str(entry[key])[:200] for key in ("id", "key", "value") if _is_text(entry, key))
        for entry in entries[:3]
        if isinstance(entry, dict)
    ]
    return "error " + ascii("; ".join(text for text in texts if text) or "without a text")


def _is_text(entry: dict[str, Any], key: str) -> bool:
    return isinstance(entry.get(key), str | Decimal)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
