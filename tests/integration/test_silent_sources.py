"""What dbt says of the age of sources, as the entry page and notices read it."""

from __future__ import annotations

from collections.abc import Callable

from harness import Warehouse

from tiengvang import jobs
from tiengvang.edition.records import LATEST

FRESHNESS = """
    select source_table, max_loaded_at, age_seconds, silent_after_seconds from ops.source_freshness
"""


def test_what_was_never_loaded_is_not_silent(new_warehouse: Callable[[str], Warehouse]) -> None:
    warehouse = new_warehouse("never_loaded")
    with warehouse.active():
        assert set(jobs.check_freshness().values()) == {"error"}
    found = {name: rest for name, *rest in warehouse.query(FRESHNESS)}
    assert found["gdelt.gdelt__documents"] == [None, None, 6 * 3600]
    assert found["worldbank.worldbank__countries"] == [None, None, 14 * 86400]
    page = warehouse.home / "editions" / LATEST / "en" / "index.html"
    assert 'class="held"' not in page.read_text(encoding="utf-8")
    assert warehouse.query("select count(*) from ops.notices") == [(0,)]
