"""What is generated from the column dictionary and the registry of metrics, and kept in the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tiengvang.contracts import read_contracts
from tiengvang.dictionary import (
    DOCS_BLOCKS,
    Dictionary,
    Language,
    Texts,
    markdown,
    read_dictionary,
    wrapped,
)
from tiengvang.metric_registry import Metric, Registry
from tiengvang.metrics import LANGUAGES, read_registry
from tiengvang.settings import REPOSITORY
from tiengvang.transform import PROJECT

THRESHOLD_BLOCKS = PROJECT / "models" / "marts" / "thresholds.md"
# In a model's description, window_days__both_ends is the threshold {window_days:both_ends}.
IN_FORCE = re.compile(r"doc\('in_force_(\w+)'\)")
SEMANTIC_BLOCKS = PROJECT / "models" / "semantic" / "metrics.md"
PAGE = REPOSITORY / "docs" / "metrics.md"
# The registry speaks of an edition's focus by its name; outside of editions there is none.
COUNTRY: Texts = {"en": "the focus country", "vi": "nước trọng tâm"}


def generated() -> dict[Path, str]:
    """Return every generated file's text by its path."""
    registry, written = read_registry(), read_dictionary()
    entries = {name: registry.thresholds.entry(one) for name, one in written.entries.items()}
    columns = Dictionary(written.units, entries)
    return {
        DOCS_BLOCKS: markdown(columns, metrics_of_columns(registry)),
        THRESHOLD_BLOCKS: threshold_blocks(registry),
        SEMANTIC_BLOCKS: semantic_blocks(registry),
        PAGE: page(registry),
    }


def write() -> None:
    """Write every generated file."""
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")


def metrics_of_columns(registry: Registry) -> dict[str, Texts]:
    """Return the names of the metrics that a docs block's columns hold, by the docs block's name.

    Raises:
        KeyError: a metric names a mart or column that there is not.
    """
    contracts = read_contracts()
    found: dict[str, dict[str, Metric]] = {}
    for name, metric in registry.metrics.items():
        for mart, columns in metric.columns.items():
            for column in columns:
                described_as = contracts[mart].columns[column].described_as
                found.setdefault(described_as, {})[name] = metric
    return {
        block: {
            language: "; ".join(metric.names[language] for metric in metrics.values())
            for language in LANGUAGES
        }
        for block, metrics in found.items()
    }


def threshold_blocks(registry: Registry) -> str:
    """Return a docs block per threshold that a model's description names, as English writes it.

    Raises:
        KeyError: a description names a threshold or form that there is not.
    """
    marks = sorted(threshold_marks())
    written = [registry.thresholds.written(mark, "en") for mark in marks]
    return "\n".join(
        f"{{% docs in_force_{mark.replace(':', '__')} %}}{number}{{% enddocs %}}\n"
        for mark, number in zip(marks, written, strict=True)
    )


def threshold_marks() -> set[str]:
    """Return the thresholds that models' descriptions name."""
    files = (PROJECT / "models").rglob("*.yml")
    named = (IN_FORCE.findall(path.read_text(encoding="utf-8")) for path in files)
    return {name.replace("__", ":") for names in named for name in names}


def semantic_blocks(registry: Registry) -> str:
    """Return a docs block per metric that the semantic layer has, in both languages."""
    blocks = []
    for name, metric in registry.metrics.items():
        if metric.semantic:
            english, vietnamese = (_description(registry, metric, one) for one in LANGUAGES)
            body = f"{wrapped(english)}\n\n{wrapped(f'*Tiếng Việt:* {vietnamese}')}"
            blocks.append(f"{{% docs metric_{name} %}}\n{body}\n{{% enddocs %}}\n")
    return "\n".join(blocks)


def _description(registry: Registry, metric: Metric, language: Language) -> str:
    formula, guard = (
        registry.filled(texts, language, COUNTRY[language])
        for texts in (metric.formulas, metric.guards)
    )
    return f"{metric.names[language]}: {formula}. {guard}"


def page(registry: Registry) -> str:
    """Return the page of all metrics, in English and then in Vietnamese."""
    title = registry.heads["title"]
    parts = [
        "<!-- Written by `make dictionary` from dbt_project/metrics.yml. -->\n",
        f"[Tiếng Việt](#{title['vi'].lower().replace(' ', '-')})\n",
    ]
    for language in LANGUAGES:
        parts.append(f"# {title[language]}\n")
        for name in (name for names in registry.first_sections().values() for name in names):
            parts.append("\n".join(_entry(registry, name, language)))
    return "\n".join(parts)


def _entry(registry: Registry, name: str, language: Language) -> Iterator[str]:
    metric, country = registry.metrics[name], COUNTRY[language]
    heads = {part: texts[language] for part, texts in registry.heads.items()}
    yield f"## {metric.names[language]}\n"
    yield f"- *{heads['formula']}:* {registry.filled(metric.formulas, language, country)}"
    yield f"- *{heads['unit']}:* {registry.units[metric.unit][language]}"
    yield f"- *{heads['grain']}:* {registry.filled(metric.grains, language, country)}"
    yield f"- *{heads['guard']}:* {registry.filled(metric.guards, language, country)}"
    sources = "; ".join(registry.sources[source][language] for source in metric.sources)
    yield f"- *{heads['sources']}:* {sources}"
    yield f"- *{heads['columns']}:* {_places(metric.columns)}"
    if metric.semantic:
        yield f"- *{heads['semantic']}:* {', '.join(f'`{one}`' for one in metric.semantic)}"
    if metric.method:
        yield f"- *{heads['method']}:* [{metric.method}]({metric.method})"
    yield ""


def _places(columns: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(
        f"`{mart}`: " + ", ".join(f"`{name}`" for name in names) for mart, names in columns.items()
    )
