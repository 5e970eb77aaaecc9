"""Links between copies: found in about linear time, and verified."""

from __future__ import annotations

import random

import pytest

from tiengvang.stories.similarity import (
    BANDS,
    VALUES_PER_BAND,
    WINDOW_SECONDS,
    Row,
    Signatures,
    find_links,
)
from tiengvang.stories.titles import count_words, jaccard, normalise

TITLE = "Vietnam opens a deep water port near Hai Phong after long debate"


def row(
    number: int,
    title: str | None = None,
    slot: int | None = None,
    url: str | None = None,
    tone: str | None = None,
    group: str = "g",
) -> Row:
    key = None if title is None else normalise(title)
    return Row(
        group, f"r{number:06}", 900 * number if slot is None else slot, url or f"a.example/{number}",
        key, count_words(key or ""), tone,
    )  # fmt: skip


def links(*rows: Row) -> list[tuple[int, int]]:
    return [(int(one), int(other)) for one, other in find_links(rows, Signatures())]


SHORTENED = "Vietnam opens a deep water port near Hai Phong"
SHORT = "Daily gold prices"


@pytest.mark.parametrize(
    ("one", "other", "is_linked"),
    [
        ({"url": "a.example/1"}, {"url": "a.example/1"}, True),
        ({"url": "a.example"}, {"url": "a.example"}, False),  # a front page
        ({"title": TITLE}, {"title": TITLE.upper()}, True),
        ({"title": TITLE}, {"title": f"{TITLE}, officials say"}, True),  # 10 of 12 shingles
        ({"title": TITLE}, {"title": SHORTENED}, False),  # 7 of 10
        ({"title": TITLE, "tone": "t"}, {"title": SHORTENED, "tone": "t"}, True),
        ({"title": TITLE, "tone": "t"}, {"title": SHORTENED, "tone": "u"}, False),
        ({"title": SHORT}, {"title": SHORT}, False),
        ({"title": SHORT, "tone": "t"}, {"title": SHORT, "tone": "t"}, True),
        ({"title": SHORT, "tone": "t"}, {"title": SHORT, "tone": "u"}, False),
        ({"title": TITLE, "group": "g"}, {"title": TITLE, "group": "h"}, False),
        ({"title": TITLE, "slot": 0}, {"title": TITLE, "slot": WINDOW_SECONDS}, True),
        ({"title": TITLE, "slot": 0}, {"title": TITLE, "slot": WINDOW_SECONDS + 900}, False),
        ({"title": None, "tone": "t"}, {"title": None, "tone": "t"}, False),
    ],
)
def test_the_rule(one: dict[str, str], other: dict[str, str], is_linked: bool) -> None:
    found = links(row(0, **one), row(1, **other))  # type: ignore[arg-type]
    assert found == ([(0, 1)] if is_linked else [])


def test_similar_titles_are_found_as_often_as_the_bands_promise() -> None:
    dice = random.Random(7)
    found = expected = 0
    promised = 0.0
    for _ in range(120):
        words = [f"w{dice.randrange(10**6)}" for _ in range(30)]
        other = [*words[: dice.choice([27, 28])], *(f"x{dice.randrange(10**6)}" for _ in range(2))]
        likeness = jaccard(" ".join(words), " ".join(other))
        if likeness >= 0.8:
            expected += 1
            promised += 1 - (1 - likeness**VALUES_PER_BAND) ** BANDS
            found += len(links(row(0, " ".join(words)), row(1, " ".join(other))))
    assert expected > 50
    assert promised / expected > 0.997
    assert found >= expected - 1


def test_thousands_of_one_title_have_as_many_links() -> None:
    rows = [row(n, TITLE, slot=n, tone="t") for n in range(3_000)]
    assert len(find_links(rows, Signatures())) == len(rows) - 1


def test_links_of_similar_titles_grow_with_the_titles_and_not_with_their_pairs() -> None:
    def count(titles: int) -> int:
        rows = [
            row(n, f"{TITLE} and more of the same {n}", slot=n, tone="t") for n in range(titles)
        ]
        return len(find_links(rows, Signatures()))

    assert 599 <= count(600) < count(1_200) < 3 * count(600)


def test_only_pairs_with_a_new_row_are_found_anew() -> None:
    rows = [row(n, TITLE, slot=n, url="a.example/1") for n in range(6)]
    signatures = Signatures()
    whole = find_links(rows, signatures).tolist()
    in_parts = [
        *find_links(rows[:3], signatures).tolist(),
        *find_links(rows, signatures, 3).tolist(),
    ]
    assert in_parts == whole
