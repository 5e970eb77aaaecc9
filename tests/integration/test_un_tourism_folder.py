"""UN Tourism's figures from a folder to the staging view: trips and receipts apart, each version kept."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from harness import Warehouse, ingest
from openpyxl import Workbook

from tiengvang import jobs
from tiengvang.transform import run_dbt
from tiengvang.windows import Window, parse_instant

HEADER = (
    "indicator_code", "reporter_area_code", "reporter_area_label", "partner_area_label", "year",
    "value", "unit",
)  # fmt: skip
VIETNAM = ("704", "Viet Nam", "World", 2024)
DAY = Window(parse_instant("2026-07-13"), parse_instant("2026-07-14"))


def put(folder: Path, name: str, *rows: tuple[Any, ...]) -> None:
    book = Workbook()
    data = book.create_sheet("Data")
    for row in (HEADER, *rows):
        data.append(row)
    target = BytesIO()
    book.save(target)
    (folder / name).write_bytes(target.getvalue())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(
        tmp_path,
        "UN_Tourism_inbound_12_2025.xlsx",
        ("INBD_TRIP_TOTL_TOTL_TOUR", *VIETNAM, 17583.9, "Thousands"),
        ("INBD_EXPD_BPAY_TOTL_VSTR", *VIETNAM, 12, "US$ Millions"),
        ("INBD_EXPD_BPAY_TRVL_VSTR", *VIETNAM, 11, "US$ Millions"),
        ("INBD_EXPD_BPAY_PSTR_VSTR", *VIETNAM, 1, "US$ Millions"),
    )
    (tmp_path / "readme.pdf").write_bytes(b"%PDF")
    return tmp_path


def test_trips_and_receipts_never_share_a_column(
    new_warehouse: Callable[[str], Warehouse], folder: Path
) -> None:
    warehouse = new_warehouse("un_tourism")
    with warehouse.active(TIENGVANG_UN_TOURISM_DIR=str(folder)) as settings:
        assert ingest("un_tourism", DAY)["loaded"] == 1
        assert ingest("un_tourism", DAY) == {}
        put(folder, "UN_Tourism_inbound_05_2026.xlsx", ("INBD_TRIP_TOTL_TOTL_TOUR", *VIETNAM, 17600, "Thousands"))  # noqa: E501  # fmt: skip
        (folder / "broken.zip").write_bytes(b"PK not a zip")
        outcome = ingest("un_tourism", DAY)
        assert (outcome["loaded"], outcome["refused"]) == (1, 1)
        run_dbt(settings, warehouse.url, ["build", "--select", "stg_un_tourism__observations"])
    rows = warehouse.query(
        "select file_name, trips_count, receipts_usd, receipts_kind"
        " from staging.stg_un_tourism__observations order by file_name desc, line_number"
    )
    assert [row[1:] for row in rows] == [
        (Decimal(17583900), None, None),
        (None, Decimal(12000000), "total"),
        (None, Decimal(11000000), "travel"),
        (None, Decimal(1000000), "passenger_transport"),
        (Decimal(17600000), None, None),
    ]
    slots = warehouse.query(
        "select split_part(file_name, '@', 1), slot_at, status, reason from ops.source_files order by 1"
    )
    assert [(name, str(slot)[:7], status) for name, slot, status, _ in slots] == [
        ("UN_Tourism_inbound_05_2026.xlsx", "2026-05", "loaded"),
        ("UN_Tourism_inbound_12_2025.xlsx", "2025-12", "loaded"),
        ("broken.zip", "2026-07", "refused"),
    ]
    assert "no readable zip" in slots[2][3]


def test_without_a_folder_there_is_nothing_to_do(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("no_un_tourism")
    for more in ({}, {"TIENGVANG_UN_TOURISM_DIR": str(tmp_path / "not there")}):
        with warehouse.active(**more):
            assert jobs.plan("un_tourism", DAY, None) == []
