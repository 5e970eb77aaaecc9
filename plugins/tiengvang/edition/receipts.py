"""Where an edition's numbers come from: one receipt per query, runnable as it stands.

Every number of a page is a function of these rows alone, so whoever has the receipts and the version of
the code has the numbers; ``verification`` recomputes them.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from psycopg import sql

from tiengvang.edition import html_templates
from tiengvang.edition.data_files import csv_bytes
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.queries import QUERIES
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.sql_text import bound_sql

FOLDER = "receipts"
# Which receipts the numbers of a section come from; "trust" holds what is said of all of them.
OF_SECTION = {
    "stories": ("stories", "reach", "documents", "coverage", "eligibility"),
    "voice": ("voice",),
    "tone": ("tone",),
    "messages": ("messages",),
    "programme": ("events", "event_versions", "agreements", "awards", "training"),
    "uplifts": ("uplifts", "uplift_days", "uplift_donors", "events"),
    "alerts": ("alerts", "alert_stories", "alert_calibrations", "tone_shifts"),
    "relations": ("relations",),
    "claims": ("claims", "response_clock", "response_curve", "correction_reach"),
    "outcomes": (*("arrivals", "registered", "outcome_months", "leads", "outcomes", "revisions"),),
    "readiness": ("readiness", "readiness_units", "provinces"),
    "trust": ("trust", "coverage", "audits"),
}
# The stories that a measure of a window rests on, by the frame; the window's days are in its rows.
IN_WINDOW = """
    select story_id, first_date, title, first_url from marts.mart_story_week
    where country_code_iso3 = {focus} and series = 'foreign'
      and first_date between {first} and {last}
    order by first_date, story_id
"""
WINDOWS = {
    "coverage": ("coverage_date", "coverage_date"),
    "reach": ("week_start_date", "week_end_date"),
    "eligibility": ("coverage_date", "coverage_date"),
    "voice": ("window_start_date", "window_end_date"),
    "tone": ("window_start_date", "window_end_date"),
    "messages": ("window_start_date", "window_end_date"),
    "alerts": ("alert_date", "alert_date"),
}


def rows_digest(frame: pd.DataFrame) -> str:
    """Return the sha256 of a frame's rows, written as the CSV files are; lists by their members."""
    plain = frame.map(lambda value: " ".join(map(str, value)) if isinstance(value, list) else value)
    return hashlib.sha256(csv_bytes(plain)).hexdigest()


def receipts(facts: EditionFacts, request: EditionRequest) -> dict[str, dict[str, Any]]:
    """Return an edition's receipts by the name of the query.

    Each has the public marts it reads, the query, its columns, how many rows it gave and their digest, the
    versions of the method in them, and, where stories stand behind them, the query that lists these.
    What is suppressed is left out of the rows before they are digested, as it is everywhere.
    """
    return {name: _receipt(name, facts, request) for name in sorted(QUERIES)}


def snapshot_sha256(given: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the digest of all rows that an edition was made from: of the digests of its queries."""
    lines = "".join(f"{name} {given[name]['rows_sha256']}\n" for name in sorted(given))
    return hashlib.sha256(lines.encode()).hexdigest()


def _receipt(name: str, facts: EditionFacts, request: EditionRequest) -> dict[str, Any]:
    frame: pd.DataFrame = getattr(facts, name)
    text = bound_sql(name, request)
    methods = frame["method_version"].dropna() if "method_version" in frame else pd.Series()
    return {
        "name": name,
        "marts": sorted(set(re.findall(r"marts\.(\w+)", text))),
        "sql": text,
        "columns": list(frame.columns),
        "n_rows": len(frame),
        "rows_sha256": rows_digest(frame),
        "method_versions": sorted(set(map(str, methods))),
        "stories_sql": _stories_sql(name, frame, request),
    }


def _stories_sql(name: str, frame: pd.DataFrame, request: EditionRequest) -> str | None:
    if name not in WINDOWS or frame.empty:
        return None
    first, last = WINDOWS[name]
    days = {
        "first": frame[first].min() if first in frame else None,
        "last": frame[last].max() if last in frame else None,
    }
    if None in days.values():
        return None
    literals = {key: sql.Literal(value).as_string() for key, value in days.items()}
    focus = sql.Literal(request.focus_iso3).as_string()
    return textwrap.dedent(IN_WINDOW).strip().format(focus=focus, **literals) + ";"


def receipts_html(
    request: EditionRequest, given: Mapping[str, Mapping[str, Any]], sections: Iterable[str] = ()
) -> str:
    """Write the receipts as one page in both languages, each with an anchor of its name.

    ``sections`` have receipts of their figures, to which the page links.
    """
    return receipt_page(
        "receipts.html.j2",
        request,
        receipts=given,
        snapshot=snapshot_sha256(given),
        sections=list(sections),
    )


def receipt_page(template: str, request: EditionRequest, **values: Any) -> str:
    """Write a page of receipts."""
    return html_templates.template(template).render(
        request=request, style=html_templates.style(), **values
    )
