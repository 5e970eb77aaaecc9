"""A warehouse that dbt built once for all tests that only read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hand_made_days import DbtWarehouse, write_hand_made_days
from harness import Warehouse


@pytest.fixture(scope="session")
def hand_made(new_warehouse: Callable[[str], Warehouse]) -> DbtWarehouse:
    """The hand-made days, built once with everything that a build runs; tests only read it."""
    made = DbtWarehouse(new_warehouse("hand_made"))
    with made.raw() as raw:
        write_hand_made_days(raw)
    made.build(date(2026, 7, 6), is_full_refresh=True)
    return made


@pytest.fixture(scope="session")
def readiness_models(new_warehouse: Callable[[str], Warehouse]) -> DbtWarehouse:
    """The models of readiness over empty registers; tests undo what they write."""
    made = DbtWarehouse(new_warehouse("readiness"))
    made.dbt(
        *("build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"),
        *("--select", "+mart_readiness_kpi", "+qc_readiness_unused"),
    )
    return made
