"""What an edition says of the audit: precision with its interval, what is left out, what nobody read."""

from __future__ import annotations

import edition_frames as sample
import pytest

from tiengvang.edition.audit import audit_section, language_audits
from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.labels import page_labels
from tiengvang.edition.locales import Language
from tiengvang.edition.texts import TEXTS


def section(language: Language, rows: list[tuple[object, ...]] | None = None) -> dict[str, object]:
    facts = sample.facts() if rows is None else sample.facts(audits=rows)
    page = Page(make_brief(facts, sample.request()), language)
    return audit_section(page, page_labels(page))


def test_languages_come_by_their_documents() -> None:
    found = language_audits(sample.facts())
    assert [audit.language for audit in found] == ["eng", "kor", "zho", "tha", "deu", "spa"]
    assert [audit.language for audit in found if audit.is_suppressed] == ["kor"]
    assert [audit.language for audit in found if audit.precision is None] == ["tha", "spa"]


def test_precision_is_printed_with_its_interval_and_what_it_rests_on() -> None:
    assert section("en")["rows"] == [
        ("English", "300", "May 2026", "49", "96%", "86%–99%", "counted"),
        ("Korean", "60", "May 2026", "50", "60%", "46%–72%", "left out"),
        ("Chinese", "60", "May 2026", "40", "90%", "77%–96%", "counted"),
        ("German", "30", "May 2026", "35", "97%", "86%–99%", "counted"),
    ]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "Left out, because fewer than 80% of the documents that were read are about "
                "Vietnam: Korean (60%, 46%–72%).",
                "Counted, but not audited: Japanese (23% of the documents counted).",
            ],
        ),
        (
            "vi",
            [
                "Bị loại vì dưới 80% số bài đã đọc thực sự viết về Việt Nam: "
                "Tiếng Hàn (60%, 46%–72%).",
                "Được tính nhưng chưa rà soát: Tiếng Nhật (23% số bài được tính).",
            ],
        ),
    ],
)
def test_what_is_left_out_is_said(language: Language, sentences: list[str]) -> None:
    assert section(language)["sentences"] == sentences


def test_where_nobody_audited_it_is_said_once() -> None:
    unaudited = [row for row in sample.rows()["audits"] if row[3] is None]
    for rows in ([], unaudited):
        found = section("en", rows)
        assert found["rows"] == []
        assert found["sentences"] == [TEXTS["en"].LABELS["audit_nobody"].format(country="Vietnam")]
    counted = [row for row in sample.rows()["audits"] if row[3] and not row[12]]
    assert section("en", counted)["sentences"][0] == "No language is left out."


def test_languages_of_which_nothing_is_counted_are_not_called_counted() -> None:
    facts = sample.facts()
    counted = set(facts.documents["language_code_iso639_3"])
    unread = {audit.language for audit in language_audits(facts) if audit.precision is None}
    assert unread
    assert not unread & counted, "the sample's documents are of other languages"
    said = section("en")["sentences"]
    assert not any(name in str(said) for name in ("Thai", "Spanish"))
