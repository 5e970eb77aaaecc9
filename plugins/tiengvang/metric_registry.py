"""What the registry of metrics holds: metrics, sections, titles and labels, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tiengvang.dictionary import Language, Texts
from tiengvang.metric_texts import Thresholds


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
