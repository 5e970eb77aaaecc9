"""An element of the feed to the fact-checks that it holds; persons are never read.

schema.org's ``ClaimReview``, https://schema.org/ClaimReview: the claim's author, the review's author and
every other person or organisation of an element are left where they are. The checker is the domain of the
review's own address, where nobody else can publish: an author's name can be anybody's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiengvang.sources.factchecks_languages import language_by_script, stated_language
from tiengvang.sources.factchecks_stream import UnreadableElement
from tiengvang.sources.factchecks_text import (
    day_of,
    first_text,
    number_of,
    plain_text,
    web_address,
)
from tiengvang.sources.records import Reject
from tiengvang.stories.country_names import CountryNames
from tiengvang.stories.titles import normalise
from tiengvang.stories.urls import canonical_url

MOST_CLAIM = 1_000
MOST_TITLE = 300
MOST_RATING = 200
MOST_REVIEWS = 200  # of one element
MOST_DEPTH = 6

REVIEW_COLUMNS = (
    "review_id",
    "content_digest",
    "row_digest",
    "is_listed",
    "claim_review_url",
    "checker_domain",
    "claim_text",
    "review_title",
    "language_code_iso639_3",
    "language_basis",
    "rating_text",
    "rating_key",
    "rating_head_key",
    "rating_value",
    "rating_best",
    "rating_worst",
    "published_on",
    "named_country_codes_iso3",
)

_HOLDERS = ("item", "@graph", "mainEntity", "hasPart", "review")
# Where a rating ends and its reasons begin. No comma: "true, but".
_HEAD_END = re.compile(r"[.:;!?(\[|…–—]|\s-\s")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reviews are read with: the listed checkers with their language, names of countries, the day."""

    checkers: Mapping[str, str | None]
    country_names: CountryNames
    today: date


@dataclass(frozen=True, slots=True)
class Review:
    """A fact-check of a listed checker: a row in the order of ``REVIEW_COLUMNS``."""

    row: tuple[Any, ...]
    has_bad_date: bool

    @property
    def review_id(self) -> str:
        """The key: review address and claim."""
        return str(self.row[0])

    @property
    def order(self) -> tuple[date, str]:
        """The latest publication wins; equals are told apart by what they say, not by their place."""
        return self.row[16] or date.min, str(self.row[1])


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A fact-check of a publisher that is not on the list: counted, and not kept."""

    host: str


def read_element(
    number: int, element: Any, reading: Reading
) -> Iterator[Review | Unlisted | Reject]:
    """Yield what one element holds: at least one outcome, whatever it is.

    Args:
        number: the element's place in the list, from 1.
        element: any JSON value, or ``UnreadableElement``.
        reading: what reviews are read with.
    """
    if isinstance(element, UnreadableElement):
        yield _reject(number, element.reason)
        return
    found = 0
    for found, (place, review) in enumerate(_reviews_in(element), start=1):
        if found > MOST_REVIEWS:
            yield _reject(number, f"more than {MOST_REVIEWS} reviews")
            return
        outcome = _read_review(review, element, reading)
        if isinstance(outcome, tuple):
            field, reason = outcome
            yield _reject(number, f"{field}: {reason}", f"{place}.{field}".strip("."))
        else:
            yield outcome
    if not found:
        kind = type(element).__name__
        is_object = isinstance(element, dict | list)
        yield _reject(number, "no ClaimReview" if is_object else f"a {kind}, expected an object")


def _reject(number: int, reason: str, place: str = "") -> Reject:
    return Reject(number, reason, f"dataFeedElement[{number - 1}]{'.' if place else ''}{place}")


def _reviews_in(element: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the ClaimReviews of an element with their places, in order, at any usual depth."""
    waiting: list[tuple[str, Any, int]] = [("", element, 0)]
    while waiting:
        place, value, depth = waiting.pop()
        parts: list[tuple[str, Any]] = []
        if isinstance(value, list):
            parts = [(f"{place}[{at}]", part) for at, part in enumerate(value[: 2 * MOST_REVIEWS])]
        elif isinstance(value, dict):
            if _is_claim_review(value):
                yield place, value
            parts = [(f"{place}.{key}".strip("."), value[key]) for key in _HOLDERS if key in value]
        if depth < MOST_DEPTH:
            waiting += [(name, part, depth + 1) for name, part in reversed(parts)]


