"""Question 6 on the page: alerts with their stories and doubts, gaps, false alarms; or why it cannot tell."""

from __future__ import annotations

import re
from datetime import date, timedelta

import edition_alerts
import edition_frames as sample
import pandas as pd
import pytest

from tiengvang.edition.alerts import alerts
from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.charts_alerts import calendar
from tiengvang.edition.drawing import NARROW, WIDE
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.locales import Language
from tiengvang.edition.page import page_html
from tiengvang.edition.texts import TEXTS

MONDAY = date(2026, 7, 6)
LANGUAGES: tuple[Language, ...] = ("en", "vi")


def answer(facts: EditionFacts, language: Language) -> str:
    return TEXTS[language].answers(Page(make_brief(facts, sample.request()), language))["alerts"]


def short() -> EditionFacts:
    """A warehouse of two weeks: nothing can be judged."""
    rows = [
        (*row[:6], None, None, None, None, None, *row[11:18], "short_history", row[19])
        for row in edition_alerts.alerts(MONDAY)
        if row[0] >= MONDAY - timedelta(days=7)
    ]
    calibrations = [
        (name, MONDAY.replace(day=1), 1, *[None] * 8, "not_calibrated", "3")
        for name in ("stories", "tone")
    ]
    shifts = [row for row in edition_alerts.tone_shifts(MONDAY) if row[2] == "LAO"]
    return sample.facts(
        alerts=rows, alert_stories=[], alert_calibrations=calibrations, tone_shifts=shifts
    )


def test_shifts_that_are_equally_likely_by_chance_stand_in_the_order_of_their_press() -> None:
    """After adjustment many have one q-value: no processor's way of sorting decides."""
    japan = next(row for row in edition_alerts.tone_shifts(MONDAY) if row[2] == "JPN")
    rows = [(*japan[:2], f"{a}{b}A", *japan[3:]) for a in "ABCDE" for b in "ABCDEF"]
    q_values = (0.03, 0.01, 0.02)
    tied = [(*row[:12], q_values[n % 3], *row[13:]) for n, row in enumerate(rows)]
    found = alerts(sample.facts(tone_shifts=tied)).shifts
    order = [(row["q_value"], row["source_country_code_iso3"]) for row in found]
    assert len(order) == 30
    assert order == sorted(order)


def test_alerts_come_with_stories_and_doubts() -> None:
    found = alerts(sample.facts())
    assert [(a.row["source_country_code_iso3"], a.row["pillar"]) for a in found.alerts] == [
        ("JPN", "all"),
        ("world", "tourism"),
    ]
    japan, tourism = found.alerts
    assert [story["story_rank"] for story in japan.stories] == [1, 2, 3, 4]
    assert japan.doubts == ()
    assert tourism.doubts == ("duplicates",)
    assert found.uncounted_days == (MONDAY + timedelta(days=4),)
    # six days of the world, two alerts and a series with few stories, which was looked at
    assert (found.n_judged, found.n_series_days, found.n_series) == (9, 10, 4)
    assert found.false_expected == pytest.approx(0.46 * 9 / 100)


def test_an_earlier_alert_is_on_the_calendar_and_not_in_the_answer() -> None:
    found = alerts(sample.facts())
    frame = found.calendar.set_index("day")
    assert frame.loc[MONDAY - timedelta(days=30), "n_alerts"] == 1
    assert frame.loc[MONDAY + timedelta(days=1), "n_alerts"] == 1
    assert pd.isna(frame.loc[MONDAY + timedelta(days=4), "statistic"])
    assert pd.isna(frame.loc[MONDAY - timedelta(days=150), "statistic"]), "before the first row"
    assert len(frame) == 26 * 7


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_day_that_was_not_judged_is_hatched_and_not_pale(width: int) -> None:
    drawn = calendar(Page(make_brief(sample.facts(), sample.request()), "en"), width)
    rows = drawn["datasets"]["rows"]
    gap = next(row for row in rows if row["day"] == str(MONDAY + timedelta(days=4)))
    assert not gap["is_known"]
    known = [row for row in rows if row["is_known"]]
    assert all(0.08 <= row["opacity"] <= 0.8 for row in known)
    assert len({(row["week"], row["weekday"]) for row in rows}) == len(rows)


def test_the_answer_names_alerts_doubts_gaps_and_false_alarms() -> None:
    english = answer(sample.facts(), "en")
    for part in (
        "2 alerts from 6 to 12 July 2026: 42 stories",
        "They come from 9 checks of 4 series",
        "42 stories about Vietnam in Japan on 7 July 2026 (usually 12)",
        "18 stories about Vietnam under tourism on 9 July 2026 (usually 4)",
        "For 1 of them look at the data first: an unusual share of copies.",
        "The tone has shifted in 1 of 2 comparisons: colder in Japan",
    ):
        assert part in english
    vietnamese = answer(sample.facts(), "vi")
    for part in (
        "2 cảnh báo trong các ngày 06/07 – 12/07/2026",
        "42 tin về Việt Nam ở Nhật Bản ngày 07/07/2026 (thường lệ 12)",
        "lạnh hơn ở Nhật Bản",
    ):
        assert part in vietnamese
    gap, false = TEXTS["en"].alert_notes(Page(make_brief(sample.facts(), sample.request()), "en"))
    assert gap == "1 day was not judged: under 90% of the quarter-hours were received."
    assert "0.46 of 100 checks gave an alert" in false
    notes = TEXTS["vi"].alert_notes(Page(make_brief(sample.facts(), sample.request()), "vi"))
    assert "0,46 cảnh báo" in notes[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_short_a_history_is_one_sentence_and_no_chart(language: Language) -> None:
    page = Page(make_brief(short(), sample.request()), language)
    told = TEXTS[language].answers(page)["alerts"]
    assert told.startswith({"en": "Cannot tell", "vi": "Chưa xác định"}[language])
    assert told.count({"en": "history is too short", "vi": "lịch sử quá ngắn"}[language]) == 1
    html = page_html(page)
    section = re.search(r'<section id="alerts".*?</section>', html, re.DOTALL)
    assert section
    assert "<svg" not in section[0]
    assert "<table" not in section[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_alert_is_not_nothing_happened(language: Language) -> None:
    quiet = [row for row in edition_alerts.alerts(MONDAY) if row[10] is not True]
    told = answer(sample.facts(alerts=quiet, alert_stories=[]), language)
    assert {"en": "Nothing unusual", "vi": "Không có gì khác thường"}[language] in told
    html = page_html(Page(make_brief(sample.facts(alerts=quiet), sample.request()), language))
    assert {"en": "no alert is not", "vi": "không có cảnh báo không có nghĩa"}[language] in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_warehouse_cannot_tell(language: Language) -> None:
    told = answer(sample.empty_facts(), language)
    assert told.startswith({"en": "Cannot tell", "vi": "Chưa xác định"}[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_text_and_hostile_addresses_no_links(language: Language) -> None:
    html = page_html(Page(make_brief(sample.facts(), sample.request()), language))
    section = re.search(r'<section id="alerts".*?</section>', html, re.DOTALL)
    assert section
    assert "&lt;b&gt;Leaders&lt;/b&gt;" in section[0]
    assert "javascript:" not in section[0]
    assert 'href="https://news.example/1"' in section[0]
    assert "Fourth story" not in section[0], "the most carried three; all are in the file"
