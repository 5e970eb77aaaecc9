"""A page of Data Docs in headless Chromium: what failed is seen first, on any screen."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page_measures as measured
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "expectations"))

from mutations import GOOD_EDITION

from tiengvang import gate

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

FAILING = {"slots_received": 2, "received_share": 2 / 1344, "n_outlets": 2}


@pytest.fixture(scope="module")
def report() -> gate.GateReport:
    return gate.judge_edition("2026-W28", pd.DataFrame([{**GOOD_EDITION, **FAILING}]))


@pytest.fixture(scope="module")
def written(report: gate.GateReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (page,) = gate.write_data_docs([report], tmp_path_factory.mktemp("data_docs"))
    return page


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_failures_come_first_and_the_page_fits(
    report: gate.GateReport,
    written: Path,
    open_page: Callable[..., Any],
    screen: str,
    scheme: str,
) -> None:
    judged = len(report.results)
    assert judged > len(FAILING)
    page = open_page(written, screen, scheme)
    measured.unfold(page)
    assert measured.axe(page) == []
    assert page.locator("h1").inner_text() == "edition 2026-W28, edition door: held"
    rows = page.locator("tbody").first.locator("tr")
    assert rows.count() == judged
    assert "received_share" in rows.nth(0).inner_text()
    assert "n_outlets" in rows.nth(1).inner_text()
    assert page.locator("tr.failed").count() == 2
    counted = f"{judged} expectations, failures first; critical failures: 1, warnings: 1."
    assert page.get_by_text(counted).count() == 1
    assert page.get_by_text("Sampled Unexpected Values").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
