"""The committed templates are those that the declarations give, and the raw tables hold what they ask."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tiengvang.cli import main
from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.data_dictionary import page
from tiengvang.registers.templates import csv_template, write_templates, xlsx_template
from tiengvang.settings import REPOSITORY

COMMITTED = REPOSITORY / "registers"
SCHEMA = (REPOSITORY / "plugins/tiengvang/warehouse/schema.sql").read_text(encoding="utf-8")
TYPES = {
    "text": "text", "code": "text", "choice": "text", "list": "text", "url": "text", "day": "date",
    "instant": "timestamptz", "yes_no": "boolean", "whole": "integer", "number": "numeric",
    "percent": "numeric",
}  # fmt: skip


def cells(payload: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(payload))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_the_folder_holds_the_templates_and_nothing_else() -> None:
    expected = {f"{name}.{suffix}" for name in REGISTERS for suffix in ("csv", "xlsx")}
    assert {path.name for path in COMMITTED.iterdir()} == {*expected, "README.md"}
    assert (COMMITTED / "README.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", REGISTERS)
def test_committed_templates_are_generated(name: str) -> None:
    register = REGISTERS[name]
    assert (COMMITTED / f"{name}.csv").read_bytes() == csv_template(register)
    assert cells((COMMITTED / f"{name}.xlsx").read_bytes()) == cells(xlsx_template(register))


@pytest.mark.parametrize("name", REGISTERS)
def test_a_template_explains_itself_in_both_languages(name: str) -> None:
    register = REGISTERS[name]
    book = load_workbook(COMMITTED / f"{name}.xlsx")
    assert book.sheetnames == ["data", "dictionary", "examples"]
    assert book["data"].freeze_panes == "A6"
    asked = {str(validation.sqref) for validation in book["data"].data_validations.dataValidation}
    offered = [c for c in register.columns if c.kind in ("choice", "yes_no")]
    assert len(asked) == len(offered)
    explained = {row[0]: row for row in book["dictionary"].iter_rows(min_row=2, values_only=True)}
    for column in register.columns:
        assert (column.about.en, column.about.vi) == explained[column.name][5:7]
        assert column.about.en != column.about.vi != ""
        assert column.heading_vi != column.name
    assert len({column.heading_vi for column in register.columns}) == len(register.columns)


def test_codes_are_text_to_a_spreadsheet() -> None:
    sheet = load_workbook(COMMITTED / "readiness_units.xlsx")["data"]
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet.column_dimensions["G"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("name", REGISTERS)
def test_the_raw_table_has_the_columns_of_the_register(name: str) -> None:
    register = REGISTERS[name]
    [body] = re.findall(
        rf"create table if not exists {register.table} \(\n(.*?)\n\);", SCHEMA, re.S
    )
    found = [line.strip().rstrip(",") for line in body.split("\n")]
    later = re.findall(rf"alter table {register.table} add column if not exists (.*?);", SCHEMA)
    declared = [
        f"{column.name} {TYPES[column.kind]}{' not null' if column.is_required else ''}"
        for column in register.columns
    ]
    assert later == [column for column in declared if column.startswith("is_withdrawn ")]
    declared = [column for column in declared if column not in later]
    assert found == [
        "file_name text not null",
        "row_number integer not null",
        "office text not null",
        "template_version integer not null",
        *declared,
        "received_at timestamptz not null",
        "load_id bigint not null",
        "primary key (file_name, row_number)",
    ]
    assert set(register.key) <= {column.name for column in register.columns}


def test_the_console_writes_and_checks(tmp_path: Path) -> None:
    run = CliRunner().invoke
    written = run(main, ["registers", "templates", "--to", str(tmp_path)])
    assert written.exit_code == 0
    assert len(written.output.splitlines()) == 2 * len(REGISTERS) + 1
    assert len(list(tmp_path.iterdir())) == 2 * len(REGISTERS) + 1
    path = tmp_path / "response_targets.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    rows[2][1] = "Vụ Ví dụ"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([*rows, ["24", "", "2026-01-01", "2026-07-01"]])
    good = run(main, ["registers", "check", str(path)])
    assert (good.exit_code, "1 rows can be taken / 1 dòng nhận được" in good.output) == (0, True)
    path.write_text(path.read_text(encoding="utf-8").replace("2026-07-01", "2026-13-07"))
    bad = run(main, ["registers", "check", str(path), str(tmp_path / "units.xlsx")])
    assert bad.exit_code == 1
    assert "row 6, column recorded_on (D): found 2026-13-07" in bad.output
    assert "dòng 6, cột Ngày ghi nhận (D)" in bad.output
    assert "no row below the headings" in bad.output


def test_templates_are_written_twice_alike(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in write_templates(tmp_path / "a")}
    second = {path.name: path.read_bytes() for path in write_templates(tmp_path / "b")}
    assert first == second
