"""Question 9 by month: what is compared with what, and what is drawn where nothing is known."""

from __future__ import annotations

import re
from datetime import date

import edition_frames as sample
import edition_outcomes as months
import pytest

from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.charts_registered import bars, registered, runs
from tiengvang.edition.charts_visitors import index_rows, index_top, visitors
from tiengvang.edition.drawing import ACCENT, HATCH, PAPER, svg
from tiengvang.edition.facts import EditionFacts, months_before
from tiengvang.edition.labels import page_labels
from tiengvang.edition.locales import Language
from tiengvang.edition.markets import (
    Break,
    Market,
    Markets,
    index_base,
    indexed,
    largest_change,
    year_on_year,
)
from tiengvang.edition.markets_reading import markets
from tiengvang.edition.render import LANGUAGES
from tiengvang.edition.tables import tables
from tiengvang.edition.texts import TEXTS

JUNE = date(2026, 6, 1)


@pytest.fixture(scope="module")
def found() -> Markets:
    return markets(sample.facts())


def one(found: tuple[Market, ...], code: str) -> Market:
    return next(market for market in found if market.code == code)


def page(language: Language, facts: EditionFacts | None = None) -> Page:
    return Page(make_brief(facts or sample.facts(), sample.request()), language)


def arrivals(**values: object) -> list[tuple[object, ...]]:
    """Return the sample's rows, changed where the month is June 2026 and the row China's."""
    return [
        sample.changed("arrivals", row, **values) if row[:2] == (JUNE, "CHN") else row
        for row in months.arrivals()
    ]


def test_months_are_counted_over_years() -> None:
    assert months_before(date(2026, 1, 31), 1) == date(2025, 12, 1)
    assert months_before(date(2026, 12, 31), -1) == date(2027, 1, 1)
    assert months_before(date(2026, 3, 5), 84) == date(2019, 3, 1)


def test_the_total_comes_first_then_the_largest(found: Markets) -> None:
    assert [market.code for market in found.arrivals][:3] == ["total", "CHN", "KOR"]
    assert [market.code for market in found.registered] == [
        "total", "SGP", "KOR", "JPN", "CHN", "THA",
    ]  # fmt: skip
    assert (len(found.months), found.months[-1]) == (84, JUNE)


def test_a_year_on_year_needs_the_same_month_before(found: Markets) -> None:
    korea = one(found.arrivals, "KOR")
    assert year_on_year(korea, date(2025, 3, 1)) is None  # not listed in March 2024
    change = year_on_year(korea, JUNE)
    expected = months.visitors("KOR", JUNE) / months.visitors("KOR", date(2025, 6, 1)) - 1
    assert change == pytest.approx(expected)
    assert year_on_year(korea, date(2030, 1, 1)) is None


def test_years_to_date_that_end_on_other_days_are_not_compared(found: Markets) -> None:
    total = one(found.registered, "total")
    assert year_on_year(total, date(2025, 6, 1)) is None  # 30 June against 20 June
    assert year_on_year(total, date(2024, 7, 1)) is None
    assert year_on_year(total, date(2024, 6, 1)) is not None
    assert year_on_year(total, date(2025, 7, 1)) is not None


def test_the_largest_change_may_be_a_fall() -> None:
    fallen = markets(sample.facts(arrivals=arrivals(arrivals_count=1000.0)))
    most = largest_change(fallen.arrivals, JUNE)
    assert most is not None
    assert most[0].code == "CHN"
    assert most[1] < -0.99
    assert largest_change([one(fallen.arrivals, "total")], JUNE) is None


def test_both_lines_are_indexed_on_the_months_that_both_have(found: Markets) -> None:
    china = one(found.arrivals, "CHN")
    base = index_base(china)
    assert base == list(found.months[-12:])
    values = indexed({month: float(n) for month, n in china.stories.items()}, base)
    assert sum(values[month] for month in base) / 12 == pytest.approx(100)
    total = one(found.arrivals, "total")
    assert (total.stories, len(index_base(total))) == ({}, 12)
    assert indexed({JUNE: 0.0}, [JUNE]) == {}
    assert indexed({}, [JUNE]) == {}


def test_a_month_that_is_not_whole_has_no_stories_but_a_reason(found: Markets) -> None:
    china = one(found.arrivals, "CHN")
    assert months.NOT_WHOLE not in china.stories
    assert china.why_no_stories[months.NOT_WHOLE] == "too_few_slots_received"
    frame = index_rows(found, china)
    at = found.months.index(months.NOT_WHOLE)
    rows = frame[frame["month"] == at].set_index("line")["value"]
    assert (rows.isna()["stories"], rows.isna()["visitors"]) == (True, False)


def test_a_month_alone_between_gaps_is_marked() -> None:
    lonely = [
        row for row in months.arrivals()
        if row[1] != "JPN" or row[0] in (date(2026, 2, 1), date(2026, 4, 1), JUNE)
    ]  # fmt: skip
    alone = markets(sample.facts(arrivals=lonely))
    frame = index_rows(alone, one(alone.arrivals, "JPN"))
    assert frame[frame["is_alone"] & (frame["line"] == "visitors")]["month"].tolist() == [
        79,
        81,
        83,
    ]


def test_breaks_are_read_from_the_figures(found: Markets) -> None:
    assert found.breaks == (Break(months.MONTH_END_SINCE, "cut_off"),)
    assert found.closed == months.CLOSED
    since = date(2021, 3, 1)
    rows = [
        sample.changed("registered", row, adjusted_capital_registered_ytd_usd=None)
        if row[0] < since
        else row
        for row in months.registered()
    ]
    assert markets(sample.facts(registered=rows)).breaks == (
        Break(since, "adjusted"),
        Break(months.MONTH_END_SINCE, "cut_off"),
    )


