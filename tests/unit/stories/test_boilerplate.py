"""Shared tone vectors: notices are boilerplate, copies are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiengvang.stories.boilerplate import WINDOW_SECONDS, Page, find_boilerplate, title_similarity
from tiengvang.stories.titles import normalise

DAY = 86_400
FLOOD = "floods close roads near the coast"
BANK = "central bank cuts its main rate again"
CUP = "national team wins the regional cup"
ENDLESS = 10**12


def page(number: int, domain: str, title: str | None, day: float = 0, vector: str = "v") -> Page:
    return Page(f"r{number}", int(day * DAY), domain, title, vector)


def judged(pages: list[Page], families: dict[str, str] | None = None) -> set[str]:
    return find_boilerplate(pages, lambda _: families or {}, -ENDLESS, ENDLESS)


def test_two_titles_of_one_outlet_with_one_vector_are_boilerplate() -> None:
    assert judged([page(1, "a.com", FLOOD), page(2, "a.com", BANK)]) == {"r1", "r2"}


def test_two_titles_of_two_outlets_are_not() -> None:
    assert judged([page(1, "a.com", FLOOD), page(2, "b.com", BANK)]) == set()


def test_mirrors_are_one_outlet() -> None:
    pages = [page(1, "a.com", FLOOD), page(2, "b.com", BANK)]
    assert judged(pages, {"a.com": "a.com", "b.com": "a.com"}) == {"r1", "r2"}


def test_three_titles_of_three_outlets_are_boilerplate_for_all_that_share_it() -> None:
    pages = [page(1, "a.com", FLOOD), page(2, "b.com", BANK), page(3, "c.com", CUP)]
    assert judged([*pages, page(4, "d.com", FLOOD), page(5, "e.com", None)]) == {
        "r1", "r2", "r3", "r4", "r5",
    }  # fmt: skip


def test_another_outlet_may_show_the_article_itself() -> None:
    pages = [page(1, "a.com", FLOOD), page(2, "a.com", BANK), page(3, "b.com", FLOOD)]
    assert judged(pages) == {"r1", "r2"}


def test_similar_titles_are_copies() -> None:
    copies = [FLOOD, f"{FLOOD} again", "floods close roads", f"breaking {FLOOD}"]
    assert judged([page(n, f"{n % 2}.com", title) for n, title in enumerate(copies)]) == set()


def test_a_copy_of_a_copy_is_a_copy() -> None:
    drifted = ["a b c d e f", "a b c d x y", "a b u w x y", "t s u w x y"]
    assert title_similarity(drifted[0], drifted[-1]) < 0.5
    assert judged([page(n, "a.com", title) for n, title in enumerate(drifted)]) == set()


def test_seven_days_are_near_and_more_are_not() -> None:
    assert judged([page(1, "a.com", FLOOD), page(2, "a.com", BANK, day=7)]) == {"r1", "r2"}
    assert judged([page(1, "a.com", FLOOD), page(2, "a.com", BANK, day=7.01)]) == set()


def test_only_pages_of_the_asked_days_are_judged() -> None:
    pages = [page(1, "a.com", FLOOD), page(2, "a.com", BANK, day=2)]
    assert find_boilerplate(pages, lambda _: {}, DAY, 3 * DAY) == {"r2"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a.com", "b.com", "c.com", "d.com"]),
            st.sampled_from([FLOOD, BANK, CUP, f"{BANK} today", None]),
            st.integers(0, 30),
            st.sampled_from(["v", "w"]),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60)
def test_the_verdict_is_that_of_the_rule_in_any_order(
    drawn: list[tuple[str, str | None, int, str]], dice: object
) -> None:
    pages = [page(n, *values) for n, values in enumerate(drawn)]
    expected = {p.record_id for p in pages if is_boilerplate(p, pages)}
    dice.shuffle(pages)  # type: ignore[attr-defined]
    assert judged(pages) == expected


def is_boilerplate(one: Page, pages: list[Page]) -> bool:
    near = [
        p for p in pages if p.tone_key == one.tone_key and abs(p.slot - one.slot) <= WINDOW_SECONDS
    ]
    own = [p for p in near if p.registered_domain == one.registered_domain]
    return different_titles(own) >= 2 or different_titles(near) >= 3


def different_titles(pages: list[Page]) -> int:
    """These titles are alike or not without any chain, so that picking the first ones counts them."""
    picked: list[str] = []
    for title in sorted({p.title_key for p in pages if p.title_key is not None}):
        if all(title_similarity(title, other) < 0.5 for other in picked):
            picked.append(title)
    return len(picked)


def test_a_vector_of_thousands_costs_thousands() -> None:
    def seconds(count: int) -> float:
        pages = [
            page(
                n,
                f"o{n % 50}.com",
                normalise(f"w{n * 7919 % count} x{n * 104729 % count} y{n}"),
                n / count,
            )
            for n in range(count)
        ]
        start = time.process_time()
        assert len(judged(pages)) == count
        return time.process_time() - start

    seconds(100)
    assert seconds(4_000) < 8 * seconds(1_000)


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("vietnam opens a new port", "vietnam opens a new port today", True),
        ("vietnam opens a new port", "thailand closes an old mine", False),
        ("越南咖啡出口增长受关注", "越南咖啡出口增长", True),
        ("越南咖啡出口增长受关注", "泰国游客人数下降明显", False),
        ("ผู้ส่งออกไทยปฏิเสธแผนรถไฟ", "ผู้ส่งออกไทยปฏิเสธแผนรถไฟใหม่", True),
        ("ผู้ส่งออกไทยปฏิเสธแผนรถไฟ", "ตำรวจมาเลเซียทบทวนกฎหมายข้อมูล", False),
    ],
)
def test_title_similarity(one: str, other: str, is_alike: bool) -> None:
    assert (title_similarity(one, other) >= 0.5) is is_alike
    assert title_similarity(one, other) == title_similarity(other, one)
