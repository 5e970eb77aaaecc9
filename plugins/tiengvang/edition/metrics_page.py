"""The page of an edition that says how each of its numbers is measured."""

from __future__ import annotations

from typing import Any

from tiengvang.edition.brief import Page
from tiengvang.edition.html_templates import style, template
from tiengvang.edition.labels import page_labels
from tiengvang.metric_registry import Registry
from tiengvang.metrics import bundled


def metrics_html(page: Page) -> str:
    """Write the registry of metrics as one HTML document in the page's language.

    Each metric has an anchor of its name, under the first section that shows it.
    """
    registry = bundled()
    return template("metrics.html.j2").render(
        style=style(),
        request=page.brief.request,
        language=page.language,
        other="vi" if page.language == "en" else "en",
        labels=page_labels(page),
        as_of=page.numbers.instant(page.brief.request.as_of_at),
        heads={part: texts[page.language] for part, texts in registry.heads.items()},
        sections={
            section: {name: _metric(registry, name, page) for name in names}
            for section, names in registry.first_sections().items()
        },
    )


def _metric(registry: Registry, name: str, page: Page) -> dict[str, Any]:
    """Return what is printed of a metric; its charts by their sections' anchors are those that show it."""
    metric, language = registry.metrics[name], page.language
    return {
        "name": metric.names[language],
        "formula": registry.filled(metric.formulas, language, page.focus),
        "unit": registry.units[metric.unit][language],
        "grain": registry.filled(metric.grains, language, page.focus),
        "guard": registry.filled(metric.guards, language, page.focus),
        "sources": [registry.sources[source][language] for source in metric.sources],
        "columns": metric.columns,
        "charts": [key for key, title in registry.charts.items() if name in title.metrics],
        "semantic": metric.semantic,
        "method": metric.method,
    }
