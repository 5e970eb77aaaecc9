"""Corrections: both pages print them at the top, whatever an office wrote, and a manifest keeps them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import edition_frames as sample
import pytest

from tiengvang.edition.corrections import Correction
from tiengvang.edition.render import LANGUAGES, render_edition
from tiengvang.edition.verification import request_of
from tiengvang.errors import TiengVangError
from tiengvang.offices import words_of_an_office

WRONG = "Visitors were <script>alert(1)</script> 15 million\u202e; they were 1.5 million."
GIVEN = Correction(
    7,
    "VNM-2026-07-12-daily-1",
    "Press & <desk>",
    {"en": WRONG, "vi": "Số khách in là 15 triệu; đúng là 1,5 triệu."},
    "A unit was read <b>wrongly</b>.",
    datetime(2026, 7, 12, 9, tzinfo=UTC),
)


MISTAKEN = replace(
    GIVEN,
    correction_id=8,
    office="Statistics <desk>",
    reason="It was 15 million <i>after all</i>.",
    given_at=datetime(2026, 7, 12, 10, tzinfo=UTC),
    withdraws=7,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("corrected")
    render_edition(sample.facts(), sample.request(corrections=(GIVEN, MISTAKEN)), made)
    return made


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Correction.", "they were 1.5 million", "12 July 2026, 09:00 UTC")),
        ("vi", ("Đính chính.", "đúng là 1,5 triệu", "12/07/2026, 09:00 UTC")),
    ],
)
def test_both_pages_print_it_above_everything_else(
    folder: Path, language: str, words: tuple[str, ...]
) -> None:
    page = (folder / language / "index.html").read_text(encoding="utf-8")
    box, _ = re.findall(r'<section class="held".*?</section>', page, re.S)
    for text in (
        *words,
        GIVEN.edition_id,
        "Press &amp; &lt;desk&gt;",
        "&lt;b&gt;wrongly&lt;/b&gt;",
    ):
        assert text in box, text
    assert page.index('<section class="held"') < page.index('<section class="strip')


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Correction withdrawn.", "no longer holds", "they were 1.5 million")),
        ("vi", ("Rút lại đính chính.", "không còn hiệu lực", "đúng là 1,5 triệu")),
    ],
)
def test_both_pages_print_that_it_was_withdrawn_and_why(
    folder: Path, language: str, words: tuple[str, ...]
) -> None:
    page = (folder / language / "index.html").read_text(encoding="utf-8")
    _, box = re.findall(r'<section class="held".*?</section>', page, re.S)
    for text in (*words, "Statistics &lt;desk&gt;", "&lt;i&gt;after all&lt;/i&gt;", "10:00 UTC"):
        assert text in box, text
    assert "Press &amp;" not in box


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_words_stay_words(folder: Path, language: str) -> None:
    page = (folder / language / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "\u202e" not in page


def test_the_manifest_keeps_it_for_whoever_makes_the_edition_again(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert request_of(manifest).corrections == (GIVEN, MISTAKEN)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wrong", "--wrong: found 5 characters"),
        ("x" * 401, "--wrong: found 401 characters"),
        ("It was fifteen\u202e million, not more.", "--wrong"),
        ("Ask a.person@example.org about this figure.", "name no person"),
        ("Ask 0912 345 678 about this figure.", "name no person"),
    ],
)
def test_words_that_are_refused(text: str, message: str) -> None:
    with pytest.raises(TiengVangError, match=message):
        words_of_an_office("--wrong", text)


def test_figures_are_no_telephone_numbers() -> None:
    text = "Arrivals of May were printed as 15 230 000; they were 1,523,000 (2026-05)."
    assert words_of_an_office("--wrong", f"  {text} ") == text
