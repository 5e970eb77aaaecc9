"""UN Tourism's bulk download: files made by our own code in the publisher's layout, and hostile ones."""

from __future__ import annotations

import random
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.settings import REPOSITORY
from tiengvang.sources import un_tourism, un_tourism_files
from tiengvang.sources.records import ParsedFile
from tiengvang.sources.un_tourism import identify

# The columns of a sheet Data as users of the editions of 2025 describe it; the figures are invented.
HEADER = [
    "indicator_code", "indicator_label", "indicator_previous_code", "reporter_area_code",
    "reporter_area_label", "partner_area_code", "partner_area_label", "year", "value", "flag",
    "flag_label", "unit", "notes",
]  # fmt: skip
TOURISTS, TOTAL = "INBD_TRIP_TOTL_TOTL_TOUR", "INBD_EXPD_BPAY_TOTL_VSTR"
DOWNLOAD = "02_Inbound/01_Total_arrivals/UN_Tourism_inbound_arrivals_12_2025.xlsx"
NAME = "UN_Tourism_bulk_data_download_12_2025.zip@0123456789ab"


def line(**other: Any) -> dict[str, Any]:
    return {
        "indicator_code": TOURISTS, "indicator_label": "Inbound trips", "reporter_area_code": 704,
        "reporter_area_label": "Viet Nam", "partner_area_code": 999, "partner_area_label": "World",
        "year": 2024, "value": 17583.9, "unit": "Thousands", **other,
    }  # fmt: skip


