"""An edition's folder: two pages, the data behind them, and the manifest that vouches for both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from tiengvang.edition.brief import Brief, Page, make_brief
from tiengvang.edition.data_files import csv_bytes, data_frames
from tiengvang.edition.data_package import DESCRIPTOR, descriptor, fields, parquet_path
from tiengvang.edition.facts import EditionFacts, methods_of
from tiengvang.edition.figure_receipts import figure_receipts, figures_html
from tiengvang.edition.figures_marked import Figures
from tiengvang.edition.locales import Language
from tiengvang.edition.markets import newest_release
from tiengvang.edition.metrics_page import metrics_html
from tiengvang.edition.outcomes import vintages
from tiengvang.edition.page import page_html
from tiengvang.edition.parquet_files import MEDIA_TYPE, parquet_bytes
from tiengvang.edition.pdf import page_pdf
from tiengvang.edition.receipts import FOLDER, receipts, receipts_html, snapshot_sha256
from tiengvang.edition.records import MANIFEST
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.sources import MAIN, SOURCES
from tiengvang.edition.texts import TEXTS
from tiengvang.windows import format_instant

LANGUAGES: tuple[Language, ...] = ("en", "vi")
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8; header=present",
    ".parquet": MEDIA_TYPE,
    ".pdf": "application/pdf",
    ".json": "application/json; charset=utf-8",
}


def render_edition(facts: EditionFacts, request: EditionRequest, folder: Path) -> dict[str, Any]:
    """Write an edition into an empty folder and return its manifest.

    The folder then holds ``en/index.html`` and ``vi/index.html``, beside each its print (``brief.pdf``) and
    ``metrics.html``, ``data/*.csv``, the same as ``data/*.parquet``, what describes them
    (``datapackage.json``), the receipts and ``manifest.json``. The same facts and request give the same
    bytes.

    Raises:
        FileExistsError: the folder is not empty.
        ValueError: facts and request are not of the same focus and period.
    """
    _require_same(facts, request)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"an edition is written into an empty folder: {folder}")
    brief = make_brief(facts, request)
    frames = data_frames(brief)
    files = {f"data/{name}": csv_bytes(frame) for name, frame in frames.items()}
    described = fields(frames)
    files |= {
        parquet_path(name): parquet_bytes(frame, described[name]) for name, frame in frames.items()
    }
    pages = {language: Page(brief, language) for language in LANGUAGES}
    figures = Figures()
    for language, page in pages.items():
        html = page_html(page, figures)
        files[f"{language}/index.html"] = html.encode("utf-8")
        files[f"{language}/brief.pdf"] = page_pdf(page, html)
        files[f"{language}/metrics.html"] = metrics_html(page).encode("utf-8")
    texts = {language: _texts(page) for language, page in pages.items()}
    given = receipts(facts, request)
    files |= {f"{FOLDER}/{name}.json": _json(receipt) for name, receipt in given.items()}
    of_figures = figure_receipts(figures, facts, request, snapshot_sha256(given))
    for section, receipt in of_figures.items():
        files[f"{FOLDER}/figures/{section}.json"] = _compact(receipt)
        files[f"{FOLDER}/figures/{section}.html"] = figures_html(request, receipt).encode("utf-8")
    page_of_receipts = receipts_html(request, given, of_figures)
    files[f"{FOLDER}/index.html"] = page_of_receipts.encode("utf-8")
    files[DESCRIPTOR] = _json(descriptor(request, texts, described, files))
    manifest = _manifest(brief, files, {name: len(frame) for name, frame in frames.items()})
    manifest["texts"] = texts
    files[MANIFEST] = _json(manifest)
    for name, payload in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(payload)
    return manifest


def _compact(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()


def _json(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()


def _require_same(facts: EditionFacts, request: EditionRequest) -> None:
    asked = (request.focus_iso3, request.period_start, request.period_end)
    read = (facts.focus_iso3, facts.period_start, facts.period_end)
    if asked != read:
        raise ValueError(f"facts are of {read}, the request is of {asked}")


def _texts(page: Page) -> dict[str, str]:
    """Return what the entry page and notices say of the edition."""
    texts = TEXTS[page.language]
    return {
        "title": texts.title(page),
        "period": texts.period(page),
        "headline": texts.headline(page),
    }


def _plain(value: Any) -> Any:
    """Return a value that JSON can hold: null for NA and NaN, text for days."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 10)
    return value.item() if hasattr(value, "item") else value


def _manifest(
    brief: Brief, files: Mapping[str, bytes], row_counts: Mapping[str, int]
) -> dict[str, Any]:
    request, facts = brief.request, brief.facts
    return {
        "edition_id": request.edition_id,
        "status": request.status,
        "cadence": request.cadence,
        "focus_country_code_iso3": request.focus_iso3,
        "world": {"name": request.world_name, "is_synthetic": request.is_synthetic},
        "as_of_at": format_instant(request.as_of_at),
        # what an edition follows from beside its windows and versions
        "request": {
            "today": request.today.isoformat(),
            "slots_due": request.slots_due,
            "newest_due_at": request.newest_due_at and format_instant(request.newest_due_at),
        },
        "windows": {
            "period": [request.period_start.isoformat(), request.period_end.isoformat()],
            "previous_period": [
                request.previous_start.isoformat(),
                request.period_start.isoformat(),
            ],
            "week": [facts.week_dates[0].isoformat(), facts.week_dates[-1].isoformat()],
            "rolling": None
            if brief.voice.window is None
            else [day.isoformat() for day in brief.voice.window],
        },
        "versions": {
            "code": request.code_version,
            "project_digest": request.project_digest,
            "methods": list(methods_of(facts)),
        },
        "summary": {name: _plain(value) for name, value in brief.numbers.items()},
        "trust": {item.key: item.level for item in brief.trust_items},
        "outcome_vintages": {name: _plain(value) for name, value in vintages(facts).items()},
        "newest_releases": {
            name: _plain(newest_release(found))
            for name, found in (
                ("arrivals", brief.markets.arrivals),
                ("registered", brief.markets.registered),
            )
        },
        "row_counts": dict(row_counts),
        "gate_results": [result.as_dict() for result in request.gates],
        "overrides": [override.as_dict() for override in request.overrides],
        "held_against": [held.as_dict() for held in request.held_against],
        "corrections": [correction.as_dict() for correction in request.corrections],
        "sources": [{key: SOURCES[name][key] for key in ("name", "url", "terms")} for name in MAIN],
        "csv_encoding": "utf-8-sig",
        "files": [
            {
                "path": name,
                "bytes": len(payload),
                "sha256": hashlib.sha256(payload).hexdigest(),
                "media_type": MEDIA_TYPES[Path(name).suffix],
            }
            for name, payload in sorted(files.items())
        ],
    }
