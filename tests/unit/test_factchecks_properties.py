"""Whatever an element is, it gives outcomes that add up, and never an exception."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_factchecks import CHECKERS, SEEN, claim_review, names

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.sources import factchecks
from tiengvang.sources.factchecks_review import (
    MOST_CLAIM,
    MOST_RATING,
    REVIEW_COLUMNS,
    Reading,
    Review,
    read_element,
)
from tiengvang.sources.factchecks_stream import FeedStream
from tiengvang.sources.factchecks_text import FIRST_DAY, plain_text, web_address
from tiengvang.sources.records import Reject

KEYS = st.sampled_from(
    (
        "@type", "item", "url", "claimReviewed", "reviewRating", "alternateName", "ratingValue",
        "bestRating", "worstRating", "datePublished", "inLanguage", "name", "headline", "@value",
        "@graph", "hasPart", "author", "itemReviewed",
    )
)  # fmt: skip
WORDS = st.sampled_from(
    (
        "ClaimReview", "https://checker.example/a", "https://many.example/b", "2026-06-01", "Falso",
        "http://", "<b>", "&lt;script&gt;", "vi", "1", "Vietnam", "\u202e", "\ud800", "\x00",
    )
)  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=30)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=4), inner),
    max_leaves=25,
)
ALMOST = st.dictionaries(KEYS, ANYTHING, max_size=5).map(lambda more: claim_review() | more)
ELEMENTS = ANYTHING | st.fixed_dictionaries({"item": ALMOST | st.lists(ALMOST | ANYTHING)})


def read(element: Any) -> list[Any]:
    return list(read_element(3, element, Reading(CHECKERS, names(), SEEN.date())))


@given(ELEMENTS)
def test_any_element_gives_outcomes(element: Any) -> None:
    outcomes = read(element)
    assert outcomes
    for outcome in outcomes:
        if isinstance(outcome, Reject):
            assert outcome.line_number == 3
            assert outcome.place.startswith("dataFeedElement[2]")
        if isinstance(outcome, Review):
            row = dict(zip(REVIEW_COLUMNS, outcome.row, strict=True))
            assert row["claim_review_url"].startswith(("http://", "https://"))
            assert row["checker_domain"] in CHECKERS
            assert 0 < len(row["claim_text"]) <= MOST_CLAIM
            assert len(row["rating_text"] or "") <= MOST_RATING
            assert row["published_on"] is None or FIRST_DAY <= row["published_on"] <= date(
                2026, 7, 2
            )
            for value in outcome.row:
                if isinstance(value, str):
                    value.encode()
                    assert "\0" not in value


@given(st.lists(ELEMENTS, min_size=1, max_size=4))
def test_any_feed_adds_up_or_is_refused(elements: list[Any]) -> None:
    payload = json.dumps({"dataFeedElement": elements}).encode()
    with suppress(SchemaDrift):
        parsed, stream = factchecks.parse(
            io.BytesIO(payload),
            seen_at=SEEN,
            checkers=CHECKERS,
            country_names=names(),
            file_name="f",
        )
        counted = parsed.notes["unlisted"] + parsed.notes["duplicates"]
        assert parsed.rows_read == parsed.rows_kept + counted + len(parsed.rejects)
        assert stream.bytes_read == len(payload)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(payload: bytes) -> None:
    stream = FeedStream(io.BytesIO(payload), file_name="f", limit_bytes=1000)
    with pytest.raises(FileRefused):
        list(stream.elements())


@given(st.lists(ANYTHING, max_size=5), st.integers(1, 50))
def test_elements_are_those_of_the_document_however_it_arrives(
    elements: list[Any], size: int
) -> None:
    text = json.dumps({"a": [1, {"dataFeedElement": [2]}], "dataFeedElement": elements, "z": "}"})

    class Dripping(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            return super().read(size)

    stream = FeedStream(Dripping(text.encode()), file_name="f", limit_bytes=10**6)
    expected = json.loads(text)["dataFeedElement"]
    assert repr(list(stream.elements())) == repr(expected)


@given(st.text(max_size=200) | WORDS)
def test_a_plain_text_begins_no_tag_and_stays_as_it_is(text: str) -> None:
    plain = plain_text(text, 100)
    if plain is not None:
        assert 0 < len(plain) <= 100
        assert not any(
            mark == "<" and plain[at + 1 : at + 2].isalpha() and plain[at + 1].isascii()
            for at, mark in enumerate(plain)
        )


@given(st.text(max_size=60).map(lambda tail: "https://checker.example/" + tail) | WORDS)
def test_an_address_ends_no_attribute(url: str) -> None:
    found = web_address(url)
    if isinstance(found, tuple):
        assert found[0].isascii()
        assert not set("\"'<> `\\") & set(found[0])
