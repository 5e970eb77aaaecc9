"""The raw door on genuine files: what GDELT really publishes passes every expectation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from harness import Warehouse

from tiengvang import jobs
from tiengvang.local.world.mirror import lay_out_mirror
from tiengvang.windows import Window

pytestmark = pytest.mark.real_data

# The outlets of one quarter-hour cut to 300 rows; the world's mean tone has no history in it.
DAYS = [("20260721", 6), ("20250115", 6), ("20150218", 1)]


@pytest.mark.parametrize(("day", "count"), DAYS)
def test_genuine_files_pass(
    day: str,
    count: int,
    real_data: Path,
    new_warehouse: Callable[[str], Warehouse],
    tmp_path: Path,
) -> None:
    files = sorted((real_data / "gdelt" / "slots").glob(f"{day}*"))
    assert len(files) == count
    start = datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC)
    end = start.replace(hour=23, minute=45)
    base = lay_out_mirror(files, tmp_path, as_of=end, calendar=None, world_name=f"genuine-{day}")
    warehouse = new_warehouse(f"genuine{day}")
    with warehouse.active(TIENGVANG_GDELT_BASE_URL=f"file://{base}"):
        for batch in jobs.plan("gdelt", Window(start, end), None):
            assert jobs.load_batch("gdelt", batch, "test")["loaded"] == count
        jobs.judge("gdelt")
    failed = warehouse.query(
        "select suite, column_name, observed, sentence_en from ops.gate_results where not is_success"
    )
    assert failed == []
    assert warehouse.query("select count(*) > 30 from ops.gate_results") == [(True,)]
