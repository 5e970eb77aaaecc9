"""Vietnamese text: composed or not, in TCVN3, damaged; and the periods that headings name."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FileRefused
from tiengvang.sources.nso.grid import Grid
from tiengvang.sources.nso.identity import identify, named_month
from tiengvang.sources.nso.parse import parse_workbook
from tiengvang.sources.nso.periods import MONTH, YEAR_TO_DATE, Period, read_period
from tiengvang.sources.nso.titles import FDI, VISITORS, cut_off, find_title, title_month
from tiengvang.sources.nso.vietnamese import FROM_TCVN3, is_tcvn3, key, readable

LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
)
TO_TCVN3 = {ord(letter): code for code, letter in FROM_TCVN3.items()}
WORDS = st.text(st.sampled_from(LETTERS + " 0123456789"), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # Cells of a genuine workbook of June 2010.
        ("T\xe6ng s\xb6n ph\xc8m trong n\xad\xedc 6 th\xb8ng", "Tổng sản phẩm trong nước 6 tháng"),
        ("\xa6\xedc t\xddnh", "Ước tính"),
        ("Th\xf9c hi\xd6n", "Thực hiện"),
        ("§\xacn v\xde", "Đơn vị"),
        # Unicode stays what it is, composed.
        ("  Kha\u0301ch  quốc\ntế ", "Khách quốc tế"),
        ("Hàn Quốc", "Hàn Quốc"),
        ("Lào", "Lào"),
        ("Pháp", "Pháp"),
        ("Singapore", "Singapore"),
    ],
)
def test_cells_become_readable(typed: str, meant: str) -> None:
    assert readable(typed) == meant


def test_the_table_has_every_letter_once() -> None:
    assert len(FROM_TCVN3) == len(set(FROM_TCVN3.values())) == 74
    assert set(LETTERS) - set("abcdeghiklmnopqrstuvxy") <= set(FROM_TCVN3.values())


@given(WORDS)
def test_text_in_tcvn3_is_read_as_it_was_typed(text: str) -> None:
    assert readable(text.translate(TO_TCVN3), tcvn3=True) == " ".join(text.split())


@given(WORDS)
def test_a_damaged_heading_matches_its_original(text: str) -> None:
    assert key(text.translate(FROM_TCVN3)) == key(text)
    assert key(unicodedata.normalize("NFD", text).upper()) == key(text)


def test_a_sheet_is_in_tcvn3_by_what_only_tcvn3_has() -> None:
    assert is_tcvn3(["Trung Quèc", "Th\xb8i Lan"])
    assert not is_tcvn3(["Trung Quèc", "Lào"])
    assert not is_tcvn3(["Th\xb8i Lan", "Hàn Quốc"])  # mixed: each cell on its own evidence


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("tháng 9 năm 2018", Period(MONTH, date(2018, 9, 1))),
        ("tháng 02 năm 2021", Period(MONTH, date(2021, 2, 1))),
        ("thỏng 9 năm 2018", Period(MONTH, date(2018, 9, 1))),
        ("9 tháng năm 2018", Period(YEAR_TO_DATE, date(2018, 9, 1))),
        ("6 tháng đầu năm 2010", Period(YEAR_TO_DATE, date(2010, 6, 1))),
        ("quý i năm 2018", Period(YEAR_TO_DATE, date(2018, 3, 1))),
        ("quý ii năm 2018", None),
        ("năm 2018", Period(YEAR_TO_DATE, date(2018, 12, 1))),
        ("9 months of 2020", Period(YEAR_TO_DATE, date(2020, 9, 1))),
        ("september 2020", Period(MONTH, date(2020, 9, 1))),
        ("sept. 2020", Period(MONTH, date(2020, 9, 1))),
        ("tháng 13 năm 2018", None),
        ("0 tháng năm 2018", None),
        ("tháng năm 2018", None),
        ("tháng 9", None),
        ("lượt người", None),
        ("", None),
    ],
)
def test_periods(heading: str, period: Period | None) -> None:
    assert read_period(key(heading)) == period


@pytest.mark.parametrize(
    ("text", "table", "month"),
    [
        ("15. Khách quốc tế đến Việt Nam", VISITORS, None),
        ("Khách quốc tế đến Việt Nam tháng 12 và năm 2018", VISITORS, date(2018, 12, 1)),
        ("37. Khách quốc tế đến Việt Nam tháng 9 và 9 tháng năm 2018", VISITORS, date(2018, 9, 1)),
        (
            "41. International visitors to Vietnam in September and 9 months of 2020",
            VISITORS,
            date(2020, 9, 1),
        ),
        ("9. Đầu tư trực tiếp của nước ngoài được cấp phép từ 1/1- 20/1/2018", FDI, date(2018, 1, 20)),
        ("12. Đầu tư nước ngoài vào Việt Nam được cấp phép từ 01/01- 20/7/2021", FDI, date(2021, 7, 20)),
        ("22. Licensed FDI projects from January 01 to September 20, 2020", FDI, date(2020, 9, 20)),
        ("Đầu tư nước ngoài vào Việt Nam được cấp phép từ 01/01 đến ngày 31/8/2024", FDI, date(2024, 8, 31)),
        ("9. Đầu tư trực tiếp của nước ngoài được cấp phép từ 01/01- 31/2/2018", FDI, None),
        ("9. Đầu tư trực tiếp của nước ngoài được cấp phép từ 01/03- 20/4/2018", FDI, None),
        ("13. Đầu tư của Việt Nam ra nước ngoài được cấp phép từ 01/01- 20/7/2021", None, None),
        ("14. Vận tải hành khách và hàng hoá", None, None),
        ("Doanh thu từ khách quốc tế đến Việt Nam", None, None),
    ],
)  # fmt: skip
def test_titles(text: str, table: str | None, month: date | None) -> None:
    title = find_title(Grid("Sheet1", {1: {1: text}}))
    if table is None:
        assert title is None
        return
    assert title is not None
    assert title.table == table
    assert (title_month if table == VISITORS else cut_off)(title) == month


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_any_bytes_are_refused(tail: bytes, head: bytes) -> None:
    with pytest.raises(FileRefused):
        parse_workbook(head + tail, "a.xlsx")


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("2018-05-29-02-Bieu-5.2018-1.xlsx", date(2018, 5, 1)),
        ("02.-Bieu-02-2020.xlsx@0123456789ab", date(2020, 2, 1)),
        ("02-Bieu-4.-2019.xlsx", date(2019, 4, 1)),
        ("2018-12-27-03-So-lieu-2018-1.xls", None),
        ("2021-12-29-03-Bieu-2021-28.12.xlsx", None),
        ("Bieu-4.2019-va-5.2019.xlsx", None),
        ("Bieu-13.2019.xlsx", None),
    ],
)
def test_the_month_in_a_name(name: str, month: date | None) -> None:
    assert named_month(name) == month
    begins_at = identify(name, b"no workbook").begins_at
    assert (begins_at and begins_at.date()) == month
