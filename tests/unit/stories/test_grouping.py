"""Stories are a function of the set of documents, whatever order, split or history they came with."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tiengvang.stories.grouping import DAY_SECONDS, RowKey, Stories, group_rows
from tiengvang.stories.regrouping import Day, StoredStory, regroup
from tiengvang.stories.similarity import WINDOW_SECONDS, Row
from tiengvang.stories.titles import count_words, jaccard, normalise
from tiengvang.stories.urls import names_a_page

# Titles of six stories, near and far from each other, so that chains and bridges arise.
TITLES = (
    "Vietnam opens a new deep water port near Hai Phong this week",
    "Vietnam opens a new deep water port near Hai Phong",
    "Vietnam opens a new deep water port",
    "opens a new deep water port near Hai Phong this week again",
    "Floods close roads in the Mekong delta after heavy rain",
    "Floods close roads in the Mekong delta after a storm",
    "Daily prices",
    None,
)
few = settings(max_examples=40)
URLS = ("a.example/1", "a.example/2", "b.example/3", "b.example")


@st.composite
def rows(draw: st.DrawFn, most: int = 22, days: int = 9) -> list[Row]:
    count = draw(st.integers(1, most))
    made = []
    for number in range(count):
        title = draw(st.sampled_from(TITLES))
        key = None if title is None else normalise(title)
        made.append(
            Row(
                group=draw(
                    st.sampled_from(["VNM|foreign|eng", "VNM|foreign|eng", "THA|owned|eng"])
                ),
                record_id=f"r{number}",
                slot=900 * draw(st.integers(0, days * 96 - 1)),
                url_key=draw(st.one_of(st.sampled_from(URLS), st.just(f"c.example/{number}"))),
                title_key=key,
                title_word_count=count_words(key or ""),
                tone_key=draw(st.sampled_from(["t1", "t2", None])),
            )
        )
    return made


def is_linked(one: Row, other: Row) -> bool:
    """The rule as it is written, for every pair."""
    if one.group != other.group or abs(one.slot - other.slot) > WINDOW_SECONDS:
        return False
    if one.url_key == other.url_key and names_a_page(one.url_key):
        return True
    if one.title_key is None or other.title_key is None:
        return False
    is_same_tone = one.tone_key is not None and one.tone_key == other.tone_key
    if min(one.title_word_count, other.title_word_count) < 4 and not is_same_tone:
        return False
    likeness = jaccard(one.title_key, other.title_key)
    return likeness >= 0.8 or (is_same_tone and likeness >= 0.5)


def grouped_by_hand(given_rows: Iterable[Row]) -> Stories:
    """The definition as it is written, without any of the shortcuts."""
    free = sorted(given_rows, key=lambda row: row.order)
    stories: Stories = {}
    while free:
        opener = free[0]
        members = [opener]
        near = [row for row in free if row.slot - opener.slot <= WINDOW_SECONDS]
        for member in members:
            members += [r for r in near if r not in members and is_linked(member, r)]
        for member in members:
            stories[member.group, member.record_id] = opener.record_id
        free = [row for row in free if row not in members]
    return stories


class Store:
    """What a warehouse holds: rows, and the stories of the last time."""

    def __init__(self) -> None:
        self.rows: dict[RowKey, Row] = {}
        self.stories: Stories = {}
        self.slots: dict[RowKey, int] = {}
        self.days_read: list[int] = []

    def read_day(self, day: int) -> Day:
        self.days_read.append(day)
        return Day(
            [row for row in self.rows.values() if row.slot // DAY_SECONDS == day],
            {
                key: StoredStory(story, self.slots[key[0], story])
                for key, story in self.stories.items()
                if self.slots[key] // DAY_SECONDS == day
            },
        )

    def change(self, come: Iterable[Row], gone: Iterable[RowKey] = ()) -> None:
        days = set()
        for key in gone:
            days.add(self.rows.pop(key).slot // DAY_SECONDS)
        for row in come:
            key = row.group, row.record_id
            self.rows[key] = row
            self.slots[key] = row.slot
            days.add(row.slot // DAY_SECONDS)
        for change in regroup(days, self.read_day):
            for key, story in change.after.items():
                assert self.stories.get(key) == change.before.get(key) != story
                if story is None:
                    del self.stories[key]
                else:
                    self.stories[key] = story


@few
@given(rows())
def test_the_shortcuts_say_what_the_definition_says(given_rows: list[Row]) -> None:
    assert group_rows(given_rows) == grouped_by_hand(given_rows)


@few
@given(rows(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_stories(given_rows: list[Row], dice: object) -> None:
    expected = group_rows(given_rows)
    dice.shuffle(given_rows)  # type: ignore[attr-defined]
    assert group_rows(given_rows) == expected


@few
@given(rows(most=24), st.lists(st.integers(0, 5), min_size=24, max_size=24))
def test_any_split_into_arrivals_gives_the_same_stories(
    given_rows: list[Row], arrivals: list[int]
) -> None:
    store = Store()
    for arrival in sorted(set(arrivals)):
        store.change([r for r, when in zip(given_rows, arrivals, strict=False) if when == arrival])
    assert store.stories == group_rows(given_rows)


@few
@given(rows(most=24), st.lists(st.booleans(), min_size=24, max_size=24))
def test_rows_that_go_leave_what_the_others_alone_give(
    given_rows: list[Row], goes: list[bool]
) -> None:
    store = Store()
    store.change(given_rows)
    gone = [
        (r.group, r.record_id) for r, goes_now in zip(given_rows, goes, strict=False) if goes_now
    ]
    store.change([], gone)
    stay = [row for row in given_rows if (row.group, row.record_id) not in gone]
    assert store.stories == group_rows(stay)
    store.change([row for row in given_rows if (row.group, row.record_id) in gone])
    assert store.stories == group_rows(given_rows)


@few
@given(rows(most=24), st.integers(0, 23), rows(most=1))
def test_a_changed_row_is_grouped_anew(given_rows: list[Row], place: int, other: list[Row]) -> None:
    store = Store()
    store.change(given_rows)
    old = given_rows[place % len(given_rows)]
    new = Row(
        old.group, old.record_id, old.slot, other[0].url_key, other[0].title_key,
        other[0].title_word_count, other[0].tone_key,
    )  # fmt: skip
    store.change([new])
    assert store.stories == group_rows([new, *(row for row in given_rows if row is not old)])


def daily(count: int, title: str = TITLES[0] or "") -> list[Row]:
    key = normalise(title)
    return [
        Row("g", f"r{n:04}", n * DAY_SECONDS, f"a.example/{n}", key, count_words(key), None)
        for n in range(count)
    ]


def test_a_title_that_recurs_every_day_is_cut_every_72_hours() -> None:
    stories = group_rows(daily(12))
    assert sorted(set(stories.values())) == ["r0000", "r0004", "r0008"]


def test_a_removed_opener_shifts_the_cuts_as_long_as_the_title_recurs() -> None:
    store = Store()
    store.change(daily(12))
    store.change([], [("g", "r0000")])
    assert sorted(set(store.stories.values())) == ["r0001", "r0005", "r0009"]


def test_what_only_a_later_row_connects_is_no_part_of_a_story() -> None:
    one, other = (normalise(TITLES[n] or "") for n in (0, 4))
    hour = 3600
    stories = group_rows(
        [
            Row("g", "opens", 0, "a.example/1", one, 12, None),
            Row("g", "joins", 70 * hour, "a.example/2", one, 12, None),
            Row("g", "apart", 71 * hour, "a.example/3", other, 10, None),
            Row("g", "bridge", 80 * hour, "a.example/2", other, 10, None),
        ]
    )
    assert {record: story for (_, record), story in stories.items()} == {
        "opens": "opens", "joins": "opens", "apart": "apart", "bridge": "apart",
    }  # fmt: skip


def test_a_new_name_reaches_the_days_ahead() -> None:
    store = Store()
    _, first, second = daily(3)
    store.change([first, second])
    assert set(store.stories.values()) == {"r0001"}
    key, words = first.title_key, first.title_word_count
    # The same day, before the row that opened the story: what is taken ahead is taken as before.
    later = Row("g", "r0001", first.slot + 3600, first.url_key, key, words, None)
    store.change([later], [("g", "r0001")])
    store.change([Row("g", "early", first.slot, "a.example/x", key, words, None)])
    assert store.stories == {("g", name): "early" for name in ("early", "r0001", "r0002")}


def test_work_follows_the_changed_days_and_not_the_history() -> None:
    store = Store()
    # Far apart, so that nothing chains.
    store.change([row for row in daily(400) if int(row.record_id[1:]) % 5 == 0])
    store.days_read.clear()
    store.change([Row("g", "late", 200 * DAY_SECONDS, "x.example/1", None, 0, None)])
    assert set(store.days_read) <= set(range(197, 205))
    assert store.stories["g", "late"] == "late"


def test_pairs_are_linked_in_both_ways_of_the_rule() -> None:
    """The rule used above is symmetric, as the definition needs it to be."""
    for one, other in combinations(daily(3), 2):
        assert is_linked(one, other) == is_linked(other, one)