def test_a_total_that_is_not_the_sum_of_its_parts_is_told(found: Markets) -> None:
    assert [(m.month, m.parts, round(m.total - m.of_parts)) for m in found.mismatches] == [
        (months.UNEQUAL, "continents", 90_000)
    ]
    for language, words in (("en", "is not the sum of its continents"), ("vi", "các châu lục")):
        assert words in TEXTS[language].mismatches(page(language))[0]


def test_revised_figures_keep_what_was_said_first(found: Markets) -> None:
    month = date(2025, 9, 1)
    china = one(found.arrivals, "CHN").figures[month]
    assert china.first == round(months.visitors("CHN", month) * 1.12)
    assert [m for m, f in one(found.arrivals, "KOR").figures.items() if f.first is not None] == []
    singapore = one(found.registered, "SGP").figures[date(2025, 10, 1)]
    assert singapore.value is not None
    assert singapore.first == pytest.approx(singapore.value * 0.9)


@pytest.mark.parametrize("language", LANGUAGES)
def test_revised_months_are_hollow_and_their_first_figure_is_in_the_table(
    language: Language,
) -> None:
    shown = page(language)
    labels, top = page_labels(shown), index_top(shown)
    by_code = {market.code: market for market in shown.brief.markets.arrivals}
    hollow = {
        code: svg(visitors(shown, labels, market, top), shown.numbers).count(f'fill="{PAPER}"')
        for code, market in by_code.items()
    }
    assert hollow == {"total": 1, "CHN": 1, "KOR": 0, "USA": 0, "JPN": 0, "THA": 0}
    table = tables(shown, labels, TEXTS[language].why)["visitors"]
    first = shown.numbers.count(by_code["CHN"].figures[date(2025, 9, 1)].first)
    assert [row[3] for row in table.rows if row[0] == shown.name("CHN")].count(first) == 1
    assert table.rows[0][-2:] == ["Bieu-06-2026.xlsx", "Sheet9!C16"]


def test_what_is_not_listed_is_hatched_and_a_fall_goes_below_zero() -> None:
    shown = page("en")
    labels = page_labels(shown)
    drawn = {
        partner.code: svg(registered(shown, labels, partner), shown.numbers)
        for partner in shown.brief.markets.registered
    }
    assert drawn["THA"].count(HATCH) > 20
    # the window's first month is older than the sample
    assert drawn["SGP"].count(HATCH) == 1
    assert re.search(r">[\u2212-]\d+<|>0<", drawn["JPN"])
    assert all(labels["closed_border"] in text for text in drawn.values())
    assert all(labels["break_cut_off"] in text for text in drawn.values())
    assert drawn["JPN"].count(f'fill="{ACCENT}"') == 1  # one outline for all months


def test_bars_and_runs() -> None:
    frame = bars({0: 2.0}, 2)
    assert frame["value"].tolist()[:2] == [2.0, 2.0]
    assert frame["value"].isna().tolist() == [False, False, True, True, True, True]
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
    assert runs([]) == []


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                r"In June 2026, [\d,]+ visitors came to Vietnam \(estimate, release of June 2026\), "
                r"[\d.]+% (more|fewer) than a year before\.",
                r"Of the 5 main markets .+ changed most: [−+][\d.]+%, to [\d,]+\.",
                r"From January to 30 June 2026, US\$ [\d.]+ billion of new capital was registered; it "
                r"is not compared|[\d.]+% (more|less) than in the same months of 2025",
                r"The press of .+ carried \d+ stories that month",
            ],
        ),
        (
            "vi",
            [
                r"Tháng 6/2026, Việt Nam đón [\d.]+ khách quốc tế \(ước tính, bản công bố tháng "
                r"6/2026\), (tăng|giảm) [\d,]+% so với cùng kỳ năm trước\.",
                r"Trong 5 thị trường chính, .+ thay đổi nhiều nhất: [−+][\d,]+%, (còn|đạt) [\d.]+ khách",
                r"Từ tháng 1 đến ngày 30/06/2026, vốn đăng ký cấp mới đạt [\d,]+ tỷ USD",
                r"Trong tháng đó báo chí .+ có \d+ tin",
            ],
        ),
    ],
)
def test_the_answer_names_month_release_and_market(language: Language, sentences) -> None:
    answer = TEXTS[language].answers(page(language))["outcomes"]
    for sentence in sentences:
        assert re.search(sentence, answer), answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_told_is_said_with_its_reason(language: Language) -> None:
    said = TEXTS[language].answers(page(language, sample.empty_facts()))["outcomes"]
    assert said.startswith(("Cannot tell how many visitors", "Chưa xác định số khách"))
    year_before = date(2025, 6, 1)
    lost = [row for row in months.arrivals() if row[0] != year_before]
    short = [
        sample.changed("outcome_months", row, coverage_missing_reason="too_few_slots_received")
        for row in months.outcome_months()
    ]
    facts = sample.facts(arrivals=lost, outcome_months=short)
    answer = TEXTS[language].answers(page(language, facts))["outcomes"]
    for words in {
        "en": ("no figure of June 2025", "No main market can be", "too little of the month"),
        "vi": ("không có số liệu tháng 6/2025", "Chưa thị trường lớn nào", "nhận được quá ít"),
    }[language]:
        assert words in answer


def test_the_focus_without_workbooks_has_only_yearly_figures() -> None:
    facts = sample.facts(arrivals=[], registered=[], outcome_months=[])
    found = markets(facts)
    assert (found.arrivals, found.registered, found.breaks, found.closed) == ((), (), (), None)
    assert len(found.months) == 84
