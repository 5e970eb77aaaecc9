"""What a file says that cannot be taken: each with its place, in both languages, and nothing taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from register_files import OFFICE, Change, as_csv, delivered, lines, only, refused

from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.checking import Receipt, check, named_register
from tiengvang.registers.codes import Known
from tiengvang.registers.table import MAX_ROWS

UNITS, KPI = "readiness_units", "foreign_language_site"
HANOI, TOKYO = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", REGISTERS)
def test_the_examples_of_every_register_can_be_taken(
    name: str, mark: bytes, delimiter: str
) -> None:
    register = REGISTERS[name]
    found = check(mark + as_csv(lines(register), delimiter), file_name="file")
    assert (found.register, found.office) == (register, OFFICE)
    assert [number for number, _ in found.rows] == list(range(6, 6 + len(register.examples)))


@pytest.mark.parametrize(
    ("name", "change", "place", "en", "vi"),
    [
        (UNITS, (6, "valid_on", "2026-25-07"), "G6",
         "day and month look swapped: 2026-07-25", "ngày và tháng có vẻ bị đảo: 2026-07-25"),
        (UNITS, (6, "valid_on", "07/13/2026"), "G6", "look swapped: 2026-07-13", "bị đảo: 2026-07-13"),
        (UNITS, (6, "recorded_on", "13/07/2026"), "H6",
         "year-month-day, such as 2026-07-01; this one is 2026-07-13", "ngày này là 2026-07-13"),
        (UNITS, (6, "recorded_on", "01/07/2026"), "H6",
         "2026-07-01 or 2026-01-07, which the cell does not tell", "2026-07-01 hay 2026-01-07"),
        (UNITS, (6, "recorded_on", "2026-02-30"), "H6", "that the calendar has", "có trong lịch"),
        (UNITS, (6, "recorded_on", "0226-07-01"), "H6", "in the years 1901-2100", "1901-2100"),
        (UNITS, (6, "recorded_on", ""), "H6", "found nothing, expected a value", "thấy ô trống"),
        (UNITS, (6, "unit_code", "02-2008"), "B6",
         "found 02-2008, expected 08-2025 (Tuyên Quang) on 2026-06-30: 02-2008 (Hà Giang) ended on "
         "2025-06-30", "cần 08-2025 (Tuyên Quang) vào ngày 2026-06-30"),
        (UNITS, (6, "unit_code", "46-2008"), "B6", "expected 46-2025 (Huế)", "cần 46-2025 (Huế)"),
        (UNITS, (7, "valid_on", "2025-06-30"), "B7",
         "08-2025 (Tuyên Quang) is there since 2025-07-01", "có từ 2025-07-01"),
        (UNITS, (6, "unit_code", "99-2008"), "B6", "a code of register units, or of a province",
         "mã tỉnh, thành phố"),
        (UNITS, (6, "is_met", "maybe"), "C6", "found maybe, expected yes or no", "có hoặc không"),
        (UNITS, (6, "evidence", "=1+1"), "D6", "found a formula", "thấy một công thức"),
        (UNITS, (6, "evidence", " =HYPERLINK(1)"), "D6", "found a formula", "một công thức"),
        (UNITS, (6, "evidence", "-"), "D6", "nothing where nothing is stated", "để trống khi"),
        (UNITS, (6, "status", "done"), "E6", "one of reported, verified, estimated", "một trong"),
        ("targets", (6, "target_percent", "101"), "B6", "found 101, expected a percentage from 0 to 100",
         "phần trăm từ 0 đến 100"),
        ("targets", (6, "target_percent", "0.925"), "B6", "not 0.925", "không ghi 0.925"),
        ("targets", (6, "target_percent", "92,5"), "B6", "with a decimal point", "dấu chấm thập phân"),
        ("targets", (6, "target_percent", "-1"), "B6", "from 0 to 100", "từ 0 đến 100"),
        ("targets", (6, "source_url", "www.example.org"), "E6", "begins with https://", "bắt đầu bằng"),
        ("readiness_totals", (6, "numerator", "64"), "C6", "found 64, expected at most denominator",
         "không lớn hơn denominator"),
        ("readiness_totals", (6, "numerator", "58.5"), "C6", "a whole number from 0", "số nguyên từ 0"),
        ("readiness_totals", (6, "denominator", ""), "D6", "because numerator is stated",
         "vì numerator đã được nêu"),
        ("readiness_totals", (7, "reported_percent", ""), "C7", "one of numerator, reported_percent",
         "một trong các cột numerator, reported_percent"),
        ("readiness_totals", (6, "population_version", "34"), "B6", "63 where valid_on is before",
         "63 khi valid_on trước"),
        ("events", (6, "ends_on", "2026-10-11"), "F6", "not before starts_on", "không sớm hơn"),
        ("events", (6, "host_countries", "JPN VIE"), "G6", "a three-letter ISO country code", "mã nước"),
        ("events", (6, "outcomes", "fdi fdi"), "H6", "each once", "mỗi giá trị một lần"),
        ("agreements", (6, "partner_code_iso3", "aus"), "A6", "in capitals, such as JPN", "viết hoa"),
        ("agreements", (6, "tier", ""), "C6", "because kind is partnership_tier", "vì kind là"),
        ("responses", (6, "statement_at", "2026-06-29T14:59+07:00"), "H6", "not before decided_at",
         "không sớm hơn decided_at"),
        ("responses", (6, "decided_at", ""), "F6", "because decision is stated", "vì decision đã"),
        ("responses", (7, "seen_at", "2026-06-30T16:05"), "D7", "with its offset", "kèm múi giờ"),
        ("responses", (7, "seen_at", "2026-30-06T16:05Z"), "D7", "look swapped: 2026-06-30", "bị đảo"),
        ("responses", (7, "seen_at", "2026-07-02T00:00Z"), "D7", "not after recorded_on (2026-07-01)",
         "không sau recorded_on"),
        ("units", (6, "unit_code", "01-2008"), "A6", "the code of a ministry", "mã của bộ, ngành"),
        ("units", (6, "unit_code", "M O F A"), "A6", "a code of letters a-z", "không có dấu cách"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_answered_with_its_place(
    name: str, change: Change, place: str, en: str, vi: str
) -> None:
    found, reason = only(delivered(name, change))
    assert found == place
    heading = REGISTERS[name].columns[ord(place[0]) - ord("A")]
    number = change[0]
    assert f"row {number}, column {heading.name} ({place[0]}): found " in reason
    assert f"dòng {number}, cột {heading.heading_vi} ({place[0]}): thấy " in reason
    assert en in reason
    assert vi in reason


@pytest.mark.parametrize(
    "text",
    [
        "Liên hệ nguyen.van.a@example.org",
        "a.b+c@sub.example.com.vn",
        "+84 912 345 678",
        "0912345678",
        "0912.345.678",
        "024 3826 2633",
        "001099012345",
        "ĐT.0912345678",
        "ĐT0912345678",
        "Tel-0912345678",
        "tel/0912 345 678",
        "(024) 3825 1234",
        "84 912 345 678",
        "jane＠gov.vn",
        "jane%40gov.vn",
        "https://x.org/?email=jane%40gov.vn",
        "https://jane:pw@localhost/a",
    ],
)
def test_personal_data_are_refused_and_never_repeated(text: str) -> None:
    digits = [word for word in text.split() if any(map(str.isdigit, word)) or "@" in word]
    for name, row, column in (
        (UNITS, 6, "evidence"),
        ("events", 6, "name_vi"),
        (UNITS, 6, "status"),
    ):
        place, reason = only(delivered(name, (row, column, text)))
        assert place is not None
        assert "not repeated here" in reason
        assert "không lặp lại" in reason
        assert not any(word in reason for word in digits)


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết 202/2025/QH15 ngày 12/06/2025",
        "Kế hoạch 01.07.2026-31.12.2026",
        "https://example.org/2026/bai-0912345678.html",
        "58/63 = 0.920635, 2024-2026",
        "youtube.com/@kenh",
    ],
)
def test_documents_and_dates_are_no_personal_data(text: str) -> None:
    assert check(delivered(UNITS, (6, "evidence", text)), file_name="file").rows


@pytest.mark.parametrize("cell", ["kpis", " kpis", "kpis ", "\u00a0kpis"])
def test_a_blank_in_the_head_hides_no_register(cell: str) -> None:
    rows = lines(REGISTERS["kpis"])
    rows[0][1] = cell
    assert named_register(as_csv(rows)) == "kpis"
    assert check(as_csv(rows), file_name="file").register is REGISTERS["kpis"]


@pytest.mark.parametrize(
    "url",
    [
        "https://x.org/?email=jane%40gov.vn",
        "https://jane:pw@localhost/a",
        "https://x.org/jane＠gov.vn",
    ],
)
def test_an_address_that_names_a_person_is_refused(url: str) -> None:
    place, reason = only(delivered("targets", (6, "source_url", url)))
    assert place == "E6"
    assert "an e-mail address, which is not repeated" in reason
    assert "jane" not in reason


def test_words_are_told_by_their_length_they_may_be_a_name() -> None:
    for column in ("recorded_on", "is_met", "status", "kpi_code", "unit_code"):
        _, reason = only(delivered(UNITS, (6, column, "Nguyễn Văn An")))
        assert "Nguyễn" not in reason
        assert "a text of 13 letters" in reason


def test_all_answers_of_a_file_are_given_up_to_a_bound() -> None:
    rows = lines(REGISTERS[UNITS])
    rejects = refused(as_csv([*rows[:5], *([["?"] * 8] * 100)]))
    assert len(rejects) == 201
    assert [reject.line_number for reject in rejects] == list(range(1, 202))
    assert rejects[-1].reason == "and 500 more / và 500 chỗ khác"
    assert rejects[0].place == "A6"


def test_a_row_that_withdraws_says_again_what_its_kpi_counts_no_longer() -> None:
    """The first row is a ministry: the KPI counted ministries when it was accepted."""
    known = Known(frozenset({"MOFA"}), {KPI: "province"})
    stated = delivered(UNITS, (6, "unit_code", "MOFA"))
    assert "units of the kind province" in only(stated, known=known)[1]
    withdrawn = delivered(UNITS, (6, "unit_code", "MOFA"), (6, "is_withdrawn", "có"))
    found = check(withdrawn, file_name="file", known=known)
    at = [column.name for column in found.register.columns].index("is_withdrawn")
    assert [values[at] for _, values in found.rows] == [True, None]


def test_a_key_twice_on_one_day_is_answered_a_later_day_is_an_edit() -> None:
    rows = lines(REGISTERS[UNITS])
    place, reason = only(as_csv([*rows, rows[5]]))
    assert place == "A8"
    assert "the same kpi_code, unit_code, valid_on, recorded_on as in row 6" in reason
    assert "trùng kpi_code, unit_code, valid_on, recorded_on với dòng 6" in reason
    edit = [*rows[5][:-1], "2026-07-02"]
    assert len(check(as_csv([*rows, edit]), file_name="file").rows) == 3


def test_nothing_is_recorded_on_a_day_to_come() -> None:
    payload = delivered(UNITS)
    evening = datetime(2026, 6, 30, 16, 59, tzinfo=UTC)
    assert check(payload, file_name="file", receipt=Receipt(evening, TOKYO)).rows
    rejects = refused(payload, receipt=Receipt(evening, HANOI))
    assert {reject.place for reject in rejects} == {"H6", "H7"}
    assert "not after 2026-06-30" in rejects[0].reason


def test_instants_are_of_the_editions_days_and_not_after_the_receipt() -> None:
    noon = Receipt(datetime(2026, 7, 1, 5, tzinfo=UTC), HANOI)
    late = Receipt(datetime(2026, 7, 3, tzinfo=UTC), HANOI)
    for said, receipt in (("2026-06-30T23:30-05:00", noon), ("2026-07-02T01:00+09:00", late)):
        # 11:30 and 23:00 of 1 July in Hanoi
        payload = delivered("responses", (7, "seen_at", said))
        assert check(payload, file_name="file", receipt=receipt).rows
    for said, receipt, expected in (
        ("2026-07-01T19:00-05:00", late, "not after recorded_on (2026-07-01)"),  # 2 July, 7:00
        ("2026-07-01T12:01+07:00", noon, "not after 2026-07-01T12:00+07:00: it is to come"),
    ):
        place, reason = only(delivered("responses", (7, "seen_at", said)), receipt=receipt)
        assert (place, expected in reason) == ("D7", True), reason


def test_codes_are_those_that_were_delivered_before() -> None:
    payload = delivered(UNITS, (6, "unit_code", "MOFA"))
    both = Known(frozenset({"MOFA"}), {KPI: "ministry"})
    # the second row is a province, which this KPI does not count
    place, reason = only(payload, known=both)
    assert (place, "the kind ministry: foreign_language_site counts no others" in reason) == (
        "B7",
        True,
    )
    assert check(payload, file_name="file").rows
    assert only(payload, known=Known(frozenset(), None))[0] == "B6"
    assert {r.place for r in refused(payload, known=Known(None, {}))} == {"A6", "A7"}
    kpis = {KPI: "province", "yearly_plan": "province"}
    place, reason = only(delivered("readiness_totals"), known=Known(None, kpis))
    assert (place, "đơn vị loại province: yearly_plan chỉ tính" in reason) == ("B7", True)


@pytest.mark.parametrize(
    ("row", "cells", "place", "en"),
    [
        (1, ["template", "unit"], "B1", "one of the registers units, kpis"),
        (1, ["mẫu", "units"], "A1", "expected 'template'"),
        (2, ["version", "2"], "B2", "a newer one is not known here"),
        (2, ["version", "one"], "B2", "expected version 1"),
        (3, ["office", ""], "B3", "the name of an office"),
        (3, ["office", "van.an@example.org"], "B3", "an e-mail address, which is not repeated"),
        (3, ["office", OFFICE, "x"], "C3", "expected nothing here"),
    ],
)
def test_the_head_says_what_is_delivered(row: int, cells: list[str], place: str, en: str) -> None:
    rows = lines(REGISTERS["units"])
    rows[row - 1] = cells
    found, reason = only(as_csv(rows))
    assert (found, en in reason) == (place, True), reason
    assert "van.an" not in reason


def test_an_older_version_is_known_as_older() -> None:
    newer = {"units": replace(REGISTERS["units"], version=3)}
    place, reason = only(delivered("units"), registers=newer)
    assert place == "B2"
    assert "this one was replaced, copy the rows into a new template" in reason
    assert "hãy chép các dòng sang biểu mẫu mới" in reason


def test_headings_are_all_there_once_and_in_any_order() -> None:
    rows = lines(REGISTERS["response_targets"])
    turned = [*rows[:3], *(row[::-1] for row in rows[3:])]
    assert check(as_csv(turned), file_name="f").rows == check(as_csv(rows), file_name="f").rows
    missing = [*rows[:3], *(row[1:] for row in rows[3:])]
    assert "no heading target_hours" in only(as_csv(missing))[1]
    doubled = [*rows[:3], *([*row, row[0]] for row in rows[3:])]
    assert only(as_csv(doubled))[0] == "E4"
    more = [*rows[:3], [*rows[3], "contact"], [*rows[4], "Liên hệ"], *rows[5:]]
    assert only(as_csv(more))[0] == "E4"
    # the Vietnamese headings were deleted: a row of data stands there
    assert refused(as_csv([*rows[:4], *rows[5:], *rows[5:]]))[0].place == "A5"


def test_values_under_no_heading_are_answered() -> None:
    rows = lines(REGISTERS["response_targets"])
    assert only(as_csv([*rows[:-1], [*rows[-1], "note"]]))[0] == "E6"


@pytest.mark.parametrize(
    ("payload", "en"),
    [
        (b"", "found no bytes at all"),
        (b"\xff\xfet\x00", "save it as `CSV UTF-8`"),
        ("template,đơn vị".encode("cp1258", "replace"), "save it as `CSV UTF-8`"),
        (b"template,units\0", "a null character"),
        (b'template,"units\nversion,1\n', "a quote or cell that does not end"),
        (b"\n\n\n", "expected 'template'"),
        (b"x" * (16 * 1024**2 + 1), "expected at most 16777216 bytes"),
    ],
)
def test_what_is_no_table_is_answered(payload: bytes, en: str) -> None:
    assert en in only(payload)[1]


def test_an_empty_template_has_nothing_to_take() -> None:
    assert "no row below the headings" in only(as_csv(lines(REGISTERS["units"])[:5]))[1]


def test_100_000_rows_are_refused_and_the_limit_is_taken() -> None:
    rows = lines(REGISTERS["response_targets"])
    head, [row] = rows[:5], rows[5:]
    many = [[*row[:2], f"{1950 + n // 336}-{n // 28 % 12 + 1:02d}-{n % 28 + 1:02d}", row[3]]
            for n in range(MAX_ROWS)]  # fmt: skip
    assert len(check(as_csv([*head, *many]), file_name="file").rows) == MAX_ROWS
    place, reason = only(as_csv([*head, *many, *many]))
    assert place is None
    assert "row 50006 and more, expected at most 50000 rows of data" in reason
