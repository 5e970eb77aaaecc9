"""A hand-made edition: two weeks of coverage of Vietnam with a gap, thin days and hostile text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tiengvang.edition.facts import (
    COUNTRY_COLUMNS,
    COVERAGE_COLUMNS,
    DOCUMENT_COLUMNS,
    OUTCOME_COLUMNS,
    OUTLET_COLUMNS,
    SIFTING_COLUMNS,
    TRUST_COLUMNS,
    EditionFacts,
    typed_frame,
)
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
    rows = []
    peers = [code for code, *_, role in COUNTRIES if role]
    for place, country in enumerate(sorted(peers)):
        size = {"VNM": 1.0, "THA": 1.3, "SGP": 1.1, "IDN": 0.8, "MYS": 0.6, "PHL": 0.5}[country]
        for number, (source, (before, now, tone, outlets)) in enumerate(sorted(SOURCES.items())):
            relation = (
                "unknown" if source == "unknown" else "domestic" if source == country else "foreign"
            )
            for index, day in enumerate(DAYS):
                level = now if day >= START else before
                n = max(0, round(level * size * (1 + 0.12 * wobble(place, number, index))))
                gap = day == GAP
                hidden = outlets < 3 or n == 0
                rows.append(
                    (
                        country,
                        source,
                        day,
                        relation,
                        None if gap else n,
                        None if gap else min(outlets, n),
                        None if gap or hidden else tone + 0.4 * wobble(number, index),
                        192,
                        0 if gap else 96 if day == THIN else 192,
                        "few_outlets" if hidden and n and not gap else None,
                        "1",
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
                    None if day == GAP else newest,
                    newest,
                    "1",
                )
            )
    return rows


def _documents() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    sources = [code for code in SOURCES if code not in ("VNM", "LAO")]
    for number in range(60):
        source = sources[number % len(sources)]
        title = HOSTILE[number] if number < len(HOSTILE) else f"Headline number {number} on Hanoi"
        day = DAYS[7 + number % 7]
        outlet = "=cmd()" if number == 4 else f"news{number % 20}.example"
        rows.append(
            (
                f"20260706{number:06d}-{number}",
                datetime(day.year, day.month, day.day, 6, tzinfo=UTC),
                day,
                "translation" if source == "JPN" else "english",
                outlet,
                None if source == "unknown" else source,
                "unknown" if source == "unknown" else "foreign",
                "jpn" if source == "JPN" else "eng",
                "javascript:alert(1)" if number == 3 else f"https://{outlet}/{number}?a=1&b=2",
                None if number == 20 else title,
                240,
                40 - number % 40,
                50,
                0.8,
                "1",
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


def facts(**changes: Any) -> EditionFacts:
    """Return the whole hand-made edition."""
    base = EditionFacts(
        focus_iso3="VNM",
        period_start=START,
        period_end=END,
        countries=typed_frame(sorted(COUNTRIES), COUNTRY_COLUMNS),
        coverage=typed_frame(_coverage(), COVERAGE_COLUMNS),
        trust=typed_frame(_trust(), TRUST_COLUMNS),
        documents=typed_frame(_documents(), DOCUMENT_COLUMNS),
        sifting=typed_frame(
            [
                (False, False, False, "foreign", 120),
                (True, False, False, "foreign", 640),
                (True, True, True, "domestic", 427),
                (True, True, True, "foreign", 707),
                (True, True, True, "unknown", 105),
            ],
            SIFTING_COLUMNS,
        ),
        outlets=typed_frame(
            [("VNM", "FRA", 7), ("VNM", "JPN", 11), ("VNM", "USA", 14), ("VNM", "unknown", 21)],
            OUTLET_COLUMNS,
        ),
        outcomes=typed_frame(_outcomes(), OUTCOME_COLUMNS),
    )
    return replace(base, **changes)


def empty_facts() -> EditionFacts:
    """Return an edition of which nothing was received: every frame is there and empty."""
    none: list[tuple[Any, ...]] = []
    return facts(
        coverage=typed_frame(none, COVERAGE_COLUMNS),
        trust=typed_frame(none, TRUST_COLUMNS),
        documents=typed_frame(none, DOCUMENT_COLUMNS),
        sifting=typed_frame(none, SIFTING_COLUMNS),
        outlets=typed_frame(none, OUTLET_COLUMNS),
        outcomes=typed_frame(none, OUTCOME_COLUMNS),
    )
