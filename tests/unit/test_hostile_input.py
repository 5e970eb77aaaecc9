"""What others write stands harmlessly in every output: pages, data files, notices, console, Data Docs."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import edition_hostile as hostile
import pytest

from tiengvang.desk.doors import Records, Verdict
from tiengvang.desk.page import Desk
from tiengvang.desk.page import page_html as desk_html
from tiengvang.edition.entry import entry_pages
from tiengvang.edition.render import render_edition
from tiengvang.edition.standing import Cause, GoodEdition, Standing
from tiengvang.edition.texts.notices import held_notice, new_edition_notice
from tiengvang.edition.untrusted import plain_text
from tiengvang.gate_sentences import observed_text, sentence

NOW = datetime(2026, 7, 13, 1, 20, tzinfo=UTC)
# Controls, marks of direction (isolates apart, which keep it in), zero-width marks.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066\u2067\ufeff]"
)
ALLOWED = {"en/index.html", "vi/index.html", "receipts/index.html"}


class Tags(HTMLParser):
    """Collects what a browser would run or follow."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.links += [value for name, value in attrs if name in ("href", "src")]


def require_harmless(text: str) -> None:
    """Fail if a page could run, load or turn round anything."""
    found = Tags(text)
    assert not found.tags & {"script", "img", "iframe", "object", "form", "base"}
    assert found.handlers == []
    assert [link for link in found.links if link.lower().lstrip().startswith("javascript")] == []
    assert UNSEEN.findall(text) == []
    assert "L" * 700 not in text
    assert "{{" not in text.replace("{{ 7 * 7", "")  # a tile has room for the beginning
    assert "\u0301" * 4 not in text


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    render_edition(hostile.facts(), hostile.request(), folder)
    return folder


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_pages_show_it_as_text(edition, name):
    text = (edition / name).read_text(encoding="utf-8")
    require_harmless(text)
    if not name.startswith("receipts"):
        for shown in ("&lt;script&gt;alert(1)&lt;/script&gt;", "=cmd()", "{{ 7 * 7 }}"):
            assert shown in text
        assert text.count("\u2068") == text.count("\u2069") > 0


def test_no_cell_of_a_data_file_is_a_formula(edition):
    seen = 0
    for path in (edition / "data").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.reader(handle):
                for cell in row:
                    seen += "cmd()" in cell
                    if cell.lstrip()[:1] in tuple("=+-@\t\r") and cell:
                        float(cell)  # a number may be negative
    assert seen > 5


def test_every_json_file_is_one(edition):
    files = list(edition.rglob("*.json"))
    assert len(files) > 30
    for path in files:
        json.loads(path.read_bytes())


@pytest.mark.parametrize("text", hostile.HOSTILE)
def test_the_entry_page_shows_a_reason_as_text(tmp_path, text):
    causes = (Cause("edition_held", "a.b", "edition e2", NOW, {"en": text, "vi": text}),)
    good = GoodEdition("e1", "e1", "weekly", date(2026, 7, 5), date(2026, 7, 12), NOW, NOW)
    (tmp_path / "e1").mkdir()
    (tmp_path / "e1" / "manifest.json").write_text("{}")
    for page in entry_pages(Standing(NOW, "sample-7", True, good, causes), tmp_path).values():
        require_harmless(page)


@pytest.mark.parametrize("text", hostile.HOSTILE)
def test_the_desk_shows_reasons_and_observations_as_text(text):
    failure = {"severity": "critical", "sentence_en": text, "sentence_vi": text, "observed": text}
    build = {"build_id": 1, "status": "failed", "reason": text, "as_of_at": NOW}
    verdict = Verdict("marts", "build 1", 1, (failure,), None)
    records = Records((build,), (), (), (verdict,))
    require_harmless(desk_html(Desk(NOW, None, None, records, (), ()), "en", {}))


@pytest.mark.parametrize("text", hostile.HOSTILE)
def test_what_a_door_observed_moves_no_console(text):
    found = observed_text(
        {
            "element_count": 2,
            "unexpected_count": 1,
            "unexpected_percent": 50.0,
            "partial_unexpected_list": [text],
        }
    )
    assert UNSEEN.findall(found) == []
    assert "\n" not in found
    assert len(found) <= 200


def test_text_from_the_right_is_kept_apart_and_marks_do_not_pile_up():
    assert plain_text("\u05e9\u05dc\u05d5\u05dd 1") == "\u2068\u05e9\u05dc\u05d5\u05dd 1\u2069"
    assert plain_text("Z" + "\u0301" * 60) == "Z\u0301\u0301"
    assert plain_text("Vie\u0323\u0302t Nam") == "Vie\u0323\u0302t Nam"


@pytest.mark.parametrize("text", hostile.HOSTILE)
def test_a_notice_is_a_plain_message_with_one_line_of_title(text):
    cause = Cause("edition_held", "a.b", "edition e2", NOW, {"en": text, "vi": text})
    title, body = held_notice(Standing(NOW, "sample-7", True, None, (cause,)), [cause])
    said = {"title": "t", "period": "p", "headline": "h"}
    manifest = {"texts": {"en": said, "vi": said}, "overrides": [{"office": text}]}
    other = new_edition_notice(Standing(NOW, "w", False, None, ()), "e1", manifest, "editions/e1")
    for written in (title, body, *other):
        assert UNSEEN.findall(written) == []
        assert len(written) < 3000
    assert "\n" not in title + other[0]
    # a message's own header takes the title, and a chat service the object
    EmailMessage()["Subject"] = title
    assert json.loads(json.dumps({"text": body}))["text"] == body


@pytest.mark.parametrize("text", hostile.HOSTILE)
def test_a_gates_sentence_is_one_clean_line(text):
    written = sentence("A value: {{ value }}.", "vi", {"value": text})
    assert UNSEEN.findall(written) == []
    assert "\n" not in written
    assert "49" not in written, "a value is no template"
