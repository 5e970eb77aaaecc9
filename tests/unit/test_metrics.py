"""The registry of metrics: complete, in force, the same in both languages, and what everything else says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tiengvang.analysis import uplift
from tiengvang.contracts import read_contracts
from tiengvang.dictionary import Dictionary, DictionaryError, read_dictionary
from tiengvang.documentation import COUNTRY, generated, metrics_of_columns
from tiengvang.edition.receipts import OF_SECTION
from tiengvang.metric_registry import Registry
from tiengvang.metric_texts import read_thresholds
from tiengvang.metrics import LANGUAGES, REGISTRY, read_registry
from tiengvang.settings import REPOSITORY
from tiengvang.sources.registry import SOURCES
from tiengvang.transform import PROJECT

SEMANTIC = PROJECT / "models" / "semantic" / "_metrics.yml"
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
NAMED = re.compile(r"\{label:\w+\}")
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I
)
# Of which the marts hold what they are computed from.
COMPUTED = {"original_share", "effective_outlets", "open_claims", "freshness"}
GOOD = """
thresholds: {min_words: "dbt:min_words"}
heads: {title: &both {en: Metrics, vi: Thước đo}, metric: *both, formula: *both, unit: *both, grain: *both,
  guard: *both, sources: *both, columns: *both, charts: *both, semantic: *both, method: *both}
sources: {gdelt: {en: GDELT, vi: Dự án GDELT}}
units: {minutes: {en: minutes, vi: phút}}
metrics:
  stories:
    name_en: Stories
    name_vi: Số tin
    formula_en: U
    formula_vi: U
    unit: stories
    grain_en: story
    grain_vi: tin
    guard_en: Over {min_words} words.
    guard_vi: Trên {min_words} từ.
    sources: [gdelt]
    columns: {mart_reach_week: [n_stories]}
sections:
  stories:
    {metrics: [stories], question_en: What?, question_vi: Gì?, name_en: Stories, name_vi: Tin}
