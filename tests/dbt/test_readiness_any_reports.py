"""Whatever is reported of units: the models say what the plain rules say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hand_made_days import DbtWarehouse
from hypothesis import given
from hypothesis import strategies as st
from readiness_rows import undone

MERGED = date(2025, 7, 1)
DAYS = st.dates(date(2023, 1, 1), date(2026, 6, 30))
REPORT = st.tuples(
    st.sampled_from(["17-2008", "25-2008", "26-2008", "25-2025"]),
    DAYS,
    st.integers(0, 400),
    st.sampled_from([True, False, None]),
)
UNITS_BEFORE = ("17-2008", "25-2008", "26-2008")


def last_word(reports: list[Any], unit: str, valid: date, known: date) -> bool | None:
    """What was known of a unit, computed the plain way: versions first, then the latest day."""
    versions: dict[date, tuple[date, int, bool | None]] = {}
    for order, (code, day, late, is_met) in enumerate(reports):
        recorded = day + timedelta(late)
        if code == unit and day <= valid and recorded <= known:
            versions[day] = max(versions.get(day, (date.min, -1, None)), (recorded, order, is_met))
    return versions[max(versions)][2] if versions else None


@given(st.lists(REPORT, max_size=14), DAYS, DAYS)
def test_any_reports_say_what_the_plain_rules_say(
    readiness_models: DbtWarehouse, reports: list[Any], valid: date, known: date
) -> None:
    reports = [r for r in reports if (r[1] >= MERGED) == (r[0] == "25-2025")]
    with undone(readiness_models) as registers:
        registers.kpi("site", merger_rule="any")
        for unit, day, late, is_met in reports:
            registers.unit("site", unit, is_met, day, day + timedelta(late))
        registers.build(date(2027, 12, 31))
        population, unit = ("34", "25-2025") if valid >= MERGED else ("63", "25-2008")
        found = registers.ask(
            "select is_met, is_met_all, is_met_any, is_met_reported"
            " from warehouse.mart_readiness_unit where population_version = %s and unit_code = %s"
            " and recorded_on <= %s and (superseded_on is null or superseded_on > %s)"
            " and valid_on <= %s order by valid_on desc limit 1",
            (population, unit, known, known, valid),
        )
        row = found[0] if found else (None,) * 4
        if population == "63":
            assert row[0] == last_word(reports, unit, valid, known)
            return
        if known < MERGED:
            return
        has_own = any(
            r[0] == unit and r[1] <= valid and r[1] + timedelta(r[2]) <= known for r in reports
        )
        if has_own:
            assert row == (last_word(reports, unit, valid, known),) * 4
            return
        old = [last_word(reports, u, MERGED - timedelta(1), known) for u in UNITS_BEFORE]
        if None in old:
            assert row == (None,) * 4
        else:
            assert row == (any(old), all(old), any(old), None)


@given(st.sampled_from(["all", "any"]), st.lists(DAYS, min_size=3, max_size=3))
def test_merging_units_that_all_met_it_gives_one_that_meets_it(
    readiness_models: DbtWarehouse, rule: str, days: list[date]
) -> None:
    with undone(readiness_models) as registers:
        registers.kpi("site", merger_rule=rule)
        for unit, day in zip(UNITS_BEFORE, days, strict=True):
            registers.unit("site", unit, True, min(day, MERGED - timedelta(1)))
        registers.build()
        assert registers.states("is_current") == {
            ("site", "25-2025"): ("merged", True, True, True, None, 3)
        }
