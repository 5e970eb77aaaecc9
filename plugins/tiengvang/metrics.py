"""The registry of metrics: what each published number is, in English and Vietnamese, once.

``dbt_project/metrics.yml`` is its one source. The columns' docs blocks, the semantic layer's descriptions,
``docs/metrics.md``, and of an edition the sections' questions, all titles and labels of numbers, the small
print, the thresholds in sentences and the page of metrics follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tiengvang.dictionary import (
    Dictionary,
    DictionaryError,
    Language,
    Texts,
    mapping,
    read_dictionary,
    read_yaml,
    text,
)
from tiengvang.metric_texts import Thresholds, read_thresholds
from tiengvang.transform import PROJECT

REGISTRY = PROJECT / "metrics.yml"
LANGUAGES: tuple[Language, ...] = ("en", "vi")
PARTS = ("name", "formula", "grain", "guard")
METRIC_KEYS = frozenset(
    {f"{part}_{language}" for part in PARTS for language in LANGUAGES}
    | {"unit", "sources", "columns"}
)
OPTIONAL_KEYS = frozenset({"semantic", "method"})
TITLE_KEYS = frozenset({"metrics", "unit", "title_en", "title_vi"})
SECTION_KEYS = frozenset({"metrics", "question_en", "question_vi", "name_en", "name_vi"})
LABEL_KEYS = frozenset({"metrics", "en", "vi"})
HEADS = frozenset(
    {"title", "metric", "formula", "unit", "grain", "guard", "sources", "columns", "charts"}
    | OPTIONAL_KEYS
)
TOP_KEYS = frozenset(
    {"thresholds", "heads", "sources", "units", "metrics"}
    | {"sections", "guards", "charts", "tables", "labels"}
)


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. Texts may hold marks that ``Registry.filled`` fills.

    Attributes:
        unit: its code in the column dictionary, or among the registry's own.
        sources: whose files it follows from, by their names in the registry of sources.
        columns: by mart, the columns that hold it.
        semantic: the semantic layer's metrics of it.
        method: its page below ``docs``, if it has one.
    """

    names: Texts
    formulas: Texts
    grains: Texts
    guards: Texts
    unit: str
    sources: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    semantic: tuple[str, ...] = ()
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """What a chart, a table or single numbers are called: the metrics shown, and the unit if it is named."""

    texts: Texts
    metrics: tuple[str, ...]
    unit: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of an edition: its question, its name among the links, and the metrics that it shows."""

    questions: Texts
    names: Texts
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that ``metrics.yml`` says, in its order; ``labels`` by their keys on the page."""

    thresholds: Thresholds
    heads: Mapping[str, Texts]
    sources: Mapping[str, Texts]
    units: Mapping[str, Texts]
    metrics: Mapping[str, Metric]
    sections: Mapping[str, Section]
    guards: Mapping[str, Texts]
    charts: Mapping[str, Title]
    tables: Mapping[str, Title]
    labels: Mapping[str, Title]

    def filled(self, texts: Texts, language: Language, country: str) -> str:
        """Return a text with its thresholds as they are in force, and the country's name."""
        return self.thresholds.fill(texts[language], language).replace("{country}", country)

    def title(self, title: Title, language: Language) -> str:
        """Return a title or label with its unit; ``{label:...}`` and ``{country}`` stay."""
        unit = self.units[title.unit][language] if title.unit else ""
        filled = title.texts[language].replace("{unit}", unit)
        return self.thresholds.fill(filled, language)

    def first_sections(self) -> dict[str, list[str]]:
        """Return each section's metrics that no section before it has."""
        found: dict[str, list[str]] = {}
        seen: set[str] = set()
        for name, section in self.sections.items():
            found[name] = [metric for metric in section.metrics if metric not in seen]
            seen.update(section.metrics)
        return found


def read_registry(path: Path = REGISTRY, dictionary: Dictionary | None = None) -> Registry:
    """Read the registry; every number in its texts that a setting or constant decides is read from there.

    Raises:
        DictionaryError: a key is missing, unknown or given twice, a text is empty, a mark, unit, source,
            metric or threshold is unknown or unused, or a threshold's place holds no number.
    """
    top = mapping(path.name, read_yaml(path), TOP_KEYS)
    units = (dictionary or read_dictionary()).units
    thresholds = read_thresholds(f"{path.name}, thresholds", top["thresholds"])
    sources = _texts_by_name(path, top, "sources")
    heads = _texts_by_name(path, top, "heads")
    mapping(f"{path.name}, heads", heads, HEADS)
    own_units = _texts_by_name(path, top, "units")
    metrics = {
        name: _metric(f"{path.name}, metric {name!r}", value, {**units, **own_units}, sources)
        for name, value in mapping(f"{path.name}, metrics", top["metrics"]).items()
    }
    charts, tables = (
        {
            name: _title(f"{path.name}, {kind} {name!r}", value, metrics, {**units, **own_units})
            for name, value in mapping(f"{path.name}, {kind}", top[kind]).items()
        }
        for kind in ("charts", "tables")
    )
    found = Registry(
        thresholds=thresholds,
        heads=heads,
        sources=sources,
        units={**units, **own_units},
        metrics=metrics,
        sections={
            name: _section(f"{path.name}, section {name!r}", value, metrics)
            for name, value in mapping(f"{path.name}, sections", top["sections"]).items()
        },
        guards=_texts_by_name(path, top, "guards"),
        charts=charts,
        tables=tables,
        labels={
            name: _label(f"{path.name}, label {name!r}", value, metrics)
            for name, value in mapping(f"{path.name}, labels", top["labels"]).items()
        },
    )
    _require_used(path, found, set(own_units))
    return found


