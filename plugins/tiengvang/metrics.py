"""Reading the registry of metrics: what each published number is, in English and Vietnamese, once.

``dbt_project/metrics.yml`` is its one source. The columns' docs blocks, the semantic layer's descriptions,
``docs/metrics.md``, and of an edition the sections' questions, all titles and labels of numbers, the small
print, the thresholds in sentences and the page of metrics follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from tiengvang.metric_registry import Metric, Registry, Section, Title
from tiengvang.metric_texts import read_thresholds
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
