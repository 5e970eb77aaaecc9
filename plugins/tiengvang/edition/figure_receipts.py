"""One receipt per printed figure: the cell or expression it is, the SQL that gives it, what stands behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tiengvang.contracts import read_contracts
from tiengvang.dictionary import unit
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.figures_marked import Block, Figure, Figures
from tiengvang.edition.locales import Language
from tiengvang.edition.receipts import receipt_page
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.sourced import Cell, Counted, OfRows, cells_of, queries_of, sql_of
from tiengvang.edition.sql_text import literal, main_mart
from tiengvang.edition.stories_behind import StoriesBehind

LANGUAGES: tuple[Language, ...] = ("en", "vi")
KINDS = {Cell: "cell", Counted: "counted", OfRows: "rows"}


def figure_receipts(
    figures: Figures, facts: EditionFacts, request: EditionRequest, snapshot: str
) -> dict[str, dict[str, Any]]:
    """Return the receipts of a page's figures by section: what is printed, its value, its SQL.

    Figures stand in blocks (a table's row, a sentence), as the page links to them. ``snapshot`` is the
    digest of the rows that the edition was made from.
    """
    methods = {
        name: ", ".join(sorted({str(one) for one in frame["method_version"].dropna()}))
        for name in facts.frames
        if "method_version" in (frame := getattr(facts, name))
    }
    behind = StoriesBehind(facts, request)
    sections: dict[str, dict[str, Any]] = {}
    for block in figures.blocks.values():
        if not block.figures:
            continue
        section = sections.setdefault(
            block.section,
            {
                "section": block.section,
                "edition_id": request.edition_id,
                "snapshot_sha256": snapshot,
                "blocks": [],
            },
        )
        section["blocks"].append(
            {
                "id": block.id,
                "titles": {language: block.titles.get(language, "") for language in LANGUAGES},
                "figures": [_figure(one, request, methods) for one in block.figures.values()],
                "stories": behind.of(_rows(block)),
            }
        )
    for section in sections.values():
        section["stories"] = behind.listed(block["stories"] for block in section["blocks"])
    return sections


def figures_html(request: EditionRequest, section: Mapping[str, Any]) -> str:
    """Write a section's receipts as one page in both languages, with an anchor for each block."""
    return receipt_page("figures.html.j2", request, section=section)


def _rows(block: Block) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the rows that a block's figures are of, each with its key, and queries read whole."""
    found: dict[tuple[str, Any], Mapping[str, Any]] = {}
    for figure in block.figures.values():
        for cell in cells_of(figure.source):
            found.setdefault((cell.row.query, cell.row.key), dict(cell.row.key))
        for query in queries_of(figure.source):
            found.setdefault((query, None), {})
    return [(query, key) for (query, _), key in found.items()]


def _figure(figure: Figure, request: EditionRequest, methods: Mapping[str, str]) -> dict[str, Any]:
    source = figure.source
    queries = list(dict.fromkeys([*_cell_queries(source), *queries_of(source)]))
    found = {
        "id": figure.id,
        "kind": KINDS.get(type(source), "computed"),
        "marts": sorted({main_mart(query) for query in queries}),
        "queries": queries,
        "value": figure.value,
        "printed": {language: figure.printed.get(language, []) for language in LANGUAGES},
        "sql": f"{sql_of(source, request)};",
        "method_versions": sorted({methods[query] for query in queries if methods.get(query)}),
    }
    found |= dict.fromkeys(("key", "column", "unit"))
    if isinstance(source, Cell):
        found["key"] = {name: _text(value) for name, value in source.row.key}
        found["column"] = source.column
        found["unit"] = _unit(main_mart(source.row.query), source.column)
    return found


def _cell_queries(source: Any) -> Iterable[str]:
    return (cell.row.query for cell in cells_of(source))


def _text(value: Any) -> str | None:
    text = literal(value)
    return None if text == "null" else str(value)


def _unit(mart: str, column: str) -> dict[str, str] | None:
    """Return the dictionary's unit of a mart's column in both languages; null where it has none."""
    described = read_contracts()[mart].columns.get(column)
    if described is None:
        return None
    found = unit(described.described_as)
    return None if found is None else {str(language): text for language, text in found.items()}
