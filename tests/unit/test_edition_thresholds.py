"""No text of an edition says a number that decides something: it reads it where it is in force."""

from __future__ import annotations

import re

import edition_frames as sample
import edition_words as words
import pytest
from scipy.stats import norm

from tiengvang import metrics
from tiengvang.analysis import anomalies, tone_shift
from tiengvang.dictionary import read_dictionary
from tiengvang.documentation import threshold_marks
from tiengvang.edition import programme
from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.labels import page_labels
from tiengvang.edition.texts import TEXTS, english_words, vietnamese_words
from tiengvang.edition.texts.data_files import OWN
from tiengvang.measures.clusters import LEVEL
from tiengvang.metric_texts import MARK
from tiengvang.metrics import LANGUAGES, bundled
from tiengvang.transform import PROJECT

# What a text's braces hold beside thresholds: values of the edition.
VALUES = {
    *("all", "day", "languages", "list", "n", "p", "passed", "share", "units", "value", "vintage"),
    *("what", "world"),
}
REASONS = {"en": english_words.REASONS, "vi": vietnamese_words.REASONS}


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    generated_from = [*words.of_registry(bundled()), *words.of_columns(read_dictionary())]
    return [
        *generated_from,
        *words.of_models(),
        *words.of_modules(),
        *words.of_templates(),
    ]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    brief = make_brief(sample.facts(), sample.request())
    return {language: Page(brief, language) for language in LANGUAGES}


def test_every_number_in_a_text_is_in_force_or_has_a_reason(texts: list[tuple[str, str]]) -> None:
    assert len(texts) > 2_000
    assert not {place: (words.typed(text), text) for place, text in texts if words.typed(text)}


def test_every_reason_is_one_of_a_text(texts: list[tuple[str, str]]) -> None:
    without_marks = [MARK.sub("¤", text) for _, text in texts]
    unused = [
        pattern.pattern
        for pattern in words.REASONED
        if not any(pattern.search(text) for text in without_marks)
    ]
    assert not unused


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fewer than 8 stories", ["8"]),
        ("Withheld under three outlets.", ["three"]),
        ("at least 1,000 series-days", ["1,000"]),
        ("Pale bands: 95 % intervals", ["95"]),
        ("with p below 0.05", ["0.05"]),
        ("half of the outlets", ["half"]),
        ("Dưới năm tin thì không nêu.", ["năm"]),
        ("chưa tới hai mươi ngày", ["hai", "mươi"]),
        ("cần 0,05", ["0,05"]),
        ("cùng kỳ năm trước, trong một năm", []),
        ("fewer than {alert_stories} stories of the two parties", []),
        ("tỷ lệ trên thang từ 0 đến 1", []),
    ],
)
def test_a_typed_number_is_found(text: str, found: list[str]) -> None:
    assert words.typed(text) == found


def test_the_texts_of_a_module_are_what_it_can_print() -> None:
    module = words.ast.parse(
        '"""Under 3."""\nT = {"k 4": f"in {x[\'5 a\']} of " f"{page.in_force(\'a 6\')} days", "b": "7 c"}\n'
    )
    assert [text for _, text in words.strings(module, "m")] == ["in {} of {} days", "7 c"]


def test_what_stands_in_braces_is_a_threshold_or_a_value() -> None:
    thresholds = bundled().thresholds
    assert not VALUES & set(thresholds.values)
    for both in (REASONS, {language: TEXTS[language].LABELS for language in LANGUAGES}):
        assert set(both["en"]) == set(both["vi"])
        for key in both["en"]:
            english, vietnamese = (set(MARK.findall(both[one][key])) for one in LANGUAGES)
            assert english == vietnamese, key
            assert {mark for mark in english if not thresholds.names(mark)} <= VALUES, key


def test_every_mark_is_a_threshold_and_every_threshold_is_in_a_text() -> None:
    thresholds, columns = bundled().thresholds, read_dictionary().entries
    used = {mark for _, text in words.of_registry(bundled()) for mark in MARK.findall(text)}
    for name, entry in (*columns.items(), *OWN.items()):
        english, vietnamese = (
            {mark for both in (entry.labels, entry.texts) for mark in MARK.findall(both[one])}
            for one in LANGUAGES
        )
        assert english == vietnamese, name
        used |= english | vietnamese
    asked = words.marks_of_modules() | threshold_marks()
    assert len(asked) > 5
    used |= asked
    assert all(map(thresholds.names, used))
    written = {mark for _, text in words.of_modules() for mark in MARK.findall(text)}
    used |= set(filter(thresholds.names, written))
    assert {mark.partition(":")[0] for mark in used} == set(thresholds.values)


def test_sentences_of_both_languages_ask_for_the_same_thresholds() -> None:
    english = {path.name: words.asked(path) for path in words.TEXTS.glob("english*.py")}
    assert sum(map(len, english.values())) > 10
    for name, asked in english.items():
        path = words.TEXTS / name.replace("english", "vietnamese")
        assert sorted(words.asked(path)) == sorted(asked), name
    notes = [words.asked(words.TEMPLATES / f"notes.{one}.html.j2") for one in LANGUAGES]
    assert notes[0] == notes[1]
    assert notes[0]


def test_a_sentence_follows_a_changed_threshold(
    pages: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {language: TEXTS[language].why(page, "few_stories") for language, page in pages.items()}
    assert said == {"en": "fewer than 8 stories", "vi": "dưới 8 tin"}
    monkeypatch.setattr(anomalies, "LEAST_STORIES", 1_009)
    monkeypatch.setattr(tone_shift, "LEAST_BASELINE_DAYS", 33)
    monkeypatch.setattr(programme, "WEEKS_AHEAD", 14)
    changed = metrics.read_registry()
    monkeypatch.setattr("tiengvang.edition.brief.bundled", lambda: changed)
    for language, more, short, ahead in (
        ("en", "fewer than 1,009 stories", "33 of the 84 days", "14 ahead"),
        ("vi", "dưới 1.009 tin", "33 trong 84 ngày", "14 tuần tới"),
    ):
        page = pages[language]
        assert TEXTS[language].why(page, "few_stories") == more
        assert short in TEXTS[language].why(page, "shift_short_history")
        assert ahead in changed.title(changed.charts["calendar"], page.language)


def test_no_brace_is_left_on_a_page(pages: dict[str, Page]) -> None:
    for page in pages.values():
        left = {
            mark
            for text in page_labels(page).values()
            for mark in re.findall(r"\{([^{}]*)\}", text)
        }
        assert left <= VALUES


def test_intervals_have_the_level_that_is_printed() -> None:
    assert bundled().thresholds.values["interval_level"] == LEVEL
    z = re.search(r"z = ([\d.]+)", (PROJECT / "macros/wilson.sql").read_text(encoding="utf-8"))
    assert z is not None
    assert float(z[1]) == pytest.approx(norm.ppf((1 + LEVEL) / 2), abs=1e-12)


def test_the_years_shaded_are_those_of_the_months_of_closed_borders() -> None:
    variables = metrics.read_yaml(PROJECT / "dbt_project.yml")["vars"]
    years = [int(variables[name][:4]) for name in ("closed_border_from", "closed_border_to")]
    assert [bundled().thresholds.values[name] for name in ("closed_from", "closed_to")] == years
