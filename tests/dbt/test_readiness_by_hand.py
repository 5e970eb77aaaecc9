"""Readiness from a few registers equals what was computed by hand, on every day that was ever known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hand_made_days import DbtWarehouse
from readiness_rows import GOLDEN, GOLDEN_COLUMNS, RECEIVED_LATER, YEAR_END, Registers, undone


@pytest.fixture
def registers(readiness_models: DbtWarehouse) -> Iterator[Registers]:
    with undone(readiness_models) as opened:
        yield opened


def write_golden_rows(registers: Registers) -> None:
    """What is known of December 2023, as shares where no counts were given."""
    for code, kind in (
        ("plan_ministry", "ministry"),
        ("plan_province", "province"),
        ("site_ministry", "ministry"),
        ("site_province", "province"),
        ("regulation_province", "province"),
    ):
        registers.kpi(code, kind)
    registers.total("plan_ministry", "ministries", percent=90)
    registers.total("plan_province", "63", percent=100)
    registers.total("site_ministry", "ministries", percent=100)
    registers.total("site_province", "63", count=(58, 63))
    registers.total("regulation_province", "63", count=(55, 63))


def test_the_golden_rows_of_december_2023_come_back(registers: Registers) -> None:
    write_golden_rows(registers)
    registers.build(date(2023, 12, 31))
    assert registers.known(GOLDEN_COLUMNS, YEAR_END, YEAR_END) == GOLDEN
    current = registers.ask(
        f"select {GOLDEN_COLUMNS} from warehouse.mart_readiness_kpi where is_current"
        " order by kpi_code"
    )
    assert current == GOLDEN


def test_a_later_correction_leaves_what_was_known_then(registers: Registers) -> None:
    write_golden_rows(registers)
    registers.total("site_province", "63", count=(57, 63), recorded_on="2024-03-01")
    registers.total("plan_ministry", "ministries", percent=95, recorded_on="2024-03-01")
    registers.total("site_province", "63", count=(60, 63), valid_on="2024-12-31")
    registers.build()
    assert registers.known(GOLDEN_COLUMNS, YEAR_END, YEAR_END) == GOLDEN
    assert registers.known(GOLDEN_COLUMNS, "2024-02-29", "2024-02-29") == GOLDEN
    site = "kpi_code = 'site_province'"
    assert registers.known("numerator, valid_on", "2024-03-01", "2024-03-01", site) == [
        (57, date(2023, 12, 31))
    ]
    assert registers.known("numerator, valid_on", "2026-07-01", "2026-07-01", site) == [
        (60, date(2024, 12, 31))
    ]
    assert registers.known("numerator, valid_on", "2026-07-01", "2024-06-30", site) == [
        (57, date(2023, 12, 31))
    ]
    assert registers.known(
        "reported_ratio", "2026-07-01", YEAR_END, "kpi_code = 'plan_ministry'"
    ) == [(0.95,)]
    # A mart built on that day says the same as the mart of today says of it.
    registers.build(date(2023, 12, 31))
    assert registers.known(GOLDEN_COLUMNS, YEAR_END, YEAR_END) == GOLDEN
    assert registers.ask("select count(*) from warehouse.mart_readiness_kpi") == [(5,)]


def test_each_rule_says_of_merged_units_what_it_says_by_hand(registers: Registers) -> None:
    """24-2025 of 24 and 27; 25-2025 of 17, 25, 26; 68-2025 of 60, 67, 68; 01 is unchanged; Huế renamed."""
    for rule in ("all", "any", "reported"):
        registers.kpi(rule, merger_rule=rule)
        for unit, is_met in (
            ("24-2008", True), ("27-2008", False),
            ("17-2008", True), ("25-2008", True), ("26-2008", True),
            ("60-2008", True), ("67-2008", False),
            ("89-2008", False), ("91-2008", None),
            ("01-2008", False), ("46-2008", True),
        ):  # fmt: skip
            registers.unit(rule, unit, is_met, "2024-12-01")
        registers.unit(rule, "25-2025", False, "2025-12-31")
    registers.build()
    found = registers.states("superseded_on is null and valid_on = '2025-07-01'")
    headline = {"all": 2, "any": 3, "reported": 4}
    for rule, place in headline.items():
        rows = {unit: row for (kpi, unit), row in found.items() if kpi == rule}
        expected = {
            "24-2025": ("merged", None, False, True, None, 2),
            "25-2025": ("merged", None, True, True, None, 3),
            "68-2025": ("merged", None, None, None, None, 2),
            "91-2025": ("merged", None, None, None, None, 1),
            "01-2008": ("carried_over", None, False, False, False, 1),
            "46-2025": ("carried_over", None, True, True, True, 1),
        }
        assert rows == {unit: (row[0], row[place], *row[2:]) for unit, row in expected.items()}, (
            rule
        )
    current = registers.states("is_current")
    for rule in headline:
        assert current[rule, "25-2025"] == ("reported", False, False, False, False, None)
    counts = registers.ask(
        "select kpi_code, valid_on::text, numerator, denominator, n_units_reported, numerator_all,"
        " numerator_any, numerator_reported, series_break_on::text"
        " from warehouse.mart_readiness_kpi where population_version = '34'"
        " and superseded_on is null order by 1, 2"
    )
    merged, later = "2025-07-01", "2025-12-31"
    assert counts == [
        ("all", merged, 2, 34, 4, 2, 3, 1, merged), ("all", later, 1, 34, 4, 1, 2, 1, merged),
        ("any", merged, 3, 34, 4, 2, 3, 1, merged), ("any", later, 2, 34, 4, 1, 2, 1, merged),
        ("reported", merged, 1, 34, 2, 2, 3, 1, merged),
        ("reported", later, 1, 34, 3, 1, 2, 1, merged),
    ]  # fmt: skip


def test_the_63_and_the_34_do_not_mix(registers: Registers) -> None:
    registers.kpi("site", merger_rule="any")
    units = [row[0] for row in registers.ask(
        "select province_id from seeds.provinces where valid_from < '2025-01-01' order by 1"
    )]  # fmt: skip
    assert len(units) == 63
    for unit in units:
        registers.unit("site", unit, unit >= "11", "2023-12-31")
    # 15-2025 was made of 10-2008, which had none, and of 15-2008.
    registers.unit("site", "15-2025", False, "2025-09-30")
    # A unit that no longer is, one that is not yet, and an unknown one count nowhere.
    registers.unit("site", "02-2008", True, "2025-09-30")
    registers.unit("site", "15-2025", True, "2024-09-30")
    registers.unit("site", "99-2099", True, "2024-09-30")
    registers.unit("sight", "01-2008", True, "2024-09-30")
    registers.total("site", "63", count=(58, 63), valid_on="2023-12-31")
    registers.build()
    rows = registers.ask(
        "select population_version, basis, valid_on::text, numerator, denominator,"
        " n_units_reported, series_break_on::text, is_current"
        " from warehouse.mart_readiness_kpi order by 1, 2, 3"
    )
    met = sum(unit >= "11" for unit in units)
    new = dict(
        registers.ask(
            "select province_id_after, bool_or(province_id_before >= '11')"
            " from seeds.province_bridge where changed_on = '2025-07-01' group by 1"
        )
    )
    assert rows == [
        ("34", "units", "2025-07-01", sum(new.values()), 34, 34, "2025-07-01", False),
        ("34", "units", "2025-09-30", sum(new.values()) - 1, 34, 34, "2025-07-01", True),
        ("63", "total", "2023-12-31", 58, 63, None, None, False),
        ("63", "units", "2023-12-31", met, 63, 63, None, False),
    ]
    carried = registers.ask(
        "select count(*) filter (where state_basis = 'carried_over'), count(*) from"
        " warehouse.mart_readiness_unit where population_version = '34' and valid_on = '2025-07-01'"
    )
    assert carried == [(11, 34)]
    current = registers.ask("select count(*) from warehouse.mart_readiness_unit where is_current")
    assert current == [(34,)]
    assert registers.ask(
        "select counted, unused_reason from qc.qc_readiness_unused order by 1, 2"
    ) == [
        ("01-2008", "unknown_kpi"),
        ("02-2008", "unit_not_counted_then"),
        ("15-2025", "unit_not_counted_then"),
        ("99-2099", "unknown_unit"),
    ]


def test_nobody_knew_of_the_new_units_before_they_were(registers: Registers) -> None:
    registers.kpi("site", merger_rule="any")
    registers.unit("site", "24-2008", True, "2024-12-31")
    registers.unit("site", "27-2008", False, "2024-12-31", "2025-09-01")
    registers.unit("site", "27-2008", True, "2024-12-31", "2025-10-01")
    registers.unit("site", "24-2025", False, "2025-07-01", "2025-11-01")
    registers.build()
    versions = registers.ask(
        "select recorded_on::text, superseded_on::text, state_basis, is_met,"
        " n_predecessors_met from warehouse.mart_readiness_unit"
        " where population_version = '34' order by 1"
    )
    assert versions == [
        ("2025-07-01", "2025-09-01", "merged", None, 1),
        ("2025-09-01", "2025-10-01", "merged", True, 1),
        ("2025-10-01", "2025-11-01", "merged", True, 2),
        ("2025-11-01", None, "reported", False, None),
    ]
    counts = registers.ask(
        "select recorded_on::text, superseded_on::text, numerator, numerator_all,"
        " n_units_reported from warehouse.mart_readiness_kpi where population_version = '34' order by 1"
    )
    assert counts == [
        ("2025-07-01", "2025-09-01", 0, 0, 0),
        ("2025-09-01", "2025-10-01", 1, 0, 1),
        ("2025-10-01", "2025-11-01", 1, 1, 1),
        ("2025-11-01", None, 0, 0, 1),
    ]
    registers.build(date(2025, 6, 30))
    assert registers.ask(
        "select distinct population_version from warehouse.mart_readiness_unit"
    ) == [("63",)]


def test_a_changed_rule_changes_the_headline_from_then_on(registers: Registers) -> None:
    registers.kpi("site", merger_rule="all")
    registers.kpi("site", merger_rule="any", recorded_on="2026-01-15")
    registers.unit("site", "24-2008", True, "2024-12-31")
    registers.unit("site", "27-2008", False, "2024-12-31")
    registers.build()
    assert registers.ask(
        "select recorded_on::text, superseded_on::text, merger_rule, is_met"
        " from warehouse.mart_readiness_unit where population_version = '34' order by 1"
    ) == [
        ("2025-07-01", "2026-01-15", "all", False),
        ("2026-01-15", None, "any", True),
    ]
    known = "population_version = '34'"
    assert registers.known("numerator", "2026-01-14", "2026-01-14", known) == [(0,)]
    assert registers.known("numerator", "2026-01-15", "2026-01-15", known) == [(1,)]


def test_ministries_are_counted_while_they_are(registers: Registers) -> None:
    registers.kpi("plan", "ministry")
    for code in ("A", "B", "C", "D"):
        registers.ministry(code)
    registers.unit("plan", "A", True, "2024-01-01", status="verified")
    registers.unit("plan", "B", False, "2024-01-01")
    registers.unit("plan", "C", True, "2024-06-30")
    registers.ministry("B", recorded_on="2025-02-20", ended_on="2025-02-28")
    registers.ministry(
        "E", valid_on="2025-03-01", recorded_on="2025-03-05", received_at=RECEIVED_LATER
    )
    registers.build()
    rows = registers.ask(
        "select valid_on::text, recorded_on::text, superseded_on::text, numerator, denominator,"
        " n_units_reported, round(ratio::numeric, 3)::float8, round(ratio_high::numeric, 3)::float8,"
        " series_break_on::text, is_current from warehouse.mart_readiness_kpi order by 1, 2"
    )
    assert rows == [
        ("2024-01-01", "2024-01-01", None, 1, 4, 2, 0.25, 0.75, None, False),
        ("2024-06-30", "2024-06-30", None, 2, 4, 3, 0.5, 0.75, None, False),
        ("2025-03-01", "2025-02-20", "2025-03-05", 2, 3, 2, 0.667, 1.0, "2025-03-01", False),
        ("2025-03-01", "2025-03-05", None, 2, 4, 2, 0.5, 1.0, "2025-03-01", True),
    ]
    assert registers.known("numerator, denominator", "2025-01-01", "2026-01-01") == [(2, 4)]
    # A total of the four that there were says nothing of those of today.
    registers.total("plan", "ministries", percent=50, valid_on="2024-12-31")
    for as_of, is_current in ((date(2025, 2, 28), True), (date(2025, 3, 1), False)):
        registers.build(as_of)
        assert registers.ask(
            "select is_current from warehouse.mart_readiness_kpi where basis = 'total'"
        ) == [(is_current,)]


@pytest.mark.parametrize(("as_of", "rule"), [("2024-12-30", "line"), ("2024-12-31", "due")])
def test_a_target_is_held_against_a_line_until_it_is_due(
    registers: Registers, as_of: str, rule: str
) -> None:
    """0.4 at the end of 2022, all at the end of 2024: 0.4 + 0.6 * 365 / 731 a year before."""
    registers.kpi("site")
    registers.total("site", "63", count=(4, 10), valid_on="2022-12-31")
    registers.total("site", "63", count=(6, 10), valid_on="2023-12-31")
    registers.target("site", 100, "2024-12-31", recorded_on="2022-12-01")
    registers.target("site", 50, "2030-12-31", recorded_on="2022-12-01")
    registers.build(date.fromisoformat(as_of))
    rows = registers.ask(
        "select round(line_ratio::numeric, 5)::float8, plan_rule, is_behind_plan,"
        " target_due_on::text, is_target_verified, round(gap_to_target_share::numeric, 3)::float8"
        " from warehouse.mart_readiness_kpi order by valid_on"
    )
    assert rows == [
        (None, None, None, "2024-12-31", False, -0.6),
        (0.69959, rule, True, "2024-12-31", False, -0.4),
    ]


def test_what_is_unknown_is_not_behind(registers: Registers) -> None:
    registers.kpi("plan", "ministry")
    registers.kpi("said", "ministry")
    for code in ("A", "B", "C", "D"):
        registers.ministry(code)
    for code, is_met in (("A", True), ("B", True), ("C", True)):
        registers.unit("plan", code, is_met, "2024-01-01")
    registers.unit("plan", "D", False, "2025-02-01")
    registers.total("said", "ministries", percent=90, valid_on="2024-01-01")
    registers.target("plan", 100, "2024-12-31")
    registers.target("said", 90, "2024-12-31", recorded_on="2024-05-01")
    answer = (
        "select kpi_code, is_behind_plan, plan_rule from warehouse.mart_readiness_kpi"
        " where is_current order by 1"
    )
    registers.build(date(2025, 1, 15))
    assert registers.ask(answer) == [("plan", None, "due"), ("said", False, "reached")]
    registers.build(date(2025, 2, 15))
    assert registers.ask(answer) == [("plan", True, "due"), ("said", False, "reached")]
    # The target is recorded later than the value: before, there was none.
    said = "kpi_code = 'said'"
    assert registers.known("target_ratio", "2024-04-30", "2024-04-30", said) == [(None,)]
    assert registers.known("target_ratio", "2024-05-01", "2024-05-01", said) == [(0.9,)]


def test_a_value_is_held_against_no_target_that_was_set_later(registers: Registers) -> None:
    """A plan of 1 March 2024, recorded before: what was so in 2023 is not behind it, on any day."""
    registers.kpi("site")
    for valid_on, numerator in (("2022-12-31", 4), ("2023-12-31", 5), ("2024-03-01", 5)):
        registers.total("site", "63", count=(numerator, 10), valid_on=valid_on)
    registers.target("site", 100, "2024-12-31", recorded_on="2022-12-01", valid_on="2024-03-01")
    registers.build(date(2024, 6, 30))
    rows = registers.ask(
        "select valid_on::text, target_ratio, target_due_on::text, line_ratio is not null,"
        " plan_rule, is_behind_plan from warehouse.mart_readiness_kpi order by 1"
    )
    assert rows == [
        ("2022-12-31", 1.0, "2024-12-31", False, None, None),
        ("2023-12-31", 1.0, "2024-12-31", False, None, None),
        ("2024-03-01", 1.0, "2024-12-31", True, "line", True),
    ]


def test_a_mistaken_day_makes_no_first_list_of_one_ministry(registers: Registers) -> None:
    """D came after the list of three, recorded on a day long before it: 1 of 4, not 0 of 1."""
    registers.kpi("plan", "ministry")
    for code in ("A", "B", "C"):
        registers.ministry(code)
    registers.ministry("D", recorded_on="2003-01-05", received_at=RECEIVED_LATER)
    # A is said again with a day that is as mistaken: it is of the first list all the same.
    registers.ministry("A", recorded_on="2003-01-06", received_at=RECEIVED_LATER)
    registers.unit("plan", "A", True, "2022-06-30")
    registers.build()
    assert registers.known("numerator, denominator", "2022-06-30", "2022-06-30") == [(1, 4)]


def test_a_ministry_began_on_the_day_that_was_stated_last(registers: Registers) -> None:
    registers.kpi("plan", "ministry")
    registers.ministry("A")
    registers.ministry("B", valid_on="2014-03-01")
    registers.ministry("B", valid_on="2024-03-01", recorded_on="2024-04-01")
    registers.unit("plan", "A", True, "2023-06-30")
    registers.build()
    answer, day = "numerator, denominator", "2023-06-30"
    assert registers.known(answer, "2024-03-31", day) == [(1, 2)]
    assert registers.known(answer, "2024-04-01", day) == [(1, 1)]
    assert registers.known(answer, "2024-04-01", "2024-03-01") == [(1, 2)]


def test_breaks_between_ministries_are_those_known_today(registers: Registers) -> None:
    registers.kpi("plan", "ministry")
    registers.ministry("A")
    registers.unit("plan", "A", True, "2025-03-31")
    registers.ministry(
        "B", valid_on="2025-03-01", recorded_on="2025-04-15", received_at=RECEIVED_LATER
    )
    registers.build()
    answer, day = "denominator, series_break_on::text", "2025-03-31"
    assert registers.known(answer, "2025-04-14", day) == [(1, "2025-03-01")]
    assert registers.known(answer, "2025-04-15", day) == [(2, "2025-03-01")]
