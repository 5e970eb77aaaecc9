"""Canonical keys of addresses."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tiengvang.stories.urls import canonical_url, names_a_page


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.example.com/a/b.html", "example.com/a/b.html"),
        ("HTTP://Example.COM:80/a/b.html#top", "example.com/a/b.html"),
        ("https://m.example.com/a/b.html?utm_source=x&fbclid=1", "example.com/a/b.html"),
        ("https://amp.example.com/a/b/amp/", "example.com/a/b"),
        ("https://example.com/a/b.amp.html", "example.com/a/b.html"),
        ("https://example.com/amp/a/b", "example.com/a/b"),
        ("https://example.com/view.php?id=7&page=2", "example.com/view.php?id=7&page=2"),
        ("https://example.com/view.php?page=2&id=7&ref=home", "example.com/view.php?id=7&page=2"),
        ("https://example.com/Tin-T%e1%bb%a9c/", "example.com/Tin-T%E1%BB%A9c"),
        ("https://example.com/Tin-Tức", "example.com/Tin-T%E1%BB%A9c"),
        ("//example.com/a", "example.com/a"),
        ("https://example.com:8443/a", "example.com:8443/a"),
        ("https://me.example.com/a", "me.example.com/a"),
        ("https://m.com/a", "m.com/a"),
        ("https://example.com/campaign/ample", "example.com/campaign/ample"),
        ("https://user@example.com/", "example.com"),
        ("BBC Monitoring", "bbc monitoring"),
        ("https://[broken/a", "https://[broken/a"),
    ],
)
def test_canonical_url(url: str, key: str) -> None:
    assert canonical_url(url) == key


@given(st.text("abwm./:?&=#%20-_[]@ Aứ", max_size=40))
@example("http://http://x")
@example(":80/X")
@example("x/.amp/amp")
@example("a?%3D=1&=2")
def test_the_key_of_a_key_is_the_key(url: str) -> None:
    key = canonical_url(url)
    assert canonical_url(key) == key


hosts = st.from_regex(r"[a-z]{2,8}\.(com|vn|co\.uk)", fullmatch=True)
paths = st.lists(st.from_regex(r"[a-zA-Z0-9-]{1,8}", fullmatch=True), max_size=3)


@given(
    hosts,
    paths,
    st.dictionaries(
        st.sampled_from(["id", "p", "page", "aid"]), st.from_regex(r"[0-9]{1,3}", fullmatch=True)
    ),
    st.sampled_from(["https://", "http://", "https://www.", "http://m.", "//amp."]),
    st.sampled_from(["", "#x", "/", "/#x"]),
    st.dictionaries(st.sampled_from(["utm_source", "fbclid", "ref", "gclid"]), st.just("z")),
)
def test_what_does_not_tell_pages_apart_does_not_matter(
    host: str, path: list[str], query: dict[str, str], start: str, end: str, noise: dict[str, str]
) -> None:
    plain = "/".join([host, *path])
    wanted = "&".join(f"{name}={value}" for name, value in sorted(query.items()))
    asked = "&".join(f"{name}={value}" for name, value in [*noise.items(), *query.items()])
    slash, fragment = end.startswith("/"), "#x" if end.endswith("#x") else ""
    url = f"{start}{plain}{'/' if slash else ''}{'?' + asked if asked else ''}{fragment}"
    expected = "/".join([host, *(part for part in path if part != "amp")])
    assert canonical_url(url) == expected + (f"?{wanted}" if wanted else "")


def test_a_front_page_is_no_page() -> None:
    assert not names_a_page(canonical_url("https://www.example.com/"))
    assert names_a_page(canonical_url("https://www.example.com/?p=7"))
    assert names_a_page(canonical_url("https://www.example.com/a"))
