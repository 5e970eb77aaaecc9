"""Titles: cleaned, normalised, counted, cut into shingles; the site's name taken off."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tiengvang.stories.site_names import strip_site_name
from tiengvang.stories.titles import (
    clean_title,
    count_words,
    is_spaceless,
    jaccard,
    normalise,
    shingles,
)


@pytest.mark.parametrize(
    ("published", "clean"),
    [
        ("Rice &amp; coffee", "Rice & coffee"),
        ("Rice &amp;amp;amp; coffee", "Rice & coffee"),
        ("&lt;b&gt;Rice&lt;/b&gt; exports", "Rice exports"),
        ("Exports <br/>rise<!-- ad -->", "Exports rise"),
        ("Growth < 5 % and > 3 %", "Growth < 5 % and > 3 %"),
        ("Viá»‡t Nam", "Việt Nam"),
        ("Vie\u0323\u0302t Nam", "Việt Nam"),
        ("  Two\u00a0lines\r\n\there ", "Two lines here"),
        ("bell\x07 and \u202eoverride\u202c, \ufeffmark", "bell and override, mark"),
        ("“Curly” ‘quotes’ stay", "“Curly” ‘quotes’ stay"),
        ("می‌خواهم", "می‌خواهم"),  # a joiner that belongs to the word
        (" \t", None),
        ("<p></p>", None),
        (None, None),
    ],
)
def test_clean_title(published: str | None, clean: str | None) -> None:
    assert clean_title(published) == clean


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@example("&amp;lt;b&amp;gt;x")
@example("<<b>b>x")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    clean = clean_title(text)
    assert clean_title(clean) == clean
    assert clean is None or not any(unicodedata.category(c) == "Cc" for c in clean)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    key = normalise(text)
    assert normalise(key) == key
    assert key == " ".join(key.split())


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Vietnam's GDP: up 7.5%!", "vietnam s gdp up 7 5"),
        ("ＶＩＥＴＮＡＭ　Straße", "vietnam strasse"),
        ("TIN MỚI — Hà Nội", "tin mới hà nội"),
        ("हिन्दी समाचार", "हिन्दी समाचार"),  # vowel signs are marks, and stay
        ("!?", ""),
    ],
)
def test_normalise(title: str, key: str) -> None:
    assert normalise(title) == key


@pytest.mark.parametrize(
    ("key", "words", "spaceless"),
    [
        ("vietnam opens a port", 4, False),
        ("越南咖啡出口增长", 4, True),
        ("越南", 1, True),
        ("ベトナムのコーヒー", 5, True),
        ("เวียดนามเปิดท่าเรือ", 5, True),
        ("베트남 커피 수출", 3, False),
        ("kimi 拟赴港 ipo", 4, False),
        ("", 0, False),
    ],
)
def test_words(key: str, words: int, spaceless: bool) -> None:
    assert count_words(key) == words
    assert is_spaceless(key) is spaceless


def test_shingles() -> None:
    assert shingles("a b c d") == {"a b c", "b c d"}
    assert shingles("a b") == {"a b"}
    assert shingles("越南咖啡出") == {"越 南 咖 啡", "南 咖 啡 出"}
    assert shingles("") == frozenset()
    assert jaccard("a b c d", "a b c e") == pytest.approx(1 / 3)
    assert jaccard("", "") == 0


@given(st.text("abcd ", max_size=30), st.text("abcd ", max_size=30))
def test_jaccard_is_symmetric_and_one_for_equal_keys(one: str, other: str) -> None:
    one, other = normalise(one), normalise(other)
    assert 0 <= jaccard(one, other) == jaccard(other, one) <= 1
    assert jaccard(one, one) == (1 if one else 0)


@pytest.mark.parametrize(
    ("title", "domain", "name", "bare"),
    [
        ("Port opens - Red River Reporter", "redriverreporter.example", None, "Port opens"),
        ("Port opens | Winnipeg Free Press", "winnipegfreepress.com", None, "Port opens"),
        ("Port opens – The Straits Times", "straitstimes.com", None, "Port opens"),
        ("Port opens - BBC News", "bbc.co.uk", None, "Port opens"),
        ("Port opens - SCMP", "scmp.com", None, "Port opens"),
        ("Port opens - South China Morning Post", "scmp.com", None, "Port opens"),
        ("Port opens - Tuổi Trẻ Online", "tuoitre.vn", None, "Port opens"),
        ("Port opens - NYT Asia Desk", "nytimes.com", "NYT Asia Desk", "Port opens"),
        ("VnExpress International: Port opens", "e.vnexpress.net", "VnExpress International",
         "Port opens"),
        ("A new port opens today | Business | World | Oriental Daily", "orientaldaily.com.my", None,
         "A new port opens today"),
        ("何以扭亏为盈的故事_财富号_东方财富网", "eastmoney.com", None, "何以扭亏为盈的故事"),
        # What only looks like a site's name stays.
        ("Vietnam 2-1 Thailand - full report", "bbc.com", None, "Vietnam 2-1 Thailand - full report"),
        ("Live | Floods reach the capital of the delta", "a.com", None,
         "Live | Floods reach the capital of the delta"),
        ("Ho Chi Minh City - a guide to the bay", "news.com", None,
         "Ho Chi Minh City - a guide to the bay"),
        ("Well-known e-commerce firm exits", "ecommerce.com", None,
         "Well-known e-commerce firm exits"),
        ("Reuters", "reuters.com", None, "Reuters"),
        (" - Reuters", "reuters.com", None, " - Reuters"),
    ],
)  # fmt: skip
def test_strip_site_name(title: str, domain: str, name: str | None, bare: str) -> None:
    assert strip_site_name(title, domain, name) == bare


@given(st.text(max_size=50), st.sampled_from(["a.com", "vnexpress.net", "x.example"]))
def test_stripping_leaves_a_part_of_the_title(title: str, domain: str) -> None:
    bare = strip_site_name(title, domain)
    assert bare in title
    assert bool(normalise(bare)) == bool(normalise(title))
