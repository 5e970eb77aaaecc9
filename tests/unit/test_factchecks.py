"""The feed of fact-checks: what is kept, what is counted, what is refused, and that no person is read."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.local.world.gkg import PEOPLE
from tiengvang.sources import factchecks
from tiengvang.sources.factchecks_review import REVIEW_COLUMNS
from tiengvang.sources.factchecks_stream import ELEMENT_LIMIT
from tiengvang.sources.records import ParsedFile
from tiengvang.stories.country_names import CountryNames
from tiengvang.windows import Window, parse_instant

SEEN = datetime(2026, 7, 1, 5, tzinfo=UTC)
CHECKERS = {"checker.example": "eng", "many.example": None, "deep.many.example": "fra"}
URL = "https://www.checker.example/a"


@cache
def names() -> CountryNames:
    return factchecks.read_country_names()


def claim_review(**more: Any) -> dict[str, Any]:
    review = {
        "@context": "http://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": "Vietnam closed a bridge",
        "datePublished": "2026-06-01",
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
        "url": URL,
    }
    return {key: value for key, value in (review | more).items() if value is not ...}


def feed(*elements: Any) -> bytes:
    return json.dumps({"@type": "DataFeed", "dataFeedElement": list(elements)}).encode()


def parse(payload: bytes, seen_at: datetime = SEEN) -> ParsedFile:
    return factchecks.parse(
        io.BytesIO(payload),
        seen_at=seen_at,
        checkers=CHECKERS,
        country_names=names(),
        file_name="reviews@2026-07-01",
    )[0]


def rows(parsed: ParsedFile) -> list[dict[str, Any]]:
    return [dict(zip(REVIEW_COLUMNS, row, strict=True)) for row in parsed.tables[1].rows]


def only(*reviews: Any) -> dict[str, Any]:
    parsed = parse(feed({"item": list(reviews)}))
    assert parsed.rejects == ()
    (row,) = rows(parsed)
    return row


def reason(element: Any) -> tuple[str | None, str]:
    """The place and reason of the one reject, beside two good reviews."""
    good = [claim_review(claimReviewed=f"Claim {number}") for number in range(2)]
    parsed = parse(feed({"item": good}, element))
    (reject,) = parsed.rejects
    assert reject.line_number == 2
    assert parsed.rows_kept == 2
    return reject.place, reject.reason


def test_a_review_is_kept_as_published() -> None:
    row = only(claim_review(headline="No, it did not", inLanguage="en-GB"))
    assert {name: row[name] for name in REVIEW_COLUMNS[3:]} == {
        "is_listed": True,
        "claim_review_url": URL,
        "checker_domain": "checker.example",
        "claim_text": "Vietnam closed a bridge",
        "review_title": "No, it did not",
        "language_code_iso639_3": "eng",
        "language_basis": "stated",
        "rating_text": "False",
        "rating_key": "false",
        "rating_head_key": None,
        "rating_value": None,
        "rating_best": None,
        "rating_worst": None,
        "published_on": date(2026, 6, 1),
        "named_country_codes_iso3": "VNM",
    }


def test_no_person_is_read() -> None:
    someone = {"@type": "Person", "name": PEOPLE[0], "email": "zorvath@people.example"}
    review = claim_review(
        author=someone, creator=[someone], reviewedBy=someone, sdPublisher=someone,
        itemReviewed={"@type": "Claim", "author": someone, "name": PEOPLE[1], "url": "https://x.y"},
        reviewRating={"alternateName": "False", "author": someone, "ratingExplanation": PEOPLE[2]},
        url=f"{URL}#{PEOPLE[3].replace(' ', '-')}",
    )  # fmt: skip
    stored = str(parse(feed({"item": [review], "author": someone})).tables)
    assert "Vietnam closed a bridge" in stored
    for word in (*" ".join(PEOPLE).split(), "zorvath"):
        assert word not in stored


def test_an_email_in_a_text_is_masked_and_one_in_an_address_refused() -> None:
    row = only(claim_review(claimReviewed="Write to some.one+x@mail.example for a visa"))
    assert row["claim_text"] == "Write to […] for a visa"
    place, why = reason({"item": claim_review(url=f"{URL}?to=some.one@mail.example")})
    assert (place, why) == (
        "dataFeedElement[1].item.url",
        "url: an address that holds an e-mail address",
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<b>A</b> claim &amp; more &lt;i&gt;still&lt;/i&gt;", "A claim & more still"),
        ("A<script>alert('x')</script> claim", "A claim"),
        ("A&lt;script&gt;alert(1)&lt;/script&gt; claim", "A claim"),
        ("A claim <img src=x onerror=alert(1)", "A claim < img src=x onerror=alert(1)"),
        ("<svg/onload=" + "a" * 900 + ">A claim", "A claim"),
        ("a < b and b > c", "a < b and b > c"),
        ("\u202eA\u200f cl\u0000ai\u0007m\u2066", "A claim"),
        ("ادعاء\u200f عن فيتنام\u202b", "ادعاء عن فيتنام"),
        ("A \ud800claim", "A claim"),
        ("A\n\t  claim", "A claim"),
        (["A claim"], "A claim"),
        ({"@value": "A claim", "@language": "en"}, "A claim"),
        ("x" * 1500, "x" * 999 + "…"),
    ],
)
def test_text_is_made_plain(given: Any, kept: str) -> None:
    assert only(claim_review(claimReviewed=given))["claim_text"] == kept


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("HTTPS://Checker.Example/a%20b?x=1#top", "https://checker.example/a%20b?x=1"),
        ("http://checker.example/ü/'x'", "http://checker.example/%C3%BC/%27x%27"),
        (["https://checker.example/a"], "https://checker.example/a"),
    ],
)
def test_an_address_is_safe_to_print(url: Any, kept: str) -> None:
    assert only(claim_review(url=url))["claim_review_url"] == kept


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "ftp://checker.example/a", "//checker.example/a", "a", "", 7, None,
        "https://user:pass@checker.example/a", "https://checker.example/\"onclick=x", "https://[::1",
        "https://checker.example/a b", "https://checker.example:x/", "https://localhost/a", {},
        "https://checker.example/" + "a" * 2000, "https://\u0000.example/",
    ],
)  # fmt: skip
def test_another_address_is_a_reject_with_its_place(url: Any) -> None:
    place, why = reason({"item": [claim_review(url=url)]})
    assert place == "dataFeedElement[1].item[0].url"
    assert "address" in why or "host" in why


def test_the_checker_is_where_it_is_published_whatever_it_says() -> None:
    official = {"@type": "Organization", "name": "Checker", "url": "https://checker.example"}
    parsed = parse(
        feed(
            {"item": [claim_review(url="https://spam.example/checker.example", author=official)]},
            {"item": [claim_review(url="https://checker.example.spam.example/")]},
            {"item": [claim_review(url="https://notchecker.example/")]},
            {"item": [claim_review(url="https://m.checker.example/a")]},
            {"item": [claim_review(url="https://www.deep.many.example/a")]},
        )
    )
    assert {row["checker_domain"] for row in rows(parsed)} == {
        "checker.example",
        "deep.many.example",
    }
    assert parsed.tables[2].rows == [
        ("checker.example.spam.example", 1),
        ("notchecker.example", 1),
        ("spam.example", 1),
    ]


def test_what_was_found_adds_up() -> None:
    older = claim_review(datePublished="2026-05-01", reviewRating={"alternateName": "True"})
    same = claim_review(claimReviewed="VIETNAM closed a bridge!", datePublished=None)
    spam = claim_review(url="https://spam.example/")
    parsed = parse(feed({"item": [older, claim_review(), same]}, {"item": spam}, 5))
    assert (parsed.rows_read, parsed.rows_kept, len(parsed.rejects)) == (5, 1, 1)
    assert parsed.notes == {"unlisted": 1, "duplicates": 2, "bad_dates": 0}
    assert parsed.tables[0].rows == [(SEEN, 3, 5, 1, 1, 2, 1, 0)]
    assert rows(parsed)[0]["rating_text"] == "False", "the one published last"


def test_the_order_of_the_feed_says_nothing() -> None:
    tie = [
        claim_review(reviewRating={"alternateName": word}) for word in ("False", "True", "Mixed")
    ]
    found = {only(*order)["row_digest"] for order in (tie, tie[::-1], [tie[1], tie[0], tie[2]])}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("given", "kept", "bad"),
    [
        ("2026-06-01T23:30:00-05:00", date(2026, 6, 1), 0),
        ("2026-07-02", date(2026, 7, 2), 0),
        (["2026-06-01"], date(2026, 6, 1), 0),
        ("2026-07-03", None, 1),
        ("1994-12-31", None, 1),
        ("2026-02-30", None, 1),
        ("31/02/2026", None, 1),
        (20260601, None, 1),
        ("2026-06-011", None, 1),
        ("", None, 0),
        (None, None, 0),
        (..., None, 0),
    ],
)
def test_a_day_has_bounds(given: Any, kept: date | None, bad: int) -> None:
    parsed = parse(feed({"item": claim_review(datePublished=given)}))
    assert rows(parsed)[0]["published_on"] == kept
    assert parsed.notes["bad_dates"] == bad


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"alternateName": "<b>FALSO</b> &ndash; no", "ratingValue": 1}, ("FALSO – no", 1.0, None)),
        ({"name": "Fake"}, ("Fake", None, None)),
        ({"ratingValue": "Mostly false"}, ("Mostly false", None, None)),
        ({"ratingValue": "1", "bestRating": "5,0", "worstRating": 1}, (None, 1.0, 5.0)),
        ({"ratingValue": True, "bestRating": 1e300}, (None, None, None)),
        ([{"alternateName": ["Fake"]}], ("Fake", None, None)),
        ("Fake", ("Fake", None, None)),
        (17, (None, None, None)),
        ({"alternateName": {"a": 1}, "ratingValue": {}}, (None, None, None)),
    ],
)
def test_a_rating_is_kept_as_text_and_numbers(given: Any, kept: tuple[Any, ...]) -> None:
    row = only(claim_review(reviewRating=given))
    assert (row["rating_text"], row["rating_value"], row["rating_best"]) == kept


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("False. It is old", "false"),
        ("Falso – no pasó", "falso"),
        ("Fake (old video)", "fake"),
        ("True, but", None),
        ("Half-true", None),
        ("!!! Fake: no", "fake"),
    ],
)
def test_a_rating_may_come_before_its_reasons(text: str, head: str | None) -> None:
    assert only(claim_review(reviewRating=text))["rating_head_key"] == head


@pytest.mark.parametrize(
    ("claim", "more", "language", "countries"),
    [
        ("越南关闭大桥", {}, "zho", "VNM"),
        ("ベトナムで橋が閉鎖", {}, "jpn", "VNM"),
        ("베트남과 태국", {}, "kor", "THA VNM"),
        ("Le Viêt-Nam et la Thaïlande", {"inLanguage": "fr"}, "fra", "THA VNM"),
        ("Cầu ở Việt Nam đã đóng", {}, "vie", "VNM"),
        ("A film of the Vietnam War", {"inLanguage": {"alternateName": "en"}}, "eng", ""),
        ("Vietnam", {"inLanguage": "klingon"}, None, "VNM"),
    ],
)
def test_countries_are_found_by_whole_names_in_the_texts_language(
    claim: str, more: dict[str, Any], language: str | None, countries: str
) -> None:
    row = only(claim_review(claimReviewed=claim, url="https://many.example/a", **more))
    assert (row["language_code_iso639_3"], row["named_country_codes_iso3"]) == (language, countries)


def test_a_title_names_a_country_as_well_and_nothing_else_does() -> None:
    review = claim_review(claimReviewed="A bridge", name="Thailand did not", about="Vietnam")
    assert only(review)["named_country_codes_iso3"] == "THA"


@pytest.mark.parametrize(
    ("element", "place", "why"),
    [
        (5, "dataFeedElement[1]", "a int, expected an object"),
        (None, "dataFeedElement[1]", "a NoneType, expected an object"),
        ({}, "dataFeedElement[1]", "no ClaimReview"),
        ({"item": "text"}, "dataFeedElement[1]", "no ClaimReview"),
        ({"item": [{"@type": "Article", "url": URL}]}, "dataFeedElement[1]", "no ClaimReview"),
        (
            {"item": [[claim_review(claimReviewed=...)]]},
            "dataFeedElement[1].item[0][0].claimReviewed",
            "claimReviewed: not given",
        ),
        (
            {"item": [claim_review(claimReviewed={"a": 1})]},
            "dataFeedElement[1].item[0].claimReviewed",
            "claimReviewed: no text",
        ),
    ],
)
def test_what_is_no_review_is_a_reject_with_its_place(element: Any, place: str, why: str) -> None:
    assert reason(element) == (place, why)


def test_reviews_are_found_in_lists_and_nested() -> None:
    one, two, three = (claim_review(claimReviewed=f"Claim {number}") for number in range(3))
    two["hasPart"] = {"@graph": [three]}
    parsed = parse(
        feed([{"item": one}], {"item": [[two]]}, claim_review(**{"@type": ["ClaimReview"]}))
    )
    assert {row["claim_text"] for row in rows(parsed)} == {
        "Claim 0", "Claim 1", "Claim 2", "Vietnam closed a bridge",
    }  # fmt: skip


def test_an_element_that_nobody_can_decode_is_one_reject() -> None:
    good = json.dumps(claim_review()).encode()
    bad = (b"[" * 100_000 + b"]" * 100_000, b"9" * 5_000, b'{"a": ' + b"1" * 5_000 + b"}")
    parsed = parse(b'{"dataFeedElement": [' + b",".join((good, *bad, *[good] * 3)) + b"]}")
    assert parsed.rows_kept == 1
    assert [(r.line_number, r.reason) for r in parsed.rejects] == [
        (2, "nested too deep"),
        (3, "an endless number"),
        (4, "an endless number"),
    ]


def test_bytes_that_are_no_text_are_replaced_and_counted() -> None:
    payload = b"\xef\xbb\xbf" + feed(claim_review(claimReviewed="A ? claim")).replace(
        b"?", b"\xff\xfe"
    )
    parsed = parse(payload)
    assert parsed.bytes_replaced == 2
    assert "claim" in rows(parsed)[0]["claim_text"]


GOOD = feed(claim_review(), {"item": claim_review(claimReviewed="Other")})


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (b"", "no bytes at all"),
        (b"   ", "byte 3: cut short"),
        (b"<html>", "byte 0: expected {"),
        (b"[]", "byte 0: expected {"),
        (GOOD[:-2], f"byte {len(GOOD) - 2}: cut short"),
        (GOOD[: len(GOOD) // 2], "byte "),
        (GOOD + b"x", f"byte {len(GOOD)}: more text"),
        (GOOD.replace(b"}, {", b"} {"), "expected , or ]"),
        (b"{}", "without a list dataFeedElement"),
        (b'{"dataFeedElement": {"item": []}}', "without a list dataFeedElement"),
        (b'{"dataFeedElement": []}', "without any element"),
        (b'{"dataFeedElement": [tru]}', "byte 21: no JSON"),
        (b"\x1f\x8b\x08\x00", "byte 0: expected {"),
        (GOOD.decode().encode("utf-16"), "byte 0: expected {"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_as_a_whole_with_the_byte(payload: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match="reviews@2026-07-01") as caught:
        parse(payload)
    assert said in str(caught.value)
    assert "Vietnam" not in str(caught.value), "what a file says is not repeated"


def test_a_feed_may_be_cut_at_any_byte_and_is_refused() -> None:
    for length in range(len(GOOD)):
        with pytest.raises(FileRefused):
            parse(GOOD[:length])
    assert parse(GOOD).rows_kept == 2


def test_an_element_without_end_is_refused_in_bounded_memory() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            start = b'{"dataFeedElement": ["' if not self.given else b""
            self.given += size
            return start + b"x" * (size - len(start))

    handle = Endless()
    with pytest.raises(FileRefused, match=r"byte 21: .* more than"):
        factchecks.parse(
            handle, seen_at=SEEN, checkers=CHECKERS, country_names=names(), file_name="f"
        )
    assert handle.given < 4 * ELEMENT_LIMIT


def test_a_layout_that_changed_is_refused() -> None:
    with pytest.raises(SchemaDrift, match=r"3 rejects among 4 elements.*dataFeedElement\[0\]"):
        parse(feed({"a": 1}, {"b": 2}, {"c": 3}, claim_review()))


def test_a_digest_tells_what_the_publisher_said_from_what_lists_say() -> None:
    one = only(claim_review())
    again = dict(one)
    assert one["content_digest"] == again["content_digest"]
    other = only(claim_review(reviewRating={"alternateName": "True"}))
    assert other["review_id"] == one["review_id"]
    assert other["content_digest"] != one["content_digest"]


def test_the_last_day_of_a_window_is_asked_for() -> None:
    window = Window(parse_instant("2026-07-01T05:30Z"), parse_instant("2026-07-03T05:30Z"))
    (file,) = factchecks.expected_files(window)
    assert (file.file_name, file.slot_at) == ("reviews@2026-07-03", parse_instant("2026-07-03"))
    whole = Window(parse_instant("2026-07-01"), parse_instant("2026-07-03"))
    assert [file.file_name for file in factchecks.expected_files(whole)] == ["reviews@2026-07-02"]
    assert list(factchecks.expected_files(Window(whole.start, whole.start))) == []
