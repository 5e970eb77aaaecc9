"""The golden rows as offices would deliver them: through the real ingest and dbt with its tests."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
from hand_made_days import DbtWarehouse
from harness import Warehouse, ingest
from readiness_rows import GOLDEN, GOLDEN_COLUMNS, MARTS, YEAR_END, Registers

from tiengvang.registers.catalogue import REGISTERS


def write_file(folder: Path, name: str, register: str, *rows: Mapping[str, str]) -> None:
    """A filled template as a spreadsheet saves it."""
    columns = [column.name for column in REGISTERS[register].columns]
    headings = [column.heading.vi for column in REGISTERS[register].columns]
    head = [["template", register], ["version", REGISTERS[register].version], ["office", "Office"]]
    with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [*head, columns, headings, *([row.get(name, "") for name in columns] for row in rows)]
        )


def write_golden_files(folder: Path) -> None:
    """The golden rows, a correction of March 2024, and units before and after the mergers."""
    day = {"valid_on": YEAR_END, "recorded_on": YEAR_END}
    kinds = dict.fromkeys(("plan_ministry", "site_ministry"), "ministry")
    kinds |= dict.fromkeys(("plan_province", "site_province", "regulation_province"), "province")
    texts = dict.fromkeys(("name_en", "name_vi", "definition_en", "definition_vi"), "Text")
    write_file(
        folder, "kpis.csv", "kpis",
        *({**day, **texts, "kpi_code": kpi, "unit_kind": kind, "merger_rule": "any"}
          for kpi, kind in kinds.items()),
    )  # fmt: skip
    total = {**day, "status": "reported", "evidence": "Report", "population_version": "63"}
    counted = {**total, "kpi_code": "site_province", "numerator": "58", "denominator": "63"}
    ministries = {**total, "population_version": "ministries"}
    write_file(
        folder, "totals.csv", "readiness_totals",
        {**ministries, "kpi_code": "plan_ministry", "reported_percent": "90"},
        {**ministries, "kpi_code": "site_ministry", "reported_percent": "100"},
        {**total, "kpi_code": "plan_province", "reported_percent": "100"},
        {**counted, "kpi_code": "regulation_province", "numerator": "55"}, counted,
    )  # fmt: skip
    write_file(
        folder, "totals-2.csv", "readiness_totals",
        {**counted, "numerator": "57", "recorded_on": "2024-03-01"},
    )  # fmt: skip
    unit = {"kpi_code": "regulation_province", "status": "reported", "valid_on": "2024-12-31",
            "recorded_on": "2025-01-15"}  # fmt: skip
    write_file(
        folder, "units.csv", "readiness_units",
        *({**unit, "unit_code": code, "is_met": is_met}
          for code, is_met in (("24-2008", "có"), ("27-2008", "không"), ("01-2008", "yes"))),
    )  # fmt: skip


def test_files_of_offices_come_back_through_ingest_and_dbt(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    made = DbtWarehouse(new_warehouse("readiness_files"))
    write_golden_files(tmp_path)
    with made.warehouse.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["loaded"] == 4
    made.dbt(
        *("build", "--indirect-selection", "buildable"),
        *("--select", "+mart_readiness_kpi", "--exclude-resource-type", "unit_test"),
    )
    results = {row["unique_id"].split(".")[2] for row in made.artifact("run_results")["results"]}
    assert {"assert_readiness_adds_up", *MARTS} <= results
    with psycopg.connect(made.warehouse.url) as connection:
        registers = Registers(connection, {}, {})
        assert registers.known(GOLDEN_COLUMNS, YEAR_END, YEAR_END) == GOLDEN
        site = "kpi_code = 'site_province'"
        assert registers.known("numerator", "2024-02-29", "2024-02-29", site) == [(58,)]
        assert registers.known("numerator", "2024-03-01", YEAR_END, site) == [(57,)]
        assert registers.states("is_current") == {
            ("regulation_province", "01-2008"): ("carried_over", True, True, True, True, 1),
            ("regulation_province", "24-2025"): ("merged", True, False, True, None, 2),
        }