@cache
def bundled() -> Registry:
    """Return the project's own registry; read once in a process."""
    return read_registry()


def _metric(
    place: str, value: Any, units: Mapping[str, Texts], sources: Mapping[str, Texts]
) -> Metric:
    given = mapping(place, value)
    fields = mapping(place, {k: v for k, v in given.items() if k not in OPTIONAL_KEYS}, METRIC_KEYS)
    parts = {part: _texts(place, fields, f"{part}_") for part in PARTS}
    columns = {
        mart: _list(f"{place}, columns of {mart}", names)
        for mart, names in mapping(f"{place}, columns", fields["columns"]).items()
    }
    return Metric(
        names=parts["name"],
        formulas=parts["formula"],
        grains=parts["grain"],
        guards=parts["guard"],
        unit=_one_of(f"{place}, unit", fields["unit"], units),
        sources=_names(f"{place}, sources", fields["sources"], sources),
        columns=columns,
        semantic=_list(f"{place}, semantic", given.get("semantic", [])),
        method=text(place, given, "method") if "method" in given else None,
    )


def _title(
    place: str, value: Any, metrics: Mapping[str, Metric], units: Mapping[str, Texts]
) -> Title:
    fields = mapping(place, value, TITLE_KEYS)
    unit = fields["unit"]
    if unit is not None:
        _one_of(f"{place}, unit", unit, units)
    texts = _texts(place, fields, "title_")
    if any(("{unit}" in words) != (unit is not None) for words in texts.values()):
        raise DictionaryError(f"{place}: a title names {{unit}} if, and only if, it has one")
    return Title(texts, _names(place, fields["metrics"], metrics), unit)


def _section(place: str, value: Any, metrics: Mapping[str, Metric]) -> Section:
    fields = mapping(place, value, SECTION_KEYS)
    return Section(
        questions=_texts(place, fields, "question_"),
        names=_texts(place, fields, "name_"),
        metrics=_names(place, fields["metrics"], metrics),
    )


def _label(place: str, value: Any, metrics: Mapping[str, Metric]) -> Title:
    fields = mapping(place, value, LABEL_KEYS)
    return Title(_texts(place, fields, ""), _names(place, fields["metrics"], metrics), None)


def _texts_by_name(path: Path, top: Mapping[str, Any], key: str) -> dict[str, Texts]:
    found = {}
    for name, value in mapping(f"{path.name}, {key}", top[key]).items():
        place = f"{path.name}, {key} {name!r}"
        found[name] = _texts(place, mapping(place, value, frozenset(LANGUAGES)), "")
    return found


def _texts(place: str, fields: Mapping[str, Any], prefix: str) -> Texts:
    return {language: text(place, fields, f"{prefix}{language}") for language in LANGUAGES}


def _list(place: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise DictionaryError(f"{place}: found {value!r}, expected a list of names")
    twice = sorted({name for name in value if value.count(name) > 1})
    if twice:
        raise DictionaryError(f"{place}: {twice} twice, expected once")
    return tuple(value)


def _names(place: str, value: Any, known: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_one_of(place, name, known) for name in _list(place, value))


def _one_of(place: str, name: Any, known: Mapping[str, Any]) -> str:
    if not isinstance(name, str) or name not in known:
        raise DictionaryError(f"{place}: {name!r}, expected one of {sorted(known)}")
    return name


def _require_used(path: Path, found: Registry, own_units: set[str]) -> None:
    """Refuse what nothing refers to, and marks that nothing fills."""
    texts: list[Texts] = [*found.guards.values()]
    for metric in found.metrics.values():
        texts += [metric.names, metric.formulas, metric.grains, metric.guards]
    for section in found.sections.values():
        texts += [section.questions, section.names]
    titles = [*found.charts.values(), *found.tables.values(), *found.labels.values()]
    texts += [title.texts for title in titles]
    found.thresholds.require_filled(f"{path.name}", texts)
    used_units = {metric.unit for metric in found.metrics.values()} | {one.unit for one in titles}
    of_sections = {name for section in found.sections.values() for name in section.metrics}
    of_metrics = {name for metric in found.metrics.values() for name in metric.sources}
    for kind, known, used in (
        ("metrics: no section has", set(found.metrics), of_sections),
        ("sources: no metric has", set(found.sources), of_metrics),
        ("units: nothing has", own_units, used_units),
    ):
        if unused := sorted(known - used):
            raise DictionaryError(f"{path.name}, {kind} {unused}")
