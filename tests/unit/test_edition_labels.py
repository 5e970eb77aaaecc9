"""The edition's words for columns: the dictionary's where a mart has the column, its own elsewhere."""

from __future__ import annotations

import re

import edition_frames as sample
import pytest

from tiengvang.dictionary import label, read_dictionary
from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.labels import NAMED, page_labels
from tiengvang.edition.locales import Language
from tiengvang.edition.page import page_html
from tiengvang.edition.render import LANGUAGES
from tiengvang.edition.tables import tables
from tiengvang.edition.texts import TEXTS

# What no mart has: computed, or several columns in one.
OWN = {
    *("before", "foreign", "unknown", "slots", "interval", "lost", "decided", "effective"),
    *("share", "equal", "verdict", "leader", "change", "both_stories", "pair", "classes"),
    *("year_on_year", "ytd_year_on_year", "ytd_revised_from", "clock", "value"),
    *("met", "missed", "kpis_unknown", "alert_series", "alert_trust"),
    *("restated_file", "restated_count", "restated_largest", "restated_change", "restated_why"),
}
HEADING = re.compile(r'<th scope="col">([^<]*)</th>')


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(make_brief(sample.facts(), sample.request()), request.param)


def own(language: Language) -> dict[str, str]:
    found = TEXTS[language].LABELS
    return {key.removeprefix("col_"): found[key] for key in found if key.startswith("col_")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_edition_names_no_column_that_the_dictionary_names(language: Language) -> None:
    entries = read_dictionary().entries
    assert set(own(language)) == OWN
    assert not OWN & set(entries)
    assert not set(own(language).values()) & {e.labels[language] for e in entries.values()}


def test_every_heading_is_the_dictionarys_or_the_editions_own(page: Page) -> None:
    named = {entry.labels[page.language] for entry in read_dictionary().entries.values()}
    countries = set(page.names(page.brief.facts.countries["country_code_iso3"]))
    html = page_html(page).replace("&#39;", "'")
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


def test_no_title_repeats_a_label_that_it_could_name() -> None:
    titles = [text for key, text in TEXTS["en"].LABELS.items() if key.startswith("c_")]
    assert (
        len([text for text in titles if NAMED.search(text)]) == len(titles) - 3
    )  # pillars, map, calendar
