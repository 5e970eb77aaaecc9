"""Data Docs: GX's own pages about what a door judged, readable offline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from tiengvang.gate_suites import DOORS

if TYPE_CHECKING:
    from tiengvang.gate_report import GateReport

MOST_PAGES = 50

# GX's page shell loads scripts and styles from five hosts; its sections need none of them.
PAGE = Environment(autoescape=True).from_string(r"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ report.subject }}: {{ report.door }} door</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
:root { color: CanvasText; background: Canvas; }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
th, td { border-bottom: 1px solid #8886; padding: .35rem .6rem; text-align: left; }
td { vertical-align: top; }
.failed td { background: #c6282826; font-weight: 600; }
.sentence { min-width: 14rem; }
.wide, .table-responsive { overflow-x: auto; }
.observed { overflow-wrap: anywhere; min-width: 8rem; }
summary { cursor: pointer; font-size: 1.25rem; font-weight: 600; margin: .5rem 0; }
pre, code { white-space: pre-wrap; overflow-wrap: anywhere; }
.cooltip .top { display: none; }
.fa-check-circle::before { content: "\2713"; }
.fa-times::before { content: "\2717"; }
.fa-exclamation-triangle::before { content: "!"; }
</style>
</head>
<body>
<main>
<h1>{{ report.subject }}, {{ report.door }} door: {{ "passed" if report.passed else "held" }}</h1>
<p>{{ report.results | length }} expectations, failures first; critical failures:
{{ report.failed_critical | length }}, warnings:
{{ report.results | rejectattr("is_success") | list | length - report.failed_critical | length }}.</p>
<div class="wide" tabindex="0" role="region" aria-label="Expectations, failures first">
<table>
<thead>
<tr><th>Suite</th><th>Column</th><th>Severity</th><th>Result</th><th>Observed</th>
<th>English</th><th>Tiếng Việt</th></tr>
</thead>
<tbody>
{% for result in report.results | sort(attribute="is_success,severity") -%}
<tr{% if not result.is_success %} class="failed"{% endif %}>
<td>{{ result.suite }}</td><td>{{ result.column or "" }}</td><td>{{ result.severity }}</td>
<td>{{ "holds" if result.is_success else "fails" }}</td>
<td class="observed">{{ result.observed or "" }}</td>
<td class="sentence">{{ result.sentence_en }}</td>
<td class="sentence" lang="vi">{{ result.sentence_vi }}</td>
</tr>
{% endfor -%}
</tbody>
</table>
</div>
<h2>What Great Expectations saw, suite by suite</h2>
{% for name, sections in documents -%}
<details>
<summary>{{ name }}</summary>
{% for section in sections %}{{ section | safe }}{% endfor %}
</details>
{% endfor -%}
</main>
</body>
</html>
""")


def write_data_docs(reports: Iterable[GateReport], folder: Path) -> list[Path]:
    """Write one page per report, named by door and subject; a page that is there is replaced.

    The folder keeps the newest pages: of older subjects the results are in the warehouse.

    Returns:
        The pages, in the order of the reports.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for report in reports:
        page = folder / page_name(report.door, report.subject)
        documents = [(suite, _sections(found)) for suite, found in report.documents.items()]
        page.write_text(PAGE.render(report=report, documents=documents), encoding="utf-8")
        pages.append(page)
    _prune(folder)
    return pages


def page_name(door: str, subject: str) -> str:
    """Return the file name of the page about what a door saw of a subject."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", f"{door} {subject}").strip("-").lower()
    return f"{name}.html"


def newest_pages(home: Path) -> dict[str, Path]:
    """Return the page that was written last at each door, of the doors that wrote one."""
    folders = [home / "data_docs" / door for door in DOORS]
    pages = {folder.name: _by_age(folder)[-1:] for folder in folders}
    return {door: found[0] for door, found in pages.items() if found}


def _prune(folder: Path) -> None:
    for page in _by_age(folder)[:-MOST_PAGES]:
        page.unlink(missing_ok=True)


def _by_age(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"), key=lambda page: (page.stat().st_mtime_ns, page.name))


def _sections(document: Any) -> list[str]:
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer

    page = ValidationResultsPageRenderer().render(_escaped(document))
    # The first section is GX's own summary with the wall clock of the run.
    return [
        _offline(
            _view().render({"section": section.to_json_dict(), "section_loop": {"index": number}})
        )
        for number, section in enumerate(page.sections[1:], start=1)
    ]


def _escaped(document: Any) -> Any:
    """Return a copy whose examples of unexpected values are text: GX puts them into cells as HTML."""
    document = deepcopy(document)
    for found in document.results:
        found.result = _as_text(found.result)
    return document


def _as_text(value: Any) -> Any:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    return [_as_text(inner) for inner in value] if isinstance(value, list) else value


@lru_cache(maxsize=1)
def _view() -> Any:
    """Return GX's view of a section; each new one would compile its templates again."""
    from great_expectations.render.view import DefaultJinjaSectionView

    return DefaultJinjaSectionView()


def _offline(html: str) -> str:
    html = re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r"<(?:img|link)\b[^>]*>", "", html)
    html = re.sub(r"<(/?)h[1-6]\b", r"<\1h3", html)  # GX's h5 would skip two levels here
    # what is wider than the screen is reached by keyboard as well
    html = re.sub(r"<div\b(?=[^>]*\btable-responsive\b)", '<div tabindex="0"', html)
    # GX numbers the parts of each suite from one: on a page of several suites the ids repeat.
    return re.sub(r'\sid="[^"]*"', "", html)
