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

# What no mart has: computed, or several columns in one.
OWN = {
    *("before", "foreign", "unknown", "slots", "interval", "lost", "decided", "effective"),
    *("share", "equal", "verdict", "leader", "change", "both_stories", "pair", "classes"),
    *("year_on_year", "ytd_year_on_year", "ytd_revised_from", "clock", "value"),
    *("met", "missed", "kpis_unknown", "alert_series", "alert_trust"),
    *("restated_file", "restated_count", "restated_largest", "restated_change", "restated_why"),
}
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


def own(language: Language) -> dict[str, str]:
    found = TEXTS[language].LABELS
    return {key.removeprefix("col_"): found[key] for key in found if key.startswith("col_")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_edition_names_no_column_that_the_dictionary_names(language: Language) -> None:
    entries = read_dictionary().entries
    assert set(own(language)) == OWN
    assert not OWN & set(entries)
    assert not set(own(language).values()) & {e.labels[language] for e in entries.values()}


def test_every_heading_is_the_dictionarys_or_the_editions_own(page: Page, html: str) -> None:
    named = {entry.labels[page.language] for entry in read_dictionary().entries.values()}
    countries = set(page.names(page.brief.facts.countries["country_code_iso3"]))
    found = HEADING.findall(html)
    assert len(found) > 50
    assert set(found) <= named | set(own(page.language).values()) | countries
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
    own_keys = [key for key in TEXTS[language].LABELS if re.match("[ctgm]_", key)]
    assert not own_keys
    keys = {
        *(f"c_{name}" for name in bundled().charts),
        *(f"t_{name}" for name in bundled().tables),
    }
    sources = [
        path.read_text(encoding="utf-8") for path in Path(edition.__file__).parent.rglob("*.*2")
    ]
    used = " ".join(sources)
    named = set(re.findall(r'parts\.(?:figure|listing)\("(\w+)"', used)) | {"clock"}
    assert {name.partition("_")[2] for name in keys} == named | set(CHARTED)


def test_every_section_says_how_it_is_measured(page: Page, html: str) -> None:
    registry, labels = bundled(), page_labels(page)
    anchors = re.findall(r'<article class="metric" id="(\w+)"', metrics_html(page))
    assert sorted(anchors) == sorted(registry.metrics)
    sections = dict(SECTION.findall(html))
    for name, metrics in registry.sections.items():
        expected = [(page.language, metric, labels[f"m_{metric}"]) for metric in metrics]
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
