"""The desk's page, written without a warehouse, in headless Chromium: axe, both schemes, hostile text."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import page_measures as measured
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

import edition_hostile as hostile

from tiengvang.desk.doors import Records, Verdict
from tiengvang.desk.ledger import Day, Hour, SourceState
from tiengvang.desk.page import Desk, page_html
from tiengvang.warehouse.world import World

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
NOW = datetime(2026, 7, 13, 1, 20, tzinfo=UTC)


def desk(text: str) -> Desk:
    """Return a desk with a build that failed, an edition that is held, four kinds of hours."""
    failure = {"severity": "critical", "sentence_en": text, "sentence_vi": text, "observed": text}
    build: dict[str, Any] = {"build_id": 1, "status": "failed", "reason": text, "as_of_at": NOW}
    edition: dict[str, Any] = {
        "edition_id": "VNM-2026-07-13-weekly-1",
        "status": "held",
        "reasons": [{"en": text, "vi": text}],
        "cadence": "weekly",
        "period_start": NOW.date(),
        "period_end": NOW.date(),
        "as_of_at": NOW,
    }
    verdict = Verdict("marts", "build 1", 9, (failure,), "marts/build-1.html")
    records = Records((build,), (edition,), (), (verdict,))
    states = ({"loaded": 8}, {"missing": 1}, {"gap": 2}, {"rejected": 1})
    days = tuple(Day(f"2026-07-{n}", tuple(Hour(states[(n + h) % 4]) for h in range(24)))
                 for n in (12, 13))  # fmt: skip
    sources = (
        SourceState("gdelt", Counter(loaded=9), NOW, False, NOW, True),
        SourceState("tranco", Counter(loaded=1), NOW, True, NOW, True),
    )
    return Desk(NOW, World("sample-7", is_synthetic=True), None, records, days, sources)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(("screen", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_axe_finds_nothing_of_any_impact(tmp_path, open_page, language, screen, scheme):
    (tmp_path / "desk.html").write_text(page_html(desk("Too few slots."), language, {}))
    page = open_page(tmp_path / "desk.html", screen, scheme)
    measured.unfold(page)
    assert measured.axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_hostile_reasons_run_nothing_and_fit(tmp_path, open_page, screen):
    text = " ".join(hostile.HOSTILE[:6]) + hostile.HOSTILE[6]
    (tmp_path / "desk.html").write_text(page_html(desk(text), "en", {}))
    page = open_page(tmp_path / "desk.html", screen)
    measured.unfold(page)
    assert page.evaluate("document.scripts.length") == 0
    assert page.locator("#held").inner_text().count("<script>alert(1)</script>") > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
