"""Templates of the audit go out and come back: whatever a spreadsheet makes of them, nothing is guessed."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.audit import SAMPLE_SIZE
from tiengvang.audit.answers import Answer, read_answers
from tiengvang.audit.sample import SampledDocument, read_month
from tiengvang.audit.template import EXPLANATION, HEADER, write_templates
from tiengvang.errors import FileRefused, TiengVangError
from tiengvang.offices import office_name
from tiengvang.transform import PROJECT

JUNE = date(2026, 6, 1)
GIVEN = [("20260627000000-T1", "có"), ("20260627001500-2", "NO"), ("20260627003000-3", "")]


def saved(
    rows: list[tuple[str, str]], separator: str = ",", line_end: str = "\r\n", title: str = "Việt"
) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end)
    writer.writerow(["record_id", "country_code", "language", "title", "is_about"])
    writer.writerows((record, "VNM", "jpn", title, said) for record, said in rows)
    return text.getvalue()


def read(text: str) -> list[Answer]:
    return read_answers(text.encode(), file_name="f.csv")


def refusal(payload: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        read_answers(payload, file_name="f.csv")
    return str(caught.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_says_the_same_however_it_was_saved(
    separator: str, line_end: str, encoding: str
) -> None:
    answers = read_answers(
        saved(GIVEN, separator, line_end).encode(encoding), file_name="answers.csv"
    )
    assert answers == [
        Answer(2, "20260627000000-T1", "VNM", "jpn", is_answered=True, is_about=True),
        Answer(3, "20260627001500-2", "VNM", "jpn", is_answered=True, is_about=False),
        Answer(4, "20260627003000-3", "VNM", "jpn", is_answered=False, is_about=None),
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("yes", True), (" Có ", True), (unicodedata.normalize("NFD", "có"), True), ("Y", True),
        ("không", False), ("KHÔNG", False), ("n", False), ("0", False),
        ("unsure", None), ("không  rõ", None), ("?", None),
    ],
)  # fmt: skip
def test_answers_in_either_language(said: str, meant: bool | None) -> None:
    (answer,) = read(saved([("a", said)]))
    assert (answer.is_answered, answer.is_about) == (True, meant)


def test_every_bad_row_is_named_with_its_column_what_was_found_and_what_was_expected() -> None:
    rows = [("a", "yes"), ("b", "maybe"), ("a", "no"), ("", "yes")]
    message = refusal(saved(rows).encode())
    assert message.split("\n") == [
        "f.csv: nothing of it was taken",
        "  row 3, column is_about: found 'maybe', expected yes, no or unsure (có, không, không rõ), "
        "or nothing",
        "  row 4, column record_id: found 'a', expected each document once: it is in row 2 too",
        "  row 5, column record_id: found '', expected the id of a document of the template",
    ]


def test_a_hopeless_file_is_described_in_few_lines() -> None:
    message = refusal(saved([(str(n), "x" * 5000) for n in range(300)]).encode())
    assert message.endswith("and 280 more")
    assert len(message) < 5000


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        (b"", "its first row is empty"),
        (b"\n\n", "its first row is empty"),
        (b"record_id,is_about\na,yes\n", "row 1, column country_code: found 'no such column'"),
        ("record_id,có".encode("cp1258", "replace") + b"\xff", "is no UTF-8"),
        (saved([("a", "yes")]).encode() + b'"open', "it is no CSV file"),
        (saved([("a\0", "yes")]).encode(), "it is no CSV file"),
        (b" " * (4 * 1024**2 + 1), "expected at most"),
    ],
)
def test_what_is_no_template_is_refused(payload: bytes, problem: str) -> None:
    assert problem in refusal(payload)


def test_columns_are_found_by_name_and_empty_rows_left_out() -> None:
    text = "Is about;Note;LANGUAGE;Country code;Record ID\nyes;x;jpn;vnm;a\n;;;;\n\nno;;jpn;vnm;b\n"
    assert [(a.row, a.record_id, a.country_code, a.is_about) for a in read(text)] == [
        (2, "a", "VNM", True),
        (5, "b", "VNM", False),
    ]


@given(st.binary(max_size=300) | st.text(alphabet=',;\t"\r\n aé\0', max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(tail: bytes) -> None:
    for payload in (tail, saved([("a", "yes")]).encode() + tail):
        try:
            answers = read_answers(payload, file_name="f.csv")
        except FileRefused:
            continue
        assert len({answer.record_id for answer in answers}) == len(answers)


@given(
    st.lists(
        st.tuples(st.integers(0, 9999).map(str), st.sampled_from(["yes", "không", "", "?"])),
        unique_by=lambda row: row[0],
        min_size=1,
        max_size=20,
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
)
def test_a_title_never_changes_an_answer(rows: list[tuple[str, str]], title: str) -> None:
    assert read(saved(rows, title=title)) == read(saved(rows, title="t"))


def document(number: int, language: str = "jpn", title: str | None = "見出し") -> SampledDocument:
    seen = datetime(2026, 6, 27, 0, 15, tzinfo=UTC)
    return SampledDocument("VNM", language, f"20260627001500-T{number}", "https://a/", title, seen)


def test_a_template_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path) -> None:
    sample = [document(1, "fra", None), document(2, title="=HYPERLINK(1)"), document(3)]
    written = write_templates(tmp_path, sample, JUNE)
    assert [Path(path).name for path in written] == [
        "audit-2026-06-fra.csv",
        "audit-2026-06-jpn.csv",
    ]
    assert list(written.values()) == [1, 2]
    payload = (tmp_path / "audit-2026-06-jpn.csv").read_bytes()
    assert payload.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(payload.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(HEADER)
    assert rows[1] == [
        "20260627001500-T2", "VNM", "jpn", "https://a/", "'=HYPERLINK(1)", "2026-06-27T00:15:00Z", "",
    ]  # fmt: skip


def test_a_sample_that_is_drawn_again_keeps_the_answers(tmp_path: Path) -> None:
    write_templates(tmp_path, [document(1), document(2)], JUNE)
    path = tmp_path / "audit-2026-06-jpn.csv"
    path.write_text(saved([("20260627001500-T1", "không"), ("20260627001500-T2", "?")]))
    write_templates(tmp_path, [document(2), document(3)], JUNE)
    answers = read_answers(path.read_bytes(), file_name=path.name)
    assert [(a.record_id[-1], a.is_answered, a.is_about) for a in answers] == [
        ("2", True, None),
        ("3", False, None),
    ]
    path.write_text(saved([("20260627001500-T1", "maybe")]))
    before = path.read_bytes()
    with pytest.raises(FileRefused):
        write_templates(tmp_path, [document(2)], JUNE)
    assert path.read_bytes() == before


def test_every_column_is_explained_in_both_languages(tmp_path: Path) -> None:
    write_templates(tmp_path, [document(1)], JUNE)
    english, vietnamese = (
        (tmp_path / EXPLANATION).read_text(encoding="utf-8").split("## Tiếng Việt")
    )
    assert "2026-06" in english
    for text in (english, vietnamese):
        assert [name for name in HEADER if f"`{name}`" not in text] == []
        assert "{" not in text


def test_the_sample_is_as_long_as_the_mart_says() -> None:
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    assert project["vars"]["audit_sample_size"] == SAMPLE_SIZE


@pytest.mark.parametrize("text", ["Vụ Thông tin đối ngoại", "Embassy in Tokyo (press)", "R&D 2"])
def test_names_of_offices(text: str) -> None:
    assert office_name(f"  {unicodedata.normalize('NFD', text)} ") == text


@pytest.mark.parametrize(
    "text", ["", "a", "x" * 61, "an@example.org", "=cmd", "a\x00b", "-", "b;c"]
)
def test_what_is_no_office(text: str) -> None:
    with pytest.raises(TiengVangError, match="--office"):
        office_name(text)


def test_months() -> None:
    assert read_month("2026-06") == JUNE
    for text in ("2026-13", "2026-6", "06-2026", "2026-06-01", "٢٠٢٦-٠٦", ""):
        with pytest.raises(ValueError, match="is no month"):
            read_month(text)
