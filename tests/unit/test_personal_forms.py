"""Contacts are found however they are spelled; dates, sums, codes and documents are none."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.personal_forms import holds_email, holds_number, without_contacts
from tiengvang.sources.factchecks_text import plain_text, web_address

EMAILS = [
    "jane@gov.vn",
    "Liên hệ jane.doe+news@sub.gov.com.vn.",
    "jane＠gov.vn",
    "jane @ gov.vn",
    "jane%40gov.vn",
    "jane%2540gov.vn",
    "jane&#64;gov.vn",
    "https://x.org/?email=jane%40gov.vn",
    "https://x.org/?email=jane+%40+gov.vn",
    "https://jane:pw@localhost/a",
]
NO_EMAILS = [
    "youtube.com/@kenh",
    "https://maps.example/@21.0278,105.8342,15z",
    "https://cdn.example/npm/jquery@3.7.1/dist",
    "5 kg @ 10.000 đ",
    "mã 50%",
]
NUMBERS = [
    "ĐT.0912345678",
    "ĐT0912345678",
    "ĐT: 0912 345 678",
    "Tel-0912345678",
    "tel/0912 345 678",
    "(024) 3825 1234",
    "84 912 345 678",
    "+84 (0) 912-345-678",
    "0084 912 345 678",
    "０９１２３４５６７８",
    "0912.345.678",
    "CCCD079099012345",
    "123456789",
    "gọi 5 lần 0912 345 678",
]
NO_NUMBERS = [
    "1.050.000.000 đồng",
    "1 050 000 000",
    "1.000.000.000.000",
    "2,050,000,000",
    "84.912.345.678 đồng",
    "0.0123456789",
    "58/63 = 0.920634920635, 2024-2026",
    "Kế hoạch 01.07.2026-31.12.2026",
    "2026-07-01T08:30+07:00",
    "Nghị quyết 202/2025/QH15 ngày 12/06/2025",
    "https://example.org/2026/bai-0912345678.html",
    "202607010830",
    "08-2025, 01-2008",
    "foreign_language_site, plan-2026-07",
]


@pytest.mark.parametrize("text", EMAILS)
def test_an_email_address_is_found(text: str) -> None:
    assert holds_email(text)
    assert "gov.vn" not in without_contacts(text)


@pytest.mark.parametrize("text", [*NO_EMAILS, *NUMBERS, *NO_NUMBERS])
def test_what_is_no_email_address(text: str) -> None:
    assert not holds_email(text)


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_of_a_person_is_found(text: str) -> None:
    assert holds_number(text)


@pytest.mark.parametrize("text", [*NO_NUMBERS, *NO_EMAILS])
def test_what_is_no_number_of_a_person(text: str) -> None:
    assert not holds_number(text)
    assert without_contacts(text) == text


@given(
    st.sampled_from(["", "ĐT", "ĐT.", "Tel-", "tel/", "gọi ", "("]),
    st.from_regex(r"\A0[1-9][0-9]{8}\Z"),
    st.sampled_from(["", " ", ".", "-", ". "]),
)
def test_a_mobile_number_is_found_however_it_is_grouped(head: str, digits: str, gap: str) -> None:
    text = head + gap.join((digits[:4], digits[4:7], digits[7:]))
    assert holds_number(text)
    assert not re.search(r"\d{3}", without_contacts(text))


@given(
    st.dates(date(1901, 1, 1), date(2100, 12, 31)), st.dates(date(1901, 1, 1), date(2100, 12, 31))
)
def test_days_are_no_numbers_of_persons(one: date, other: date) -> None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y%m%d"):
        text = f"{one.strftime(form)} - {other.strftime(form)}"
        assert not holds_number(text), text


@given(st.integers(1_000_000, 10**15), st.sampled_from(".,"))
def test_grouped_sums_of_money_are_no_numbers_of_persons(amount: int, mark: str) -> None:
    assert not holds_number(f"{amount:,} đồng".replace(",", mark))


@given(st.datetimes())
def test_instants_are_no_numbers_of_persons(moment: datetime) -> None:
    assert not holds_number(f"{moment.isoformat(timespec='minutes')}+07:00")


@pytest.mark.parametrize(
    "text",
    [
        *EMAILS[:7],
        "jane<b>@</b>gov.vn",
        "jane <i>@</i> gov<b>.vn</b>",
        "jane&lt;b&gt;@&lt;/b&gt;gov.vn",
    ],
)
def test_a_published_text_keeps_no_email_address(text: str) -> None:
    plain = plain_text(f"Claim by {text} today", 200)
    assert plain is not None
    assert "[…]" in plain
    assert "gov" not in plain


@pytest.mark.parametrize("text", NUMBERS[:-3])
def test_a_published_text_keeps_no_telephone_number(text: str) -> None:
    plain = plain_text(f"Claim: {text}.", 200)
    assert plain is not None
    assert "[…]" in plain
    assert not re.search(r"345|1234", plain)


def test_decoding_a_contact_brings_no_markup_back() -> None:
    plain = plain_text("jane%40gov.vn %3Cscript%3Ealert(1)%3C/script%3E %0a", 200)
    assert plain is not None
    assert not re.search(r"<[a-z/]", plain)


@pytest.mark.parametrize("query", ["m=jane%40gov.vn", "m=jane%2540gov.vn", "m=jane＠gov.vn"])
def test_an_address_that_holds_an_email_address_is_none(query: str) -> None:
    assert isinstance(web_address(f"https://x.org/a?{query}"), str)
    assert isinstance(web_address("https://x.org/a?m=50%25"), tuple)
