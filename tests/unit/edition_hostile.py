"""The hand-made edition in which everything that others write is hostile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

import edition_frames as sample

from tiengvang.edition.columns import BY_FRAME
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.overrides import Override
from tiengvang.edition.request import EditionRequest

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "\u202eesrever\u202c \u2066mark\u200f",
    "zero\u200bwidth\ufeff",
    "\u05e9\u05dc\u05d5\u05dd 123 (\u05e2\u05d5\u05dc\u05dd)",
    "L" * 10_000,
    "bell\x07 \x1b[31mred\x1b[0m nul\x00",
    "=cmd()",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "Z" + "\u0301" * 60,
    "{{ 7 * 7 }} {% x %} {country} %(x)s",
    "line\u2028line\r\nline",
)
# Columns that publishers, checkers and offices write; codes are checked where they enter.
WRITTEN: dict[str, tuple[str, ...]] = {
    "documents": ("outlet_domain", "url", "title"),
    "stories": ("title", "first_url", "first_outlet_domain"),
    "arrivals": ("source_file_name", "source_place"),
    "registered": ("source_file_name", "source_place"),
    "readiness": ("kpi_name_en", "kpi_name_vi", "office", "target_source"),
    "readiness_units": ("kpi_name_en", "kpi_name_vi", "unit_name_en", "unit_name_vi", "office"),
    "events": ("name_en", "name_vi", "office"),
    "event_versions": ("name_en", "name_vi", "office"),
    "agreements": ("title_en", "title_vi"),
    "awards": ("name_en", "name_vi", "office"),
    "training": ("unit_name_en", "unit_name_vi"),
    "claims": (
        *("claim_review_url", "checker_domain", "checker_name", "claim_text", "rating_text"),
    ),
    "correction_reach": ("case_code",),
    "alert_stories": ("title", "first_url", "first_outlet_domain"),
}


def facts() -> EditionFacts:
    """Return the edition with a hostile text in every such cell that is not null, all kinds in turn."""
    changes: dict[str, Any] = {}
    found = sample.rows()
    for name, columns in WRITTEN.items():
        assert set(columns) <= set(BY_FRAME[name]), name
        texts = cycle(HOSTILE)
        changes[name] = [sample.changed(name, row, **_hostile(name, row, columns, texts))
                         for row in found[name]]  # fmt: skip
    return sample.facts(**changes)


def _hostile(
    name: str, row: tuple[Any, ...], columns: tuple[str, ...], texts: Iterator[str]
) -> dict[str, str]:
    values = dict(zip(BY_FRAME[name], row, strict=True))
    if (
        "unit_code" in values and "unit_name_en" in columns
    ):  # a unit has one name in all of its rows
        number = sum(map(ord, str(values["unit_code"])))
        texts = cycle((HOSTILE[number % len(HOSTILE)],))
    return {column: next(texts) for column in columns if values[column] is not None}


def request() -> EditionRequest:
    """Return a request with an override whose office and reason are hostile, and what it covers."""
    given = tuple(
        Override(
            number,
            *(text, text, ("unknown_outlet_share",)),
            datetime(2026, 7, 13, tzinfo=UTC),
            datetime(2026, 7, 14, tzinfo=UTC),
        )
        for number, text in enumerate(HOSTILE)
    )
    return sample.request(overrides=given)
