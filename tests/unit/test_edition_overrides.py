"""Overrides: which failures they cover, and that both pages and the manifest print them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import edition_frames as sample
import pytest

from tiengvang.edition.overrides import Override, covering
from tiengvang.edition.render import render_edition
from tiengvang.gate import GateResult

GIVEN, EXPIRES = datetime(2026, 7, 12, 9, tzinfo=UTC), datetime(2026, 7, 14, 9, tzinfo=UTC)
FAILED = GateResult(
    door="edition",
    suite="edition_summary",
    expectation="expect_column_values_to_be_between",
    column="received_share",
    severity="critical",
    is_success=False,
    observed="0.62",
    sentence_en="Only 62.0 % of the slots were received.",
    sentence_vi="Chỉ nhận được 62,0 % số khung.",
)
OTHER = replace(FAILED, column="freshness_minutes", sentence_en="Too old.", sentence_vi="Quá cũ.")


def override(number: int, *rules: str) -> Override:
    return Override(number, "Press <desk>", f"Reason {number} & more", rules, GIVEN, EXPIRES)


def test_an_edition_is_published_only_where_every_failure_is_named() -> None:
    one, two = override(1, "received_share"), override(2, "freshness_minutes")
    assert covering([one], [FAILED]) == (one,)
    assert covering([two], [FAILED]) is None, "another rule"
    assert covering([one], [FAILED, OTHER]) is None, "only one of two"
    assert covering([one, two], [FAILED, OTHER]) == (one, two)
    assert covering([], [FAILED]) is None
    assert covering([one, two], []) == (), "nothing failed: nothing is overridden"


def test_of_several_the_newest_is_printed() -> None:
    old, new = override(1, "received_share"), override(3, "received_share", "freshness_minutes")
    assert covering([old, new], [FAILED]) == (new,)


def test_both_pages_print_office_reason_expiry_and_rule(tmp_path) -> None:
    request = sample.request(
        gate_results=[*sample.request().gates, FAILED], overrides=(override(7, "received_share"),)
    )
    manifest = render_edition(sample.facts(), request, tmp_path)
    assert manifest["overrides"] == [
        {
            "override_id": 7,
            "office": "Press <desk>",
            "reason": "Reason 7 & more",
            "rules": ["received_share"],
            "given_at": "2026-07-12T09:00:00Z",
            "expires_at": "2026-07-14T09:00:00Z",
        }
    ]
    for language, words in {
        "en": ("Published under an override.", FAILED.sentence_en, "14 July 2026, 09:00 UTC"),
        "vi": ("theo quyết định bỏ qua kiểm tra", FAILED.sentence_vi, "14/07/2026, 09:00 UTC"),
    }.items():
        page = (tmp_path / language / "index.html").read_text(encoding="utf-8")
        (box,) = re.findall(r'<section class="held".*?</section>', page, re.S)
        for text in (*words, "Press &lt;desk&gt;", "Reason 7 &amp; more"):
            assert text in box, text


@pytest.mark.parametrize("language", ["en", "vi"])
def test_without_an_override_no_page_has_its_box(tmp_path, language) -> None:
    render_edition(sample.facts(), sample.request(), tmp_path)
    page = (tmp_path / language / "index.html").read_text(encoding="utf-8")
    assert 'class="held"' not in page
