"""UN Tourism's figures from a folder to the staging view: trips and receipts apart, each version kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness import Warehouse, ingest
from openpyxl import Workbook

from tiengvang import jobs
from tiengvang.settings import REPOSITORY
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
        ("INBD_TRIP_TOTL_TOTL_VSTR", "999", "Nowhere", "World", 2024, 3, "Thousands"),
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
        run_dbt(
            settings, warehouse.url,
            ["build", "--indirect-selection", "cautious", "--select", "+fct_tourism_year",
             "+qc_unknown_labels"],
        )  # fmt: skip
    rows = warehouse.query(
        "select file_name, trips_count, receipts_usd, receipts_kind"
        " from staging.stg_un_tourism__observations where reporter_area_code = '704'"
        " order by file_name desc, line_number"
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
    # Of each figure the latest edition; what no edition gives is null.
    assert warehouse.query(
        "select country_code_iso3, tourism_year, trips_un_tourism_count,"
        " overnight_trips_un_tourism_count, overnight_trips_un_tourism_count_vintage_month,"
        " receipts_total_un_tourism_usd, receipts_travel_un_tourism_usd,"
        " receipts_passenger_transport_un_tourism_usd,"
        " receipts_total_un_tourism_usd_vintage_month, source_file_name"
        " from warehouse.fct_tourism_year"
    ) == [
        ("VNM", 2024, None, 17600000, date(2026, 5, 1), 12000000, 11000000, 1000000,
         date(2025, 12, 1), "UN_Tourism_inbound_05_2026.xlsx; UN_Tourism_inbound_12_2025.xlsx"),
    ]  # fmt: skip
    ((table, label, number, place),) = warehouse.query(
        "select source_table, label, n_rows, first_place from qc.qc_unknown_labels"
    )
    assert (table, label, number) == ("un_tourism__observations", "999", 1)
    assert re.fullmatch(
        r"UN_Tourism_inbound_12_2025\.xlsx@[0-9a-f]{12},"
        r" UN_Tourism_inbound_12_2025\.xlsx, figure 5",
        place,
    )


def test_no_edition_reads_what_must_not_be_passed_on() -> None:
    project = REPOSITORY / "dbt_project" / "models" / "_project.yml"
    exposures = {e["name"]: e for e in yaml.safe_load(project.read_bytes())["exposures"]}
    assert "ref('fct_tourism_year')" in exposures["analysts_queries"]["depends_on"]
    assert "ref('fct_tourism_year')" not in exposures["edition"]["depends_on"]
    rendering = list((REPOSITORY / "plugins" / "tiengvang" / "edition").rglob("*.py"))
    assert len(rendering) > 20
    assert not [path for path in rendering if "tourism_year" in path.read_text("utf-8")]


def test_without_a_folder_there_is_nothing_to_do(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("no_un_tourism")
    for more in ({}, {"TIENGVANG_UN_TOURISM_DIR": str(tmp_path / "not there")}):
        with warehouse.active(**more):
            assert jobs.plan("un_tourism", DAY, None) == []