def _is_claim_review(value: dict[str, Any]) -> bool:
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    texts = [name.rpartition("/")[2] for name in names if isinstance(name, str)]
    return "ClaimReview" in texts or (not texts and "claimReviewed" in value)


def _read_review(
    review: dict[str, Any], element: Any, reading: Reading
) -> Review | Unlisted | tuple[str, str]:
    """Read one review; what is wrong with it is told as its field and the reason."""
    given = review.get("url")
    if given is None and isinstance(element, dict):
        given = element.get("url")
    address = web_address(given)
    if isinstance(address, str):
        return "url", address
    url, host = address
    checker = _listed(host, reading.checkers)
    if checker is None:
        return Unlisted(host)
    claim = plain_text(review.get("claimReviewed"), MOST_CLAIM)
    claim_key = normalise(claim or "")
    if claim is None or not claim_key:
        kind = "no text" if "claimReviewed" in review else "not given"
        return "claimReviewed", kind
    title = plain_text(review.get("headline"), MOST_TITLE) or plain_text(
        review.get("name"), MOST_TITLE
    )
    published_on, has_bad_date = day_of(review.get("datePublished"), reading.today)
    rating = _rating(review.get("reviewRating"))
    language, basis = _language(review, f"{claim} {title or ''}", reading.checkers[checker])
    content = (url, checker, claim, title, language if basis == "stated" else None, *rating)
    content_digest = _digest(*content, published_on)
    names = " ".join(reading.country_names.named_in(f"{claim}\n{title or ''}", language or "eng"))
    keys = _rating_keys(rating[0])
    row = (
        _digest(canonical_url(url), claim_key),
        content_digest,
        _digest(content_digest, language, basis, *keys, names),
        True,
        url,
        checker,
        claim,
        title,
        language,
        basis,
        rating[0],
        *keys,
        *rating[1:],
        published_on,
        names,
    )
    return Review(row, has_bad_date)


def _listed(host: str, checkers: Mapping[str, str | None]) -> str | None:
    """Return the listed domain that a host is or lies under, the longest one."""
    while host:
        if host in checkers:
            return host
        host = host.partition(".")[2]
    return None


def _rating(value: Any) -> tuple[str | None, float | None, float | None, float | None]:
    """Return a rating's text, and its value, best and worst number."""
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, dict | str)), None)
    if isinstance(value, str):
        return plain_text(value, MOST_RATING), None, None, None
    if not isinstance(value, dict):
        return None, None, None, None
    number = number_of(value.get("ratingValue"))
    text = plain_text(value.get("alternateName"), MOST_RATING) or plain_text(
        value.get("name"), MOST_RATING
    )
    if text is None and number is None and first_text(value.get("ratingValue")):
        text = plain_text(value.get("ratingValue"), MOST_RATING)
    return text, number, number_of(value.get("bestRating")), number_of(value.get("worstRating"))


def _rating_keys(text: str | None) -> tuple[str | None, str | None]:
    """Return the key of a rating's text, and that of what stands before its reasons, where it has some."""
    if text is None:
        return None, None
    key = normalise(text)
    head = next((part for part in map(normalise, _HEAD_END.split(text)) if part), "")
    return key or None, head if head and head != key else None


def _language(
    review: Mapping[str, Any], text: str, of_checker: str | None
) -> tuple[str | None, str | None]:
    stated = stated_language(review.get("inLanguage"))
    if stated:
        return stated, "stated"
    if of_checker:
        return of_checker, "checker"
    by_script = language_by_script(text)
    return by_script, "script" if by_script else None


def _digest(*parts: Any) -> str:
    text = "\0".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
