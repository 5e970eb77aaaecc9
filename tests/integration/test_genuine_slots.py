"""GDELT's own files, laid out as a folder: every row is accounted for, and the calendar decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from harness import Warehouse, build, ingest

from tiengvang import jobs
from tiengvang.edition.records import LATEST
from tiengvang.errors import GateFailed
from tiengvang.local.world.mirror import lay_out_mirror
from tiengvang.windows import DAY, SLOT, SlotCalendar, Window

pytestmark = pytest.mark.real_data

DAY_START = datetime(2026, 7, 21, tzinfo=UTC)
ENGLISH = datetime(2026, 7, 21, 8, 30, tzinfo=UTC)
TRANSLATION = datetime(2026, 7, 21, 8, 15, tzinfo=UTC)
THESE_SLOTS = SlotCalendar(
    {
        "english": (Window(ENGLISH, ENGLISH + SLOT),),
        "translation": (Window(TRANSLATION, TRANSLATION + SLOT),),
    }
)
# Lines of the six files, counted with `unzip -p <file> | wc -l`.
LINES = {
    "20260721083000.export.CSV.zip": 898,
    "20260721083000.mentions.CSV.zip": 2415,
    "20260721083000.gkg.csv.zip": 300,
    "20260721081500.translation.export.CSV.zip": 825,
    "20260721081500.translation.mentions.CSV.zip": 1475,
    "20260721081500.translation.gkg.csv.zip": 300,
}


def warehouse_of(
    new_warehouse: Callable[[str], Warehouse],
    real_data: Path,
    folder: Path,
    calendar: SlotCalendar,
    name: str,
) -> tuple[Warehouse, str]:
    slots = real_data / "gdelt" / "slots"
    files = [*slots.glob("20260721*.zip"), *slots.glob("lastupdate*.txt")]
    assert len(files) == 8
    base = lay_out_mirror(
        files, folder, as_of=DAY_START + DAY, calendar=calendar, world_name="genuine"
    )
    return new_warehouse(name), base.as_uri()


def test_these_slots_load_to_the_last_row_and_lead_to_an_edition(
    new_warehouse: Callable[[str], Warehouse], real_data: Path, tmp_path: Path
) -> None:
    warehouse, base = warehouse_of(new_warehouse, real_data, tmp_path, THESE_SLOTS, "these_slots")
    with warehouse.active(TIENGVANG_GDELT_BASE_URL=base):
        ingest("gdelt", Window(DAY_START, DAY_START + DAY))
        assert build() is not None
        released = jobs.publish_edition(None)
    files = warehouse.query(
        "select file_name, rows_read, rows_rejected, status from ops.source_files"
    )
    assert {row[0]: row[1] for row in files} == LINES
    assert {(row[2], row[3]) for row in files} == {(0, "loaded")}
    counted = {
        "gkg": "select sum(documents) from raw.gdelt__outlet_totals",
        "export": "select sum(events) from raw.gdelt__event_totals",
        "mentions": "select sum(mentions) from raw.gdelt__mention_totals",
    }
    for table, query in counted.items():
        lines = sum(n for name, n in LINES.items() if f".{table}." in name)
        assert warehouse.query(query) == [(lines,)], table
    assert warehouse.query(
        "select count(*) from raw.gdelt__document_places where country_code_fips = 'VM'"
    ) == [(20,)]
    assert released["status"] == "published"
    for language in ("en", "vi"):
        page = Path(released["folder"]) / language / "index.html"
        assert 'class="synthetic"' not in page.read_text(encoding="utf-8")


def test_against_the_full_day_the_edition_is_held_for_exactly_that_reason(
    new_warehouse: Callable[[str], Warehouse], real_data: Path, tmp_path: Path
) -> None:
    warehouse, base = warehouse_of(new_warehouse, real_data, tmp_path, SlotCalendar(), "full_day")
    with warehouse.active(TIENGVANG_GDELT_BASE_URL=base):
        ingest("gdelt", Window(DAY_START, DAY_START + DAY))
        assert build() is not None
        with pytest.raises(GateFailed, match=r"2 of 192"):
            jobs.publish_edition(None)
    status, reasons = warehouse.query("select status, reasons from ops.editions")[0]
    assert status == "held"
    assert any("2 of 192" in reason["en"] for reason in reasons)
    assert {reason["vi"] for reason in reasons}
    assert [path.name for path in (warehouse.home / "editions").iterdir()] == [LATEST]
    page = (warehouse.home / "editions" / LATEST / "vi" / "index.html").read_text(encoding="utf-8")
    assert "Chưa có kỳ công bố nào." in page
    assert "Chỉ nhận được 2 trên 192" in page