def workbook(*lines: dict[str, Any], header: list[str] = HEADER, sheet: str = "Data") -> bytes:
    book = Workbook()
    overview = book.active
    assert overview is not None
    overview.title = "Overview"
    overview.append(["All countries: inbound tourism"])
    data = book.create_sheet(sheet)
    data.append(header)
    for row in lines:
        data.append([row.get(name) for name in header])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(**members: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def parse(payload: bytes, name: str = NAME) -> ParsedFile:
    return un_tourism.parse_statistics(payload, name)


def test_the_edition_is_in_the_name() -> None:
    december = datetime(2025, 12, 1, tzinfo=UTC)
    assert identify("UN_Tourism_bulk_data_download_12_2025.zip", b"").begins_at == december
    assert identify("UN_Tourism_inbound_arrivals_12_2025.xlsx", b"").begins_at == december
    assert identify("UN_Tourism_bulk_data_download_13_2025.zip", b"").begins_at is None
    assert identify("download.zip", b"").table_name == "observations"


def test_trips_are_thousands_and_receipts_millions_and_others_are_counted() -> None:
    arrivals = workbook(
        line(),
        line(year=2023, value=None),
        line(year=2023.0, reporter_area_code="036", reporter_area_label="Australia", value=7188),
        line(indicator_code="INBD_TRIP_AREA_TOTL_TOUR", partner_area_label="Europe", value=2),
    )
    expenditure = workbook(
        line(indicator_code=TOTAL, unit="US$ Millions", value=-0.5),
        line(indicator_code="INBD_ACCM_COMM_NGHT", value=1, unit="Nights"),
        {},
    )
    rooms = workbook(line(), sheet="SDG 8.9.2")
    payload = zipped(**{DOWNLOAD: arrivals, "02/e.xlsx": expenditure, "06/j.xlsx": rooms, "r.pdf": b"%PDF"})  # fmt: skip  # noqa: E501
    parsed = parse(payload)
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (6, 4, ())
    assert parsed.notes == {"other_indicators": 1, "without_value": 1, "workbooks_without_data": 1}
    (block,) = parsed.tables
    thousand = ("Thousands", Decimal(1000))
    vietnam = ("704", "Viet Nam")
    assert [row[:4] for row in block.rows] == [
        (NAME, 1, DOWNLOAD, TOURISTS),
        (NAME, 3, DOWNLOAD, TOURISTS),
        (NAME, 4, DOWNLOAD, "INBD_TRIP_AREA_TOTL_TOUR"),
        (NAME, 5, "02/e.xlsx", TOTAL),
    ]
    assert [row[4:] for row in block.rows] == [
        (*vietnam, "World", 2024, Decimal("17583.9"), *thousand),
        ("036", "Australia", "World", 2023, Decimal(7188), *thousand),
        (*vietnam, "Europe", 2024, Decimal(2), *thousand),
        (*vietnam, "World", 2024, Decimal("-0.5"), "US$ Millions", Decimal(1000000)),
    ]


def test_a_single_workbook_is_read_as_the_zip_is() -> None:
    name = "UN_Tourism_inbound_arrivals_12_2025.xlsx@0123456789ab"
    parsed = parse(workbook(line()), name)
    assert parsed.tables[0].rows[0][:3] == (name, 1, "UN_Tourism_inbound_arrivals_12_2025.xlsx")


def test_columns_are_found_by_name() -> None:
    header = [name.upper() for name in reversed(HEADER) if name in un_tourism_files.NEEDED]
    rows = [{name.upper(): value for name, value in line().items()}]
    assert parse(workbook(*rows, header=header)).rows_kept == 1


def test_the_block_has_the_columns_of_the_raw_table() -> None:
    schema = (REPOSITORY / "plugins/tiengvang/warehouse/schema.sql").read_text(encoding="utf-8")
    body = schema.split("create table if not exists raw.un_tourism__observations (")[1].split("\n);")[0]  # fmt: skip  # noqa: E501
    columns = {text.split()[0] for text in body.strip().splitlines()}
    assert set(un_tourism.COLUMNS) == columns - {"load_id", "received_at", "primary"}


REJECTED = {
    "no code": ({"indicator_code": 7}, "indicator_code is '7'"),
    "a sentence": ({"indicator_code": "Inbound trips"}, "indicator_code is 'Inbound trips'"),
    "no area": ({"reporter_area_code": None}, "reporter_area_code is NoneType"),
    "an area of letters": ({"reporter_area_code": "VNM"}, "reporter_area_code is 'VNM'"),
    "no name": ({"reporter_area_label": None}, "is no name"),
    "no year": ({"year": "2023/24"}, "year is '2023/24'"),
    "text": ({"value": "12,5"}, "value is '12,5'"),
    "an error": ({"value": "#REF!"}, "value is '#REF!'"),
    "true": ({"value": True}, "value is 'True'"),
    "a date": ({"value": datetime(2024, 1, 1)}, "value is datetime"),  # noqa: DTZ001
    "no unit": ({"unit": None}, "unit is NoneType, expected thousands or millions"),
    "another unit": ({"unit": "Percent"}, "unit is 'Percent'"),
}


@pytest.mark.parametrize(("change", "reason"), REJECTED.values(), ids=REJECTED)
def test_a_row_that_cannot_be_read_is_a_reject_with_its_place(
    change: dict[str, Any], reason: str
) -> None:
    others = [line(year=year) for year in range(1995, 2025)]
    parsed = parse(zipped(**{DOWNLOAD: workbook(*others[:4], line(**change), *others[4:])}))
    assert (parsed.rows_read, parsed.rows_kept) == (31, 30)
    (reject,) = parsed.rejects
    assert (reject.line_number, reject.place) == (5, f"{DOWNLOAD}, Data!6")
    assert reason in reject.reason


def test_too_many_rejects_refuse_the_file_and_name_the_first() -> None:
    with pytest.raises(SchemaDrift, match=r"1 rows cannot be read, 1 can.*Data!3: unit is 'Trips'"):
        parse(workbook(line(), line(unit="Trips")))


GOOD = workbook(line())
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "0 bytes that are no zip"),
    "a page": (b"<html>sign in</html>", "no zip or xlsx"),
    "an old workbook": (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512, "no zip or xlsx"),
    "an empty zip": (zipped(), "0 members and no workbook"),
    "a zip of other things": (zipped(**{"readme.pdf": b"%PDF"}), "1 members and no workbook"),
    "no sheet Data": (workbook(line(), sheet="data"), "no workbook has a sheet Data"),
    "no column unit": (workbook(line(), header=HEADER[:-2]), "no workbook has a sheet Data"),
    "a column twice": (workbook(line(), header=[*HEADER, "value"]), "no workbook has a sheet"),
    "no rows": (workbook(), "no workbook has a sheet Data with rows"),
    "a workbook that is none": (zipped(**{"a.xlsx": b"PK no"}), "a.xlsx: no readable workbook"),
    "too many members": (
        zipped(**{f"{n}.txt": b"" for n in range(201)}),
        "201 members of 0 bytes, expected at most 200",
    ),
}


@pytest.mark.parametrize(("payload", "reason"), REFUSED.values(), ids=REFUSED)
def test_bad_files_are_refused_with_the_reason(payload: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        parse(payload)
    assert str(refused.value).startswith(NAME)
    assert reason in str(refused.value)


def test_a_bomb_is_refused_before_it_is_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(un_tourism_files, "INFLATED_LIMIT_BYTES", 2**20)
    for payload in (
        zipped(**{"a.xlsx": b"\0" * 2**21}),
        zipped(**{"a.xlsx": zipped(x=b"\0" * 2**21)}),
    ):
        with pytest.raises(FileRefused, match="expected at most"):
            parse(payload)


def test_mutated_files_are_read_or_refused() -> None:
    dice = random.Random(7)
    good = zipped(**{DOWNLOAD: GOOD})
    for payload in (good, GOOD):
        for _ in range(60):
            spoiled = bytearray(payload)
            for _ in range(dice.randint(1, 20)):
                spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
            cut = bytes(spoiled[: dice.randrange(len(spoiled))] if dice.random() < 0.3 else spoiled)
            try:
                parsed = parse(cut)
            except FileRefused:
                continue
            others = parsed.notes["other_indicators"] + parsed.notes["without_value"]
            assert parsed.rows_read == parsed.rows_kept + len(parsed.rejects) + others
