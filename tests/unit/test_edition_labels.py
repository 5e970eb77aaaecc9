"""The edition's words: columns' of the dictionary, titles and small print of the registry of metrics."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import edition_frames as sample
import pytest

from tiengvang import edition
from tiengvang.dictionary import label, read_dictionary
from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.labels import page_labels
from tiengvang.edition.locales import Language
from tiengvang.edition.metrics_page import metrics_html
from tiengvang.edition.outcomes import CHARTED
from tiengvang.edition.page import page_html
from tiengvang.edition.render import LANGUAGES
from tiengvang.edition.tables import tables
from tiengvang.edition.texts import TEXTS
from tiengvang.metrics import bundled

# Prefixes of the keys of titles and of labels of numbers.
LABELS_OF_NUMBERS = re.compile(r"(?:q|nav|c|t|g|m|h|col|line|trust|left_out)_")
# Headings over what holds no number of a metric, by their keys: notes on the edition itself.
OF_THE_EDITION = ("q_notes", "nav_notes")
NOTES = {
    "en": {"What this edition cannot say yet", "Sources and licences"},
    "vi": {"Những điều kỳ này chưa nói được", "Nguồn và giấy phép"},
}
HEADED = re.compile(r"<(h2|h3|summary|figcaption|caption)\b[^>]*>(.*?)</\1>", re.DOTALL)
UNSEEN = re.compile(r'<span class="unseen">: (.*?)</span>')
TRUST = re.compile(r'<span class="name">([^<]*)</span>')
LEFT_OUT = re.compile(r'<li class="\w+"><b>.*?</b> ([^<]*)</li>')
HEADING = re.compile(r'<th scope="col">([^<]*)</th>')
CHART_TITLE = re.compile(r"<figcaption>([^<]*)</figcaption>")
TABLE_TITLE = re.compile(r'<div class="scroll" role="region" tabindex="0" aria-label="([^"]*)">')
GUARD = re.compile(r'<p class="small guard">([^<]*)</p>')
MEASURED_BY = re.compile(r'href="\.\./(\w\w)/metrics\.html#(\w+)">([^<]*)</a>')
SECTION = re.compile(r'<section id="(\w+)"(.*?)</section>', re.DOTALL)


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(make_brief(sample.facts(), sample.request()), request.param)


@pytest.fixture(scope="module")
def html(page: Page) -> str:
    return unescape(page_html(page))


def of_registry(page: Page, prefix: str) -> dict[str, str]:
    labels = page_labels(page)
    return {
        key.removeprefix(prefix): labels[key] for key in bundled().labels if key.startswith(prefix)
    }


def test_the_registry_names_no_column_that_the_dictionary_names(page: Page) -> None:
    entries = read_dictionary().entries
    own = of_registry(page, "col_")
    assert len(own) > 20
    assert not set(own) & set(entries)
    assert not set(own.values()) & {e.labels[page.language] for e in entries.values()}


def test_every_heading_is_the_dictionarys_or_the_registrys(page: Page, html: str) -> None:
    labels = page_labels(page)
    named = {labels[f"col_{name}"] for name in read_dictionary().entries}
    countries = set(page.names(page.brief.facts.countries["country_code_iso3"]))
    found = HEADING.findall(html)
    assert len(found) > 50
    assert set(found) <= named | set(of_registry(page, "col_").values()) | countries
    assert len(set(found) & named) > 20
    shown = tables(page, page_labels(page), TEXTS[page.language].why)
    assert shown["tone_native"].columns[:2] == [
        label("tone_area", page.language),
        label("tone_premium_over_peers", page.language),
    ]


def test_every_chart_of_one_column_is_titled_with_its_label(page: Page) -> None:
    labels = page_labels(page)
    for name in ("fdi_net_inflow_bop_usd", "tourism_arrivals_count", "tourism_receipts_usd"):
        assert labels[f"c_{name}"].startswith(f"{label(name, page.language)}, ")
    for name, column in {
        "daily": "n_documents",
        "stories_by_source": "story_n_documents",
        "reach": "n_stories",
        "voice": "share_of_voice",
        "tone_native": "tone_premium_over_peers",
        "tone_translated": "tone_premium_over_peers",
        "relations": "balance",
        "visitors": "arrivals_count",
        "registered": "new_capital",
        "readiness": "readiness_ratio",
        "response": "hours_since_seen",
        "trust": "slots_received",
    }.items():
        assert labels[f"c_{name}"].startswith(label(column, page.language)), name


def test_every_title_and_all_small_print_is_the_registrys(page: Page, html: str) -> None:
    labels = page_labels(page)
    registry = bundled()
    charts, tables = (
        {labels[f"{kind}_{name}"] for name in known}
        for kind, known in (("c", registry.charts), ("t", registry.tables))
    )
    assert len(CHART_TITLE.findall(html)) > 15
    assert set(CHART_TITLE.findall(html)) <= charts
    assert len(TABLE_TITLE.findall(html)) > 15
    assert set(TABLE_TITLE.findall(html)) <= charts | tables
    guards = {labels[f"g_{name}"] for name in registry.guards}
    assert len(GUARD.findall(html)) >= len(registry.sections)
    assert set(GUARD.findall(html)) <= guards
    # units stand in titles, so no axis has one
    assert "role-axis-title" not in html
    assert "role-axis-label" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_edition_has_no_titles_or_small_print_of_its_own(language: Language) -> None:
    labels = TEXTS[language].LABELS
    assert {key for key in labels if LABELS_OF_NUMBERS.match(key)} == set(OF_THE_EDITION)
    assert not set(labels) & set(bundled().labels)
    keys = {
        *(f"c_{name}" for name in bundled().charts),
        *(f"t_{name}" for name in bundled().tables),
    }
    sources = [
        path.read_text(encoding="utf-8") for path in Path(edition.__file__).parent.rglob("*.*2")
    ]
    used = " ".join(sources)
    named = set(re.findall(r'parts\.(?:figure|listing)\("(\w+)"', used)) | {"clock"}
    named |= set(re.findall(r"labels\.t_(\w+)", used))
    assert {name.partition("_")[2] for name in keys} == named | set(CHARTED)


def test_all_that_heads_or_names_numbers_is_the_registrys(page: Page, html: str) -> None:
    registry, labels = bundled(), page_labels(page)
    titles = {labels[f"c_{name}"] for name in registry.charts}
    titles |= {labels[f"t_{name}"] for name in registry.tables}
    questions = {labels[f"q_{name}"] for name in registry.sections}
    of_edition = {labels[key] for key in (*OF_THE_EDITION, "warnings")} | NOTES[page.language]
    rest = re.escape(labels["show_rest"]).replace(re.escape("{n}"), r"\d+")
    found: dict[str, set[str]] = {}
    for tag, inner in HEADED.findall(html):
        unseen = UNSEEN.findall(inner)
        text = re.sub(r"<[^>]*>", "", UNSEEN.sub("", inner)).strip()
        if unseen:
            assert text == labels["table"]
            text = unseen[0]
        if not re.fullmatch(rest, text):
            found.setdefault(tag, set()).add(text)
    assert found.pop("h2") == questions | {labels["q_notes"]}
    assert len(found["figcaption"]) > 10
    assert set().union(*found.values()) <= titles | of_edition
    lists = ("stories_of_week", "alert_list", "open_claims", "audit", "left_out", "leads", "yearly")
    assert {labels[f"t_{name}"] for name in (*lists, "restated")} <= set().union(*found.values())
    trust = of_registry(page, "trust_")
    assert TRUST.findall(html) == [trust[item.key] for item in page.brief.trust_items]
    left_out = LEFT_OUT.findall(html)
    assert len(left_out) > 4
    assert set(left_out) <= set(of_registry(page, "left_out_").values())


def test_a_label_says_of_which_metrics_it_is() -> None:
    of_edition = {"t_restated", *(f"col_restated_{one}" for one in ("file", "count", "largest"))}
    of_edition |= {"col_restated_change", "col_restated_why", "t_agreements", "t_awards"}
    registry = bundled()
    named = {f"t_{name}": one for name, one in registry.tables.items()} | dict(registry.labels)
    assert {name for name, one in named.items() if not one.metrics} == of_edition


def test_every_section_says_how_it_is_measured(page: Page, html: str) -> None:
    registry, labels = bundled(), page_labels(page)
    anchors = re.findall(r'<article class="metric" id="(\w+)"', metrics_html(page))
    assert sorted(anchors) == sorted(registry.metrics)
    sections = dict(SECTION.findall(html))
    for name, section in registry.sections.items():
        expected = [(page.language, one, labels[f"m_{one}"]) for one in section.metrics]
        assert MEASURED_BY.findall(sections[name]) == expected


def test_the_page_of_metrics_says_what_the_registry_says(page: Page) -> None:
    written = unescape(metrics_html(page))
    assert not re.search(r"\{[\w:]+\}", written)
    registry = bundled()
    for metric in registry.metrics.values():
        for texts in (metric.names, metric.formulas, metric.grains, metric.guards):
            assert registry.filled(texts, page.language, page.focus) in written
    sections = re.findall(r'href="\.\./\w\w/index\.html#(\w+)"', written)
    assert sections == list(registry.sections)
