"""A statement under a mistaken key is withdrawn and said again under the right one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hand_made_days import DbtWarehouse
from readiness_rows import Registers, undone

BEFORE, SINCE = "2025-01-31", "2025-02-01"
COUNTS = "numerator, n_units_reported, denominator"


@pytest.fixture
def registers(readiness_models: DbtWarehouse) -> Iterator[Registers]:
    with undone(readiness_models) as opened:
        opened.kpi("plan", "ministry")
        opened.kpi("site", merger_rule="any")
        for code in ("A", "B", "C"):
            opened.ministry(code)
        yield opened


def plan(registers: Registers, known_on: str, valid_on: str = "2026-07-01") -> list[object]:
    return registers.known(COUNTS, known_on, valid_on, "kpi_code = 'plan' and basis = 'units'")


def test_a_value_of_another_unit_moves_to_the_right_one(registers: Registers) -> None:
    registers.unit("plan", "A", True, "2024-12-31")
    registers.unit("plan", "B", False, "2024-12-31")
    registers.withdraw("readiness_units", SINCE, kpi_code="plan", unit_code="A")
    registers.unit("plan", "C", True, "2024-12-31", SINCE)
    registers.build()
    assert plan(registers, BEFORE) == [(1, 2, 3)]
    assert plan(registers, SINCE) == [(1, 2, 3)]
    states = (
        "select unit_code, recorded_on::text, superseded_on::text, is_current from {} order by 1"
    )
    assert registers.ask(states.format("warehouse.mart_readiness_unit")) == [
        ("A", "2024-12-31", SINCE, False),
        ("B", "2024-12-31", None, True),
        ("C", SINCE, None, True),
    ]
    # A mart built before the withdrawal says the same of that day.
    registers.build(date(2025, 1, 31))
    assert registers.ask("select unit_code from warehouse.mart_readiness_unit order by 1") == [
        ("A",), ("B",),
    ]  # fmt: skip


def test_a_value_of_another_day_leaves_no_count_on_that_day(registers: Registers) -> None:
    registers.unit("plan", "A", True, "2023-12-31")
    registers.unit("plan", "A", False, "2024-12-31", "2025-01-15")
    registers.withdraw("readiness_units", SINCE, valid_on="2024-12-31")
    registers.unit("plan", "A", False, "2025-01-10", SINCE)
    registers.build()
    day = "valid_on::text, numerator, superseded_on::text"
    plan_day = "kpi_code = 'plan'"
    assert registers.known(day, BEFORE, "2025-12-31", plan_day) == [("2024-12-31", 0, SINCE)]
    assert registers.known(day, SINCE, "2025-01-09", plan_day) == [("2023-12-31", 1, None)]
    assert registers.known(day, SINCE, "2025-12-31", plan_day) == [("2025-01-10", 0, None)]


def test_what_is_withdrawn_and_not_said_again_leaves_nothing(registers: Registers) -> None:
    registers.unit("plan", "A", True, "2024-12-31")
    registers.total("plan", "ministries", percent=90, valid_on="2024-12-31")
    registers.withdraw("readiness_units", SINCE, kpi_code="plan")
    registers.withdraw("readiness_totals", SINCE, kpi_code="plan")
    registers.build()
    both = "select count(*) filter (where superseded_on is null or is_current), count(*) from {}"
    assert registers.ask(both.format("warehouse.mart_readiness_kpi")) == [(0, 2)]
    assert registers.ask(both.format("warehouse.mart_readiness_unit")) == [(0, 1)]
    assert plan(registers, BEFORE) == [(1, 1, 3)]


def test_a_withdrawal_of_the_same_day_was_never_in_force(registers: Registers) -> None:
    registers.unit("plan", "A", True, "2024-12-31")
    registers.withdraw("readiness_units", "2024-12-31", kpi_code="plan")
    registers.build()
    assert registers.ask("select count(*) from warehouse.mart_readiness_unit") == [(0,)]
    assert registers.ask("select count(*) from warehouse.mart_readiness_kpi") == [(0,)]


def test_what_was_withdrawn_may_be_said_again(registers: Registers) -> None:
    registers.unit("plan", "A", True, "2024-12-31")
    registers.withdraw("readiness_units", SINCE, kpi_code="plan")
    registers.unit("plan", "A", True, "2024-12-31", "2025-03-01")
    registers.build()
    assert plan(registers, BEFORE) == [(1, 1, 3)]
    assert plan(registers, SINCE) == []
    assert plan(registers, "2025-03-01") == [(1, 1, 3)]


def test_a_ministry_under_a_mistaken_code_is_counted_no_longer(registers: Registers) -> None:
    registers.ministry("AA")
    registers.unit("plan", "AA", True, "2024-12-31")
    registers.withdraw("units", SINCE, unit_code="AA")
    registers.build()
    assert plan(registers, BEFORE) == [(1, 1, 4)]
    assert plan(registers, SINCE) == []
    statements = registers.ask(
        "select unit_code, superseded_on::text, is_current from warehouse.mart_readiness_unit"
    )
    assert statements == [("AA", SINCE, False)]
    registers.unit("plan", "A", True, "2024-12-31", SINCE)
    registers.build()
    assert plan(registers, SINCE) == [(1, 1, 3)]
    breaks = "select distinct series_break_on from warehouse.mart_readiness_kpi"
    assert registers.ask(breaks) == [(None,)]


def test_a_kpi_under_a_mistaken_code_ends_with_all_its_values(registers: Registers) -> None:
    registers.kpi("plann", "ministry")
    registers.unit("plann", "A", True, "2024-12-31")
    registers.total("plann", "ministries", percent=90, valid_on="2024-12-31")
    registers.withdraw("kpis", SINCE, kpi_code="plann")
    registers.build()
    known = "select basis, kpi_name_en, superseded_on::text, is_current from {} order by 1"
    assert registers.ask(known.format("warehouse.mart_readiness_kpi")) == [
        ("total", "plann en", SINCE, False),
        ("units", "plann en", SINCE, False),
    ]
    # Its code may be used again; its values then count again.
    registers.kpi("plann", "ministry", recorded_on="2025-03-01")
    registers.build()
    current = "select basis from warehouse.mart_readiness_kpi where is_current order by 1"
    assert registers.ask(current) == [("total",), ("units",)]


def test_a_target_of_another_day_is_held_against_nothing(registers: Registers) -> None:
    registers.total("plan", "ministries", percent=50, valid_on="2024-06-30")
    registers.target("plan", 100, "2025-12-31")
    registers.withdraw("targets", SINCE, due_on="2025-12-31")
    registers.build()
    answer = "target_due_on::text"
    assert registers.known(answer, BEFORE, BEFORE) == [("2025-12-31",)]
    assert registers.known(answer, SINCE, BEFORE) == [(None,)]
    registers.target("plan", 100, "2026-12-31", recorded_on=SINCE)
    registers.build()
    assert registers.known(answer, SINCE, BEFORE) == [("2026-12-31",)]


def test_a_merged_unit_inherits_nothing_that_was_withdrawn(registers: Registers) -> None:
    """24-2025 of 24 and 27; what it says of its first day is withdrawn, and then theirs."""
    for unit in ("24-2008", "27-2008"):
        registers.unit("site", unit, True, "2024-12-31")
    registers.unit("site", "24-2025", False, "2025-07-01", "2025-11-01")
    registers.withdraw("readiness_units", "2025-12-01", unit_code="24-2025")
    registers.withdraw("readiness_units", "2026-01-01", unit_code="24-2008")
    registers.withdraw("readiness_units", "2026-02-01", unit_code="27-2008")
    registers.build()
    found = registers.ask(
        "select recorded_on::text, superseded_on::text, state_basis, is_met"
        " from warehouse.mart_readiness_unit where population_version = '34' order by 1"
    )
    assert found == [
        ("2025-07-01", "2025-11-01", "merged", True),
        ("2025-11-01", "2025-12-01", "reported", False),
        ("2025-12-01", "2026-01-01", "merged", True),
        ("2026-01-01", "2026-02-01", "merged", None),
    ]
    assert registers.known(COUNTS, "2026-07-01", "2026-07-01", "kpi_code = 'site'") == []
