"""Registers from a folder into the ledger: whole files, refusals with every place, what was known when."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jinja2
import psycopg
import pytest
from harness import Warehouse, ingest

from tiengvang import jobs
from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.templates import csv_template, xlsx_template
from tiengvang.warehouse.ledger_outcomes import close_load
from tiengvang.warehouse.world import World, adopt_world
from tiengvang.windows import Window

OFFICE = "Vụ Ví dụ"
KPI = {
    "kpi_code": "plan", "unit_kind": "province", "name_en": "Plan", "name_vi": "Kế hoạch",
    "definition_en": "A plan of the year.", "definition_vi": "Có kế hoạch năm.", "merger_rule": "all",
    "valid_on": date(2023, 1, 1), "recorded_on": date(2023, 12, 15),
}  # fmt: skip
HANOI = {
    "kpi_code": "plan", "unit_code": "01-2008", "is_met": True, "status": "reported",
    "valid_on": date(2026, 6, 30), "recorded_on": date(2026, 7, 1),
}  # fmt: skip


def put(folder: Path, name: str, register: str, rows: Sequence[Mapping[str, Any]]) -> Path:
    write = xlsx_template if name.endswith(".xlsx") else csv_template
    path = folder / name
    path.write_bytes(write(REGISTERS[register], rows, office=OFFICE))
    return path


def answers(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    return warehouse.query(
        "select left(file_name, -13), place, reason from ops.rejected_rows"
        " where source = 'registers' order by file_name, line_number"
    )


@pytest.fixture
def world(new_warehouse: Callable[[str], Warehouse], request: pytest.FixtureRequest) -> Warehouse:
    """A warehouse of a sample world that stands at 20 July 2026."""
    warehouse = new_warehouse(request.node.name[5:40])
    with psycopg.connect(warehouse.url) as connection:
        declared = World(
            "sample", is_synthetic=True, declared_as_of=datetime(2026, 7, 20, tzinfo=UTC)
        )
        adopt_world(connection, declared)
    return warehouse


def mark(folder: Path, **received_at: str) -> None:
    content = {"world_name": "sample", "is_synthetic": True}
    if received_at:
        content |= {"received_at": {f"{name}.csv": at for name, at in received_at.items()}}
    (folder / "world.json").write_text(json.dumps(content))


def test_every_register_reaches_its_table(world: Warehouse, tmp_path: Path) -> None:
    mark(tmp_path)
    units = [{"unit_code": "MOFA", "unit_kind": "ministry", "name_en": "A", "name_vi": "B",
              "valid_on": date(2020, 1, 1), "recorded_on": date(2026, 7, 1)}]  # fmt: skip
    put(tmp_path, "a readiness.csv", "readiness_units", [HANOI])  # before what lists its KPI
    put(tmp_path, "kpis.xlsx", "kpis", [KPI])
    put(tmp_path, "units.xlsx", "units", units)
    case = {"case_code": "1", "seen_at": datetime(2026, 6, 30, 1, 30, tzinfo=UTC),
            "valid_on": date(2026, 6, 30), "recorded_on": date(2026, 7, 1)}  # fmt: skip
    put(tmp_path, "many.csv", "responses", [{**case, "case_code": f"c{n}"} for n in range(250)])
    put(tmp_path, "few.xlsx", "responses", [case])
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["loaded"] == 5
        assert jobs.plan("registers", None, None) == []
    assert world.query(
        "select count(*), min(seen_at at time zone 'UTC')::text, min(office), min(template_version)"
        " from raw.registers__responses"
    ) == [(251, "2026-06-30 01:30:00", OFFICE, 1)]
    [row] = world.query(
        "select unit_code, is_met, evidence, row_number, received_at = '2026-07-20Z'"
        " from raw.registers__readiness_units"
    )
    assert row == ("01-2008", True, None, 6, True)
    assert answers(world) == []


def test_a_refused_file_leaves_the_last_good_one_in_force(world: Warehouse, tmp_path: Path) -> None:
    mark(tmp_path)
    put(tmp_path, "kpis.csv", "kpis", [KPI])
    put(tmp_path, "readiness.csv", "readiness_units", [HANOI])
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["loaded"] == 2
        before = world.table("raw.registers__readiness_units")
        path = put(tmp_path, "readiness.csv", "readiness_units", [
            {**HANOI, "recorded_on": date(2026, 7, 2)},
            {**HANOI, "unit_code": "02-2008", "evidence": "gặp van.an@example.org"},
            {**HANOI, "kpi_code": "plans", "recorded_on": date(2026, 7, 21)},
        ])  # fmt: skip
        outcome = ingest("registers")
        assert (outcome["loaded"], outcome["refused"]) == (0, 1)
        assert world.table("raw.registers__readiness_units") == before
        assert [(name, place) for name, place, _ in answers(world)] == [
            ("readiness.csv", place) for place in ("B7", "D7", "A8", "H8")
        ]  # fmt: skip
        told = "\n".join(reason for _, _, reason in answers(world))
        assert "expected 08-2025 (Tuyên Quang)" in told
        assert "not after 2026-07-20: it is to come / dòng 8" in told
        [(reason,)] = world.query("select reason from ops.source_files where status = 'refused'")
        assert reason.startswith("readiness.csv: nothing of it was taken / không nhận dòng nào")
        everything = world.query(
            "select coalesce(string_agg(t::text, ''), '') from ops.source_files as t"
        )
        assert "van.an" not in told + everything[0][0]
        # asked again every day: nothing is counted twice
        assert ingest("registers")["refused"] == 1
        assert len(answers(world)) == 4
        path.write_bytes(csv_template(REGISTERS["readiness_units"], [HANOI, {
            **HANOI, "is_met": False, "recorded_on": date(2026, 7, 2)}], office=OFFICE))  # fmt: skip
        assert ingest("registers")["loaded"] == 1
    assert len(world.table("raw.registers__readiness_units")) == 3


def test_a_file_that_came_before_its_codes_heals_by_itself(
    world: Warehouse, tmp_path: Path
) -> None:
    mark(tmp_path)
    put(tmp_path, "readiness.csv", "readiness_units", [HANOI])
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["refused"] == 1
        assert [place for _, place, _ in answers(world)] == ["A6"]
        put(tmp_path, "kpis.csv", "kpis", [KPI])
        assert ingest("registers")["loaded"] == 2
    assert answers(world) == []
    assert len(world.table("raw.registers__readiness_units")) == 1


def test_what_was_known_on_a_day(world: Warehouse, tmp_path: Path) -> None:
    mark(tmp_path, first="2026-07-03T09:00Z", second="2026-07-10T09:00Z", third="2026-07-11T09:00Z")
    edit = {**HANOI, "is_met": False, "recorded_on": date(2026, 7, 9)}
    put(tmp_path, "kpis.csv", "kpis", [KPI])
    put(tmp_path, "first.csv", "readiness_units", [HANOI])
    put(tmp_path, "second.csv", "readiness_units", [HANOI, edit])
    put(tmp_path, "third.csv", "readiness_units", [{**edit, "is_met": None}])
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["loaded"] == 4
    macro = (Path(jobs.__file__).parents[2] / "dbt_project/macros/register_versions.sql").read_text(
        "utf-8"
    )
    made = jinja2.Environment(autoescape=False).from_string(
        macro + "{{ register_versions('told', ['kpi_code', 'unit_code', 'valid_on']) }}"
    )
    rows = world.query(
        "with told as (select left(file_name, -13) as file_name, right(file_name, 12) as file_version,"
        " row_number, office, template_version, kpi_code, unit_code, is_met, is_withdrawn, valid_on,"
        f" recorded_on, received_at from raw.registers__readiness_units), versions as ({made.render()})"
        " select version_number, file_name, is_met, recorded_on, superseded_on, is_latest from versions"
        " order by 1"
    )
    first, second = date(2026, 7, 1), date(2026, 7, 9)
    assert rows == [
        (1, "first.csv", True, first, second, False),
        (2, "second.csv", False, second, second, False),
        (3, "third.csv", None, second, None, True),
    ]
    warned = world.query(
        "select column_name, is_success, sentence_en from ops.gate_results"
        " where suite = 'registers' order by column_name"
    )
    assert len(warned) == 5
    # One load: the second and the third contradict each other under one day.
    assert [(name, text[:6]) for name, is_success, text in warned if not is_success] == [
        ("rows_rewritten", "2 rows")
    ]


def test_a_file_declared_for_later_is_not_there_yet(world: Warehouse, tmp_path: Path) -> None:
    mark(tmp_path, now="2026-07-19T00:00Z", later="2026-07-21T00:00Z")
    put(tmp_path, "now.csv", "kpis", [KPI])
    put(tmp_path, "later.csv", "kpis", [{**KPI, "kpi_code": "site"}])
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["loaded"] == 1
        declared = World(
            "sample", is_synthetic=True, declared_as_of=datetime(2026, 7, 22, tzinfo=UTC)
        )
        with psycopg.connect(world.url) as connection:
            adopt_world(connection, declared)
        assert ingest("registers")["loaded"] == 1
    assert world.query(
        "select kpi_code, (received_at at time zone 'UTC')::date from raw.registers__kpis order by 2"
    ) == [("plan", date(2026, 7, 19)), ("site", date(2026, 7, 21))]


def test_an_edit_under_the_same_day_is_a_warning_and_counts(
    world: Warehouse, tmp_path: Path
) -> None:
    mark(tmp_path)
    put(tmp_path, "kpis.csv", "kpis", [KPI])
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        ingest("registers")
        put(tmp_path, "kpis.csv", "kpis", [KPI, {**KPI, "kpi_code": "site"}])
        ingest("registers")
        put(tmp_path, "kpis.csv", "kpis", [{**KPI, "merger_rule": "any"}])
        ingest("registers")
    assert world.query(
        "select subject, column_name, sentence_en from ops.gate_results"
        " where suite = 'registers' and not is_success"
    ) == [
        ("load 3", "rows_rewritten", "1 rows differ from another statement of the same day of "
         "recording; the newest is in force, of one night the last by file name."),
    ]  # fmt: skip


def test_a_live_folder_takes_the_real_clock(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("registers_live")
    put(tmp_path, "kpis.csv", "kpis", [{**KPI, "recorded_on": date(2099, 1, 1)}])
    (tmp_path / "macro.xlsm").write_bytes(b"PK\x03\x04 no workbook")
    with warehouse.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["refused"] == 2
        window = Window(datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
        assert ingest("registers", window)["refused"] == 2
    assert [(name, place) for name, place, _ in answers(warehouse)] == [
        ("kpis.csv", "J6"), ("macro.xlsm", None),
    ]  # fmt: skip
    with warehouse.active(TIENGVANG_REGISTERS_DIR=""):
        assert jobs.plan("registers", None, None) == []


@pytest.mark.parametrize("name", ["van.an@gov.vn.csv", "kpis 0912345678.csv", "van%40gov.vn.csv"])
def test_a_file_name_that_is_about_a_person_is_told_nowhere(
    world: Warehouse, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    mark(tmp_path)
    put(tmp_path, name, "kpis", [KPI])
    put(tmp_path, "readiness.csv", "readiness_units", [HANOI])  # its codes are not known so
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["refused"] == 2
        assert ingest("registers")["refused"] == 2
        (tmp_path / name).unlink()
        assert ingest("registers")["missing"] == 1
        put(tmp_path, "kpis.csv", "kpis", [KPI])
        assert ingest("registers")["loaded"] == 2
    everything = "".join(
        row
        for table in ("ops.source_files", "ops.rejected_rows", "raw.registers__kpis")
        for row in world.table(table)
    )
    held = name.removeprefix("kpis ").removesuffix(".csv")
    assert held not in everything + caplog.text
    assert "kpis.csv@" in everything
    assert "file-" in everything


def stand_at(warehouse: Warehouse, instant: datetime) -> None:
    with psycopg.connect(warehouse.url) as connection:
        adopt_world(connection, World("sample", is_synthetic=True, declared_as_of=instant))


def test_a_day_to_come_stays_refused_and_the_mended_file_counts(
    world: Warehouse, tmp_path: Path
) -> None:
    """A file keeps the instant of its first reading, whenever it is asked for again."""
    mark(tmp_path)
    put(tmp_path, "kpis.csv", "kpis", [KPI])
    put(tmp_path, "early.csv", "readiness_units", [{**HANOI, "recorded_on": date(2026, 7, 22)}])
    waiting = {**HANOI, "kpi_code": "later", "recorded_on": date(2026, 7, 20)}
    put(tmp_path, "waiting.csv", "readiness_units", [waiting])
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["refused"] == 2
        mended = {**HANOI, "is_met": False, "recorded_on": date(2026, 7, 20)}
        put(tmp_path, "mended.csv", "readiness_units", [mended])
        put(tmp_path, "more kpis.csv", "kpis", [{**KPI, "kpi_code": "later"}])
        stand_at(world, datetime(2026, 7, 23, tzinfo=UTC))
        outcome = ingest("registers")
        assert (outcome["loaded"], outcome["refused"]) == (3, 1)
        window = Window(datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC))
        assert ingest("registers", window)["refused"] == 1
    assert {(name, place) for name, place, _ in answers(world)} == {("early.csv", "H6")}
    assert world.query(
        "select left(file_name, -13), is_met, (received_at at time zone 'UTC')::date"
        " from raw.registers__readiness_units order by 1"
    ) == [("mended.csv", False, date(2026, 7, 23)), ("waiting.csv", True, date(2026, 7, 20))]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_kind_of_a_kpi_is_that_in_force_whichever_file_is_read_last(
    world: Warehouse, tmp_path: Path, names: tuple[str, str]
) -> None:
    mark(tmp_path)
    older, newer = names
    put(tmp_path, f"{older}.csv", "kpis", [{**KPI, "unit_kind": "ministry"}])
    put(tmp_path, f"{newer}.csv", "kpis", [{**KPI, "recorded_on": date(2024, 1, 15)}])
    put(tmp_path, "readiness.csv", "readiness_units", [HANOI])
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        outcome = ingest("registers")
        assert (outcome["loaded"], outcome["refused"]) == (3, 0)
        # an older statement that comes later changes nothing
        put(tmp_path, "z.csv", "kpis", [
            {**KPI, "unit_kind": "ministry", "recorded_on": date(2023, 12, 20)}])  # fmt: skip
        put(tmp_path, "more.csv", "readiness_units", [{**HANOI, "recorded_on": date(2026, 7, 2)}])
        assert ingest("registers")["loaded"] == 2


def test_codes_of_a_quarantined_file_are_not_known(world: Warehouse, tmp_path: Path) -> None:
    mark(tmp_path)
    put(tmp_path, "kpis.csv", "kpis", [KPI])
    with world.active(TIENGVANG_REGISTERS_DIR=str(tmp_path)):
        assert ingest("registers")["loaded"] == 1
        with psycopg.connect(world.url) as connection:
            connection.execute("update ops.loads set status = 'loading'")
            close_load(connection, 1, "by hand")
        put(tmp_path, "readiness.csv", "readiness_units", [HANOI])
        outcome = ingest("registers")
        assert (outcome["loaded"], outcome["refused"]) == (0, 1)
        assert [place for _, place, _ in answers(world)] == ["A6"]
        window = Window(datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC))
        assert ingest("registers", window)["loaded"] == 2
    assert answers(world) == []
    assert world.query("select status from ops.loads order by load_id desc limit 1") == [
        ("passed",)
    ]
