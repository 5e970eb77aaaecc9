"""How an edition says things: the answer first, spans of days, and nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

import edition_frames as sample
import pytest

from tiengvang.edition.locales import Language, Numbers
from tiengvang.edition.premium import Premium, Tone
from tiengvang.edition.receipts import OF_SECTION
from tiengvang.edition.stories import story_week
from tiengvang.edition.texts.answers import FURTHER, answer
from tiengvang.edition.texts.english_words import possessive
from tiengvang.edition.texts.query_titles import query_title

LANGUAGES: tuple[Language, ...] = ("en", "vi")


def test_an_answer_stands_before_what_is_said_further() -> None:
    assert answer("Yes.", " In Japan. ", "", "More.") == f"Yes.{FURTHER}In Japan. More."
    assert answer("Yes.", "") == "Yes."


@pytest.mark.parametrize(
    ("first", "last", "english", "vietnamese"),
    [
        ((2026, 7, 6), (2026, 7, 12), "6 to 12 July 2026", "06/07 – 12/07/2026"),
        ((2026, 6, 15), (2026, 7, 12), "15 June to 12 July 2026", "15/06 – 12/07/2026"),
        (
            (2025, 12, 29),
            (2026, 1, 4),
            "29 December 2025 to 4 January 2026",
            "29/12/2025 – 04/01/2026",
        ),
        ((2026, 7, 6), (2026, 7, 6), "6 July 2026", "06/07/2026"),
    ],
)
def test_a_span_repeats_nothing(first, last, english: str, vietnamese: str) -> None:
    days = date(*first), date(*last)
    assert Numbers("en").span(*days, " to ") == english
    assert Numbers("vi").span(*days, " – ") == vietnamese


def test_whose_something_is() -> None:
    assert (possessive("Vietnam"), possessive("the Philippines")) == (
        "Vietnam’s",
        "the Philippines’",
    )


def test_a_region_of_one_country_is_not_listed_beside_it() -> None:
    def hidden(area: str, n_outlets: int) -> Premium:
        return Premium(area, "native", 40, n_outlets, 0, None, None, "under_8_outlets")

    country, same, wider = (
        hidden("AUS", 3),
        hidden("region:Oceania", 3),
        hidden("region:Elsewhere", 6),
    )
    assert Tone(None, (country, same, wider)).of("native") == [country, wider]


def test_documents_that_are_not_of_the_weeks_stories_are_counted_apart() -> None:
    week = story_week(sample.facts())
    monday = sample.facts().week_start
    rows = sample.rows()["documents"]
    own = {row[0] for row in sample.rows()["stories"]}
    in_week = [
        row for row in rows if monday <= row[3] < monday + timedelta(days=7) and row[1] in own
    ]
    moved = [
        sample.changed("documents", in_week[0], story_id="of-the-week-before"),
        sample.changed("documents", in_week[1], slot_date=monday + timedelta(days=7)),
    ]
    rest = [row for row in rows if row not in in_week[:2]]
    found = story_week(sample.facts(documents=[*rest, *moved]))
    assert (found.n_of_earlier, found.n_later) == (week.n_of_earlier + 1, week.n_later + 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_receipt_of_a_page_has_a_name(language: Language) -> None:
    names = {query for queries in OF_SECTION.values() for query in queries}
    assert len({query_title(name, language) for name in names}) == len(names)
    assert not any("_" in query_title(name, language) for name in names)
