"""A hand-made edition: two weeks of coverage of Vietnam with a gap, thin days and hostile text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import edition_alerts as alerts
import edition_leads as leads
import edition_measures as measures
import edition_outcomes as months
import edition_registers as registers
import edition_uplifts as uplifts
import pandas as pd

from tiengvang.edition.columns import BY_FRAME
from tiengvang.edition.facts import EditionFacts, typed_frame, withheld
from tiengvang.edition.request import EditionRequest
from tiengvang.gate import GateResult

START, END = date(2026, 7, 6), date(2026, 7, 13)
DAYS = [START + timedelta(days=n) for n in range(-7, 7)]
GAP = DAYS[3]  # no slot at all, in the week before
THIN = DAYS[9]  # half of the slots
COUNTRIES = [
    ("VNM", "VN", "Vietnam", "Việt Nam", "focus"),
    ("THA", "TH", "Thailand", "Thái Lan", "peer"),
    ("IDN", "ID", "Indonesia", "Indonesia", "peer"),
    ("MYS", "MY", "Malaysia", "Malaysia", "peer"),
    ("PHL", "PH", "Philippines", "Philippines", "peer"),
    ("SGP", "SG", "Singapore", "Singapore", "peer"),
    ("JPN", "JP", "Japan", "Nhật Bản", None),
    ("USA", "US", "United States", "Hoa Kỳ", None),
    ("FRA", "FR", "France", "Pháp", None),
    ("DEU", "DE", "Germany", "Đức", None),
    ("LAO", "LA", "Laos", "Lào", None),
    ("CHN", "CN", "China", "Trung Quốc", None),
    ("GBR", "GB", "United Kingdom", "Vương quốc Anh", None),
    ("KOR", "KR", "South Korea", "Hàn Quốc", None),
]
# source country: documents a day before and now, tone, outlets a day
SOURCES = {
    "JPN": (20, 44, -1.6, 5),
    "USA": (31, 30, -0.4, 6),
    "FRA": (12, 11, 0.3, 4),
    "SGP": (9, 10, 0.8, 3),
    "DEU": (7, 6, -0.2, 2),
    "LAO": (1, 0, 0.0, 1),
    "unknown": (14, 15, 0.1, 8),
    "VNM": (60, 61, 1.0, 9),
}
HOSTILE = [
    "<script>alert(1)</script> & trade",
    "\u202eesrever ni eltit a\u202c about ports",
    "L" * 10_000,
    '=HYPERLINK("http://evil.example","x")',
    "Việt Nam ký thỏa thuận mới về năng lượng",
    "ベトナム経済、成長を続ける",
    "Une délégation en visite à Hanoï",
]


def request(**changes: Any) -> EditionRequest:
    """Return a weekly edition of the sample world with one failed warning."""
    result: dict[str, Any] = {
        "door": "edition",
        "suite": "edition_summary",
        "expectation": "expect_column_values_to_be_between",
        "severity": "warning",
        "sentence_en": "At most half of the outlets are of unknown country.",
        "sentence_vi": "Nhiều nhất một nửa số cơ quan báo chí chưa rõ nước.",
    }
    base = EditionRequest(
        edition_id="2026-W28-weekly-1",
        cadence="weekly",
        period_start=START,
        period_end=END,
        focus_iso3="VNM",
        world_name="sample-7",
        is_synthetic=True,
        as_of_at=datetime(2026, 7, 13, 1, 20, tzinfo=UTC),
        today=date(2026, 7, 13),
        code_version="0.1.0",
        project_digest="0123456789abcdef",
        gate_results=[
            GateResult(column="unknown_outlet_share", is_success=False, observed="0.61", **result),
            GateResult(column="rejected_row_share", is_success=True, observed="0.0002", **result),
        ],
    )
    return replace(base, **changes)


def wobble(*seed: int) -> float:
    """Return a fixed number between -1 and 1 that looks irregular."""
    value = sum((n + 1) * (place + 3) * 2654435761 for place, n in enumerate(seed)) % 1000
    return value / 500 - 1


def _coverage() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for number, (source, (before, now, tone, outlets)) in enumerate(sorted(SOURCES.items())):
        relation = {"unknown": "unknown", "VNM": "domestic"}.get(source, "foreign")
        for index, day in enumerate(DAYS):
            level = now if day >= START else before
            n = max(0, round(level * (1 + 0.12 * wobble(number, index))))
            gap, hidden = day == GAP, outlets < 3 or n == 0
            rows.append(
                (
                    *("VNM", source, day, relation, None if gap else n),
                    None if gap else min(outlets, n),
                    None if gap or hidden else tone + 0.4 * wobble(number, index),
                    192,
                    0 if gap else 96 if day == THIN else 192,
                    "under_3_outlets" if hidden and n and not gap else None,
                    "2",
                )
            )
    return rows


def _trust() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for day in DAYS:
        newest = datetime(day.year, day.month, day.day, 23, 45, tzinfo=UTC)
        for stream, expected in (("all", 192), ("english", 96), ("translation", 96)):
            lost = expected if day == GAP else expected // 2 if day == THIN else 0
            rows.append(
                (
                    day,
                    stream,
                    expected,
                    expected - lost,
                    lost - lost // 8,
                    lost // 8,
                    0,
                    0,
                    None if day == GAP else expected * 5,
                    None if day == GAP else 0.31,
                    None if day == GAP or stream != "all" else 0.62,
                    None if day == GAP else 0.0004,
                    *((None, None) if day == GAP else (0.07, 0.21 + 0.01 * wobble(day.day))),
                    *(0.17, 0.25),
                    None if day == GAP else newest,
                    newest,
                    "2",
                )
            )
    return rows


def _outcomes() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for place, (country, *_, role) in enumerate(sorted(COUNTRIES)):
        if role is None:
            continue
        for year in range(2007, 2026):
            fdi = 1e9 * (4 + place * 3 + 0.6 * (year - 2007) + wobble(place, year))
            arrivals = None if year > 2020 else 1e6 * (3 + place + 0.7 * (year - 2007))
            if year == 2020 and arrivals:
                arrivals *= 0.2
            receipts = None if year in (2012, 2021) else 1e9 * (2 + place + 0.3 * (year - 2007))
            values = (fdi, arrivals, receipts, 3e11, 9.8e7)
            rows.append((country, year, *values, *[date(2026, 7, 6)] * 5))
    return rows


def frame(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Return rows as the frame of that name, as it is read."""
    return withheld(name, typed_frame(rows, BY_FRAME[name]))


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every frame."""
    stories, documents = measures.stories(START, HOSTILE)
    return {
        "countries": sorted(COUNTRIES),
        "coverage": _coverage(),
        "trust": _trust(),
        "documents": documents,
        "stories": stories,
        "reach": measures.reach(START),
        "eligibility": measures.eligibility(START),
        "audits": measures.audits(START),
        "voice": measures.voice(START),
        "tone": measures.tone(START),
        "messages": measures.messages(START),
        "relations": measures.relations(START),
        "outcomes": _outcomes(),
        "arrivals": months.arrivals(),
        "registered": months.registered(),
        "outcome_months": months.outcome_months(),
        "revisions": months.revisions(),
        "leads": leads.leads(),
        **registers.rows(),
        **alerts.rows(START),
        **uplifts.rows(),
    }


def changed(name: str, row: tuple[Any, ...], **values: Any) -> tuple[Any, ...]:
    """Return a row of a frame with some of its columns replaced."""
    return tuple((dict(zip(BY_FRAME[name], row, strict=True)) | values).values())


def facts(**changes: Any) -> EditionFacts:
    """Return the whole hand-made edition; a change is a frame, or the rows of one."""
    found: dict[str, Any] = {name: frame(name, listed) for name, listed in rows().items()}
    for name, change in changes.items():
        found[name] = frame(name, change) if isinstance(change, list) else change
    return EditionFacts(focus_iso3="VNM", period_start=START, period_end=END, **found)


def empty_facts() -> EditionFacts:
    """Return an edition of which nothing was received: every frame is there and empty."""
    kept = ("countries",)
    return facts(**{name: [] for name in BY_FRAME if name not in kept})