guards: {stories: {en: All., vi: Tất cả.}}
charts: {daily: {metrics: [stories], unit: minutes, title_en: "Day, {unit}", title_vi: "Ngày, {unit}"}}
tables: {}
labels: {line_stories: {metrics: [stories], en: stories, vi: tin}}
"""


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return read_dictionary()


@pytest.fixture(scope="module")
def registry(dictionary: Dictionary) -> Registry:
    return read_registry(dictionary=dictionary)


def texts(registry: Registry) -> list[Any]:
    found = [*registry.guards.values(), *registry.heads.values(), *registry.sources.values()]
    for metric in registry.metrics.values():
        found += [metric.names, metric.formulas, metric.grains, metric.guards]
    for section in registry.sections.values():
        found += [section.questions, section.names]
    titles = (*registry.charts.values(), *registry.tables.values(), *registry.labels.values())
    return found + [title.texts for title in titles]


def read(folder: Path, text: str, dictionary: Dictionary) -> Registry:
    path = folder / REGISTRY.name
    path.write_text(text, encoding="utf-8")
    return read_registry(path, dictionary)


def test_what_is_generated_is_what_the_registry_says() -> None:
    for path, text in generated().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run make dictionary"


def test_every_metric_stands_in_columns_of_marts_and_they_say_so(
    registry: Registry, dictionary: Dictionary
) -> None:
    contracts = read_contracts()
    held = metrics_of_columns(registry)
    assert len(registry.metrics) > 40
    assert set(held) <= set(dictionary.entries)
    for name, metric in registry.metrics.items():
        assert metric.columns, name
        for mart, columns in metric.columns.items():
            assert set(columns) <= set(contracts[mart].columns), (name, mart)
    assert held["share_of_voice"] == {"en": "Share of voice", "vi": "Tỷ trọng tiếng nói"}


def test_a_metric_has_the_unit_of_a_column_that_holds_it(
    registry: Registry, dictionary: Dictionary
) -> None:
    contracts, other = read_contracts(), set()
    for name, metric in registry.metrics.items():
        units = {
            dictionary.entries[contracts[mart].columns[column].described_as].unit
            for mart, columns in metric.columns.items()
            for column in columns
        }
        other |= set() if metric.unit in units else {name}
    assert other == COMPUTED


def test_sources_and_method_pages_exist(registry: Registry) -> None:
    assert set(registry.sources) <= set(SOURCES)
    pages = [metric.method for metric in registry.metrics.values() if metric.method]
    assert {f"methods/{path.name}" for path in (REPOSITORY / "docs/methods").glob("*.md")} == set(
        pages
    )


def test_every_section_with_receipts_has_metrics_and_small_print(registry: Registry) -> None:
    assert set(registry.sections) == set(OF_SECTION)
    assert set(registry.sections) <= set(registry.guards)


def test_both_languages_say_the_same_each_in_itself(registry: Registry) -> None:
    for both in texts(registry):
        numbers = [
            sorted(NUMBER.findall(both[one].replace("khung 15 phút", ""))) for one in LANGUAGES
        ]
        assert [n for n in numbers[0] if n != "15"] == [n for n in numbers[1] if n != "15"], both
        assert [NAMED.findall(both["en"]), both["en"].count("{country}") > 0] == [
            NAMED.findall(both["vi"]),
            both["vi"].count("{country}") > 0,
        ]
        assert not VIETNAMESE.search(both["en"]), both
    for name, metric in registry.metrics.items():
        assert VIETNAMESE.search(metric.names["vi"] + metric.guards["vi"]), name
        assert metric.guards["en"].endswith("."), name
        assert metric.guards["vi"].endswith("."), name


def test_a_metric_of_one_column_has_its_label(registry: Registry, dictionary: Dictionary) -> None:
    entries = dictionary.entries
    same = set(registry.metrics) & set(entries)
    assert same >= {
        "share_of_voice",
        "tone_premium",
        "tone_premium_over_peers",
        "tier1_pickup_rate",
    }
    for name in same & {"share_of_voice", "tone_premium", "tone_premium_over_peers", "reach_index"}:
        assert registry.metrics[name].names == entries[name].labels


def test_the_semantic_layer_has_the_registrys_metrics_by_their_names(registry: Registry) -> None:
    layer = {
        one["name"]: one for one in yaml.safe_load(SEMANTIC.read_text(encoding="utf-8"))["metrics"]
    }
    held = {one: name for name, metric in registry.metrics.items() for one in metric.semantic}
    assert sum(len(metric.semantic) for metric in registry.metrics.values()) == len(held)
    assert set(layer) == set(held)
    for one, name in held.items():
        assert f"{{{{ doc('metric_{name}') }}}}" in layer[one]["description"]
        if one in registry.metrics:
            assert name == one
            assert layer[one]["label"] == registry.metrics[one].names["en"]


def test_thresholds_are_those_in_force(registry: Registry) -> None:
    variables = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    assert registry.thresholds.values["min_words"] == variables["min_words"]
    assert registry.thresholds.values["uplift_donors"] == uplift.LEAST_DONORS
    sql = (PROJECT / "macros/rank_tier.sql").read_text(encoding="utf-8")
    assert f"<= {registry.thresholds.values['tier_2']:.0f} then 'R2'" in sql


def test_a_threshold_is_written_as_its_language_writes_numbers(registry: Registry) -> None:
    fill = registry.thresholds.fill
    text = "{tier_2}, {min_salience}, {min_salience:percent}, {story_seconds:hours}, {balance_days:weeks}"
    assert fill(text, "en") == "50,000, 0.25, 25%, 72, 52"
    assert fill(text, "vi") == "50.000, 0,25, 25%, 72, 52"
    assert fill("{window_days:both_ends} {baseline_days:weeks_both_ends}", "en") == "28 52"
    assert fill("{band_low:of_100} {lead_p:rest_of_100} {closed_from:year}", "vi") == "5 95 2020"
    assert fill("{n} of {min_words}, {min_words:ells}", "en") == "{n} of 80, {min_words:ells}"


def test_a_guard_is_filled_with_the_focus_and_the_thresholds(registry: Registry) -> None:
    for language in LANGUAGES:
        for both in registry.guards.values():
            filled = registry.filled(both, language, COUNTRY[language])
            assert "{" not in filled
    assert "at least 80 words" in registry.filled(registry.guards["stories"], "en", "Viet Nam")
    assert registry.title(registry.charts["voice"], "vi").endswith("28 ngày gần nhất, phần trăm")


def test_a_small_registry_is_read(tmp_path: Path, dictionary: Dictionary) -> None:
    found = read(tmp_path, GOOD, dictionary)
    assert found.filled(found.metrics["stories"].guards, "en", "") == "Over 80 words."
    assert found.title(found.charts["daily"], "vi") == "Ngày, phút"


@pytest.mark.parametrize(
    ("found", "replaced", "message"),
    [
        ("    formula_vi: U\n", "", r"metric 'stories': found the keys.*expected.*formula_vi"),
        ("unit: stories", "unit: papers", r"metric 'stories', unit: 'papers', expected one of"),
        (
            "[gdelt]",
            "[gdelta]",
            r"metric 'stories', sources: 'gdelta', expected one of \['gdelt'\]",
        ),
        (
            "[n_stories]",
            "[n_stories, n_stories]",
            r"columns of mart_reach_week: \['n_stories'\] twice",
        ),
        (
            "{metrics: [stories], question",
            "{metrics: [], question",
            r"no section has \['stories'\]",
        ),
        ("Trên {min_words} từ", "Trên 80 từ", r"names \['min_words'\], its Vietnamese \[\]"),
        ("{min_words} ", "{least_words} ", r"\{least_words\} in .* names no threshold"),
        ("{min_words} ", "{min_words:ells} ", r"\{min_words:ells\} in .* names no threshold"),
        ("dbt:min_words", "dbt:least_words", r"'min_words': no number at 'dbt:least_words'"),
        ("dbt:min_words", "dbt:as_of", r"'min_words': '' at 'dbt:as_of', expected a number"),
        ("dbt:min_words", "settings:min_words", r"expected one of \['dbt', 'python', 'sql'\]"),
        ("unit: minutes", "unit: null", r"names \{unit\} if, and only if, it has one"),
        ("unit: minutes", "unit: percent", r"units: nothing has \['minutes'\]"),
        ("guard_en: Over", "guard_en: Over {% x %}", r"guard_en holds Jinja"),
        ("tables: {}", "tables: {}\nnotes: {}", r"found the keys .*'notes'"),
        ("en: stories", "title_en: stories", r"label 'line_stories': found the keys .*'title_en'"),
        ("vi: tin}", "vi: '{min_words} tin'}", r"names \[\], its Vietnamese \['min_words'\]"),
        ("question_vi: Gì?", "question: Gì?", r"section 'stories': found the keys .*'question'"),
    ],
)
def test_a_fault_is_named(
    found: str, replaced: str, message: str, tmp_path: Path, dictionary: Dictionary
) -> None:
    assert found in GOOD
    with pytest.raises(DictionaryError, match=message):
        read(tmp_path, GOOD.replace(found, replaced), dictionary)


@pytest.mark.parametrize(
    "place",
    [
        "python:tiengvang.no_such.NUMBER",
        "python:tiengvang.analysis.uplift.NO_SUCH",
        "sql:macros/no_such.sql:(\\d+)",
        "sql:macros/rank_tier.sql:<= (\\d+)",
        "sql:macros/rank_tier.sql:nowhere (\\d+)",
    ],
)
def test_a_place_without_one_number_is_refused(place: str) -> None:
    with pytest.raises(DictionaryError, match="'least': no number at"):
        read_thresholds("thresholds", {"least": place})
