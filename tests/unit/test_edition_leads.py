"""Question 9, its last part: what is said and drawn of leads, and what where too little is known."""

from __future__ import annotations

import re
from typing import Any

import edition_frames as sample
import edition_leads as pairs
import pytest

from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.charts_leads import lags
from tiengvang.edition.drawing import ACCENT, svg
from tiengvang.edition.labels import page_labels
from tiengvang.edition.leads import Leads, leads
from tiengvang.edition.locales import MISSING, Language
from tiengvang.edition.page import page_html
from tiengvang.edition.render import LANGUAGES
from tiengvang.edition.tables_leads import leads as leads_table
from tiengvang.edition.texts import TEXTS

STRONGER = re.compile(
    r"\b(caus(e|es|ed|al)|effect|because of coverage|drives?|lead[s]? to)\b", re.I
)


def page(language: Language, rows: list[tuple[Any, ...]] | None = None) -> Page:
    changed = {} if rows is None else {"leads": rows}
    return Page(make_brief(sample.facts(**changed), sample.request()), language)


def said(language: Language, rows: list[tuple[Any, ...]] | None = None) -> str:
    return TEXTS[language].findings(page(language, rows))["leads"]


def found() -> Leads:
    return leads(sample.facts())


def test_associations_come_first_and_what_cannot_be_told_last() -> None:
    assert [(pair.partner, pair.outcome, pair.verdict) for pair in found().pairs] == [
        ("JPN", "arrivals", "association"),
        ("CHN", "arrivals", "association"),
        ("JPN", "registered_capital", "none_detected"),
        ("KOR", "arrivals", "none_detected"),
        ("USA", "arrivals", "cannot_tell"),
        ("THA", "arrivals", "cannot_tell"),
        ("SGP", "registered_capital", "cannot_tell"),
    ]
    first = found().pairs[0].strongest
    assert first is not None
    assert (first.periods, first.correlation) == (2, 0.45)


def test_what_is_withheld_is_not_read_even_where_the_mart_left_a_figure() -> None:
    unknown = [pair for pair in found().pairs if not pair.is_judged]
    assert unknown
    assert all(not pair.lags and pair.strongest is None for pair in unknown)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "stories in the press of Japan run 2 months ahead of visitors from there",
                "stories in the press of China follow 3 months after visitors from there",
                "association in 2",
                "Of 3 other pairs this cannot be told",
                "takes 11% off",
            ],
        ),
        (
            "vi",
            [
                "số tin trên báo chí Nhật Bản đi trước lượng khách của nước này 2 tháng",
                "số tin trên báo chí Trung Quốc đi sau lượng khách của nước này 3 tháng",
                "2 cặp có liên hệ",
                "3 cặp khác chưa xác định được",
                "giúp giảm 11%",
            ],
        ),
    ],
)
def test_the_sentence_says_which_way_and_by_how_much(language: Language, words: list[str]) -> None:
    sentence = said(language)
    assert all(part in sentence for part in words), sentence
    assert sentence in TEXTS[language].answers(page(language))["outcomes"]


def test_association_is_the_strongest_word() -> None:
    assert not STRONGER.search(said("en"))
    assert "nguyên nhân" not in said("vi")
    assert "tác động" not in said("vi")


def test_both_in_one_month_is_no_lead() -> None:
    rows = pairs.pair("JPN", "interest", "arrivals", lag=0, q_value=0.01)
    assert "in the language of Japan move in the same month as visitors" in said("en", rows)
    assert "trong một tháng" in said("vi", rows)


def test_pairs_without_an_association_are_counted() -> None:
    rows = pairs.pair("KOR", "stories", "arrivals", lag=5, q_value=0.6)
    assert said("en", rows) == (
        "Among the 1 pair of coverage or interest and visitors or registered capital that can be "
        "judged, no association is detected."
    )
    assert "không thấy cặp nào có liên hệ" in said("vi", rows)


def test_too_little_history_is_one_sentence_without_a_chart() -> None:
    rows = [
        *pairs.unknown("THA", "stories", "arrivals", 22, "short_history"),
        *pairs.unknown("SGP", "stories", "registered_capital", 0, "short_history"),
    ]
    english, vietnamese = said("en", rows), said("vi", rows)
    assert (
        "for visitors 60 months in which both are known are needed, and Thailand has most, 22"
        in english
    )
    assert (
        "for registered capital 40 quarters in which both are known are needed, and no country has one"
        in english
    )
    assert "cần 60 tháng có số liệu của cả hai, nhiều nhất là Thái Lan với 22 tháng" in vietnamese
    assert english.count(". ") == vietnamese.count(". ") == 0
    assert 'id="f-leads"' not in page_html(page("en", rows))


def test_no_pair_at_all_is_said() -> None:
    assert "of no country are both known" in said("en", [])
    assert "chưa nước nào có số liệu của cả hai" in said("vi", [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_panel_shows_every_lag_over_the_band_and_names_the_raw_line(language: Language) -> None:
    one = page(language)
    labels = page_labels(one)
    drawn = svg(lags(one, labels, one.brief.leads.pairs[0]), one.numbers)
    assert labels["line_raw"] in drawn
    points = re.findall(rf'<path[^>]*fill="{ACCENT}"', drawn)
    assert len(points) == 13
    html = page_html(one)
    assert 'id="f-leads"' in html
    assert labels["g_leads"].replace("'", "&#39;") in html


def test_the_table_lists_every_pair_with_its_verdict_or_reason() -> None:
    one = page("en")
    rows = leads_table(one, page_labels(one), TEXTS["en"].why).rows
    assert [row[3] for row in rows] == [
        *["association"] * 2,
        *["none detected"] * 2,
        "cannot tell: one side never moves",
        *["cannot tell: too little history"] * 2,
    ]
    assert rows[0][4:] == ["112 / 60", "+2", "+0.45", "+0.41", "0.004", "+11.0%"]
    assert rows[5][4:] == ["22 / 60", *[MISSING] * 5]
