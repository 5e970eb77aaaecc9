"""Mutations of readiness: each makes exactly one expectation of the marts door fail."""

from __future__ import annotations

from mutations import BETWEEN, Key

KPI = "warehouse.mart_readiness_kpi"
UNIT = "warehouse.mart_readiness_unit"

READINESS: dict[Key, str] = {
    # A percentage where a share belongs.
    ("readiness", BETWEEN, "ratios_off"): (
        f"update {KPI} set reported_ratio = 90 where kpi_code = 'plan'"
    ),
    ("readiness", BETWEEN, "populations_off"): (
        f"update {KPI} set denominator = 62, n_units_reported = 62, ratio = 40 / 62.0,"
        " ratio_high = 40 / 62.0 where basis = 'units' and population_version = '63'"
        " and superseded_on is null"
    ),
    ("readiness", BETWEEN, "units_in_two_populations"): (
        f"update {UNIT} set valid_on = '2025-12-31' where unit_code = 'V1'"
    ),
    ("readiness", BETWEEN, "versions_overlapping"): (
        f"update {UNIT} set superseded_on = null where unit_code = 'V1'"
    ),
    ("readiness", BETWEEN, "counts_off_units"): (
        f"update {UNIT} set is_met = false where unit_code = 'U1'"
    ),
    ("readiness", BETWEEN, "unknown_and_decided"): (
        f"update {UNIT} set is_met_any = false where unit_code = 'U34'"
    ),
    ("readiness", BETWEEN, "days_ahead"): (
        f"update {KPI} set recorded_on = '2026-07-14' where kpi_code = 'plan'"
    ),
    ("readiness", BETWEEN, "statements_unused"): (
        "update intermediate.int_readiness_statements set unused_reason = 'unknown_kpi'"
    ),
}
