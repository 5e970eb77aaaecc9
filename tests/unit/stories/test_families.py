"""Registrable domains, and mirrors that share their texts."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiengvang.stories.families import Mirrors, split_domain


@pytest.mark.parametrize(
    ("domain", "registered", "suffix"),
    [
        ("e.vnexpress.net", "vnexpress.net", "net"),
        ("news.bbc.co.uk", "bbc.co.uk", "co.uk"),
        ("en.nhandan.com.vn", "nhandan.com.vn", "com.vn"),
        ("someone.blogspot.com", "someone.blogspot.com", "blogspot.com"),
        ("blogspot.com", "blogspot.com", "com"),
        ("redriver.example", "redriver.example", ""),
        ("unknown", "unknown", ""),
        ("203.0.113.7", "203.0.113.7", ""),
    ],
)
def test_split_domain(domain: str, registered: str, suffix: str) -> None:
    assert split_domain(domain) == (registered, suffix)


def shared(domains: list[str], count: int, name: str = "v") -> list[tuple[str, str]]:
    return [(f"{name}{n}", domain) for n in range(count) for domain in domains]


def own(domain: str, count: int) -> list[tuple[str, str]]:
    return [(f"{domain}-{n}", domain) for n in range(count)]


def families(*days: list[tuple[str, str]]) -> dict[str, str]:
    mirrors = Mirrors()
    for day in days:
        mirrors.add(day)
    return mirrors.families()


def test_five_shared_vectors_make_mirrors_and_four_do_not() -> None:
    assert families(shared(["b.com", "a.com"], 5)) == {"a.com": "a.com", "b.com": "a.com"}
    assert families(shared(["b.com", "a.com"], 4)) == {}


def test_one_vector_seen_again_is_one_vector() -> None:
    assert families(*[shared(["a.com", "b.com"], 1)] * 9) == {}


def test_a_subscriber_of_the_same_agency_is_no_mirror() -> None:
    day = shared(["a.com", "b.com"], 6) + own("a.com", 20) + own("b.com", 7)
    assert families(day) == {}
    assert families(shared(["a.com", "b.com"], 6) + own("a.com", 20) + own("b.com", 6)) != {}


def test_what_more_than_twenty_carry_is_no_evidence() -> None:
    twenty = [f"o{n:02}.com" for n in range(20)]
    assert len(families(shared(twenty, 5))) == 20
    assert families(shared([*twenty, "o20.com"], 5)) == {}


def test_mirrors_of_mirrors_are_one_family() -> None:
    day = shared(["c.com", "b.com"], 5, "v") + shared(["b.com", "a.com"], 5, "w")
    assert set(families(day).values()) == {"a.com"}


def test_thirty_days_count_and_no_more() -> None:
    day = shared(["a.com", "b.com"], 5)
    assert families(day, *[[]] * 29) != {}
    assert families(day, *[[]] * 30) == {}
    # The two outlets print a text weeks apart.
    assert families(own("x", 5), shared(["a.com"], 5), *[[]] * 28, shared(["b.com"], 5)) != {}
    assert families(shared(["a.com"], 5), *[[]] * 29, shared(["b.com"], 5)) == {}


domains = st.sampled_from([f"{name}.com" for name in "abcdef"])
days = st.lists(
    st.lists(st.tuples(st.sampled_from([f"v{n}" for n in range(9)]), domains), max_size=25),
    min_size=1,
    max_size=5,
)


@given(days, st.integers(0, 29))
@settings(max_examples=80)
def test_the_sliding_counts_are_those_of_the_window(
    given_days: list[list[tuple[str, str]]], empty: int
) -> None:
    """With a limit of three carriers, so that vectors cross it both ways."""
    import tiengvang.stories.families as module

    patch = pytest.MonkeyPatch()
    patch.setattr(module, "MOST_DOMAINS_OF_EVIDENCE", 3)
    patch.setattr(module, "MIN_SHARED_VECTORS", 2)
    stretched = [day for given_day in given_days for day in (given_day, *[[]] * (empty // 4))]
    mirrors = Mirrors()
    try:
        for number, day in enumerate(stretched):
            mirrors.add(day)
            window = [
                sighting for d in stretched[max(0, number - 29) : number + 1] for sighting in d
            ]
            assert mirrors.families() == by_hand(window)
    finally:
        patch.undo()


def by_hand(window: list[tuple[str, str]]) -> dict[str, str]:
    carriers: dict[str, set[str]] = {}
    for vector, domain in window:
        carriers.setdefault(vector, set()).add(domain)
    names = sorted({domain for _, domain in window})
    documents = {
        name: sum(domain == name and len(carriers[vector]) <= 3 for vector, domain in window)
        for name in names
    }
    family = {name: {name} for name in names}
    for one, other in combinations(names, 2):
        common = [v for v, who in carriers.items() if {one, other} <= who and len(who) <= 3]
        if len(common) >= max(2, 0.5 * min(documents[one], documents[other])):
            together = family[one] | family[other]
            for name in together:
                family[name] = together
    return {name: min(members) for name, members in family.items() if len(members) > 1}
