"""One mutation per expectation of the registers, see ``mutations``."""

from __future__ import annotations

from mutations import BETWEEN, Key


def _units(change: str, row: int) -> str:
    return (
        f"update raw.registers__readiness_units set {change} "
        f"where load_id = 7701 and row_number = {row}"
    )


REGISTERS: dict[Key, str] = {
    ("registers", BETWEEN, "rows_missing"): (
        "delete from raw.registers__readiness_units where load_id = 7701 and row_number = 6"
    ),
    ("registers", BETWEEN, "days_ahead"): _units("recorded_on = '2027-01-01'", 13),
    ("registers", BETWEEN, "rows_rewritten"): _units("is_met = false", 6),
    ("registers", BETWEEN, "rows_late"): _units("recorded_on = '2026-04-01'", 6),
    ("registers", BETWEEN, "totals_of_other_size"): (
        "update raw.registers__readiness_totals set denominator = 60 "
        "where load_id = 7701 and population_version = '63'"
    ),
}
