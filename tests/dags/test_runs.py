"""Every DAG runs in this process on a small world, and what it leaves in the warehouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from airflow_of_tests import Airflow
from harness import Warehouse, reading

from tiengvang.build import STEPS
from tiengvang.edition.records import LATEST
from tiengvang.local.runs import DagRunResult, run_dag
from tiengvang.local.world.build import World
from tiengvang.windows import Window

pytestmark = pytest.mark.airflow

UNKNOWN_DAYS = Window(datetime(2026, 6, 10, tzinfo=UTC), datetime(2026, 6, 12, tzinfo=UTC))


@dataclass(frozen=True)
class Ran:
    """How one DAG ended: its tasks by name, and how many asset events it made."""

    result: DagRunResult
    tasks: dict[str, tuple[str, int]]
    events: int

    def states(self) -> dict[str, str]:
        return {name: state for name, (state, _) in self.tasks.items()}


@dataclass(frozen=True)
class Chain:
    """One run of each DAG, in order, on one warehouse."""

    warehouse: Warehouse
    ran: dict[str, Ran]


def run(airflow: Airflow, dag_id: str, window: Window | None = None) -> Ran:
    before = airflow.events()
    result = run_dag(dag_id, window)
    return Ran(result, airflow.tasks(), airflow.events() - before)


@pytest.fixture(scope="module")
def chain(
    airflow: Airflow,
    new_warehouse: Callable[[str], Warehouse],
    small_world: World,
    last_hours: Window,
) -> Iterator[Chain]:
    """The demo's chain on two hours, a second build, a held edition, and the housekeeping."""
    warehouse = new_warehouse("dags")
    ran = {}
    with (
        reading(warehouse, small_world.folder, small_world.instants[0]),
        airflow.active(warehouse),
    ):
        ran["gdelt"] = run(airflow, "ingest_gdelt", last_hours)
        ran["worldbank"] = run(airflow, "ingest_worldbank")
        ran["tranco"] = run(airflow, "ingest_tranco")
        ran["pageviews"] = run(airflow, "ingest_pageviews")
        ran["imf"] = run(airflow, "ingest_imf")
        ran["oecd"] = run(airflow, "ingest_oecd")
        ran["nso"] = run(airflow, "ingest_nso")
        ran["fia"] = run(airflow, "ingest_fia")
        ran["registers"] = run(airflow, "ingest_registers")
        ran["factchecks"] = run(airflow, "ingest_factchecks")
        ran["gdelt domains"] = run(airflow, "ingest_gdelt_domains")
        ran["build"] = run(airflow, "build_warehouse")
        ran["second build"] = run(airflow, "build_warehouse")
        ran["edition"] = run(airflow, "publish_edition", whole_day(last_hours))
        ran["held edition"] = run(airflow, "publish_edition", UNKNOWN_DAYS)
        leave_a_draft(warehouse, airflow.home)
        ran["maintenance"] = run(airflow, "maintain_warehouse")
        yield Chain(warehouse, ran)


def whole_day(window: Window) -> Window:
    """The day on which a window begins; an edition is of whole days."""
    start = window.start.replace(hour=0, minute=0)
    return Window(start, start + timedelta(days=1))


def leave_a_draft(warehouse: Warehouse, home: Path) -> None:
    """What a run leaves that is killed after its rename: a folder, and a row that says draft."""
    (home / "editions" / "VNM-2026-06-01-daily-1").mkdir()
    with psycopg.connect(warehouse.url) as connection:
        connection.execute(
            "insert into ops.editions (edition_id, publication_id, status, cadence, period_start, "
            "period_end, as_of_at) select 'VNM-2026-06-01-daily-1', publication_id, 'draft', cadence, "
            "period_start, period_end, as_of_at from ops.editions limit 1"
        )


def test_each_dag_succeeds(chain: Chain) -> None:
    ended = {name: (ran.result.state, ran.result.problem) for name, ran in chain.ran.items()}
    held = ended.pop("held edition")
    assert held[0] == "failed"
    assert ended == dict.fromkeys(ended, ("success", None))
    assert len(ended) == 15


def test_a_window_given_by_hand_loads_itself_in_day_batches(
    chain: Chain, last_hours: Window
) -> None:
    assert chain.ran["gdelt"].states() == {
        "plan_batches": "success",
        "load_batch[0]": "success",
        "load_batch[1]": "success",
        "judge_loads": "success",
        "report_quarantine": "success",
    }
    slots = len(list(last_hours.slots()))
    found = chain.warehouse.query(
        "select min(slot_at), max(slot_at), count(*) from ops.source_files where source = 'gdelt'"
    )
    assert found == [
        (last_hours.start, last_hours.end - (last_hours.end - last_hours.start) / slots, 6 * slots)
    ]
    loads = chain.warehouse.query("select distinct status from ops.loads")
    assert loads == [("passed",)]


def test_workbooks_are_loaded_four_years_at_once(chain: Chain) -> None:
    states = chain.ran["nso"].states()
    assert states == {
        "fetch_workbooks": "success",
        "plan_batches": "success",
        **{f"load_batch[{number}]": "success" for number in range(2)},
        "judge_loads": "success",
        "report_quarantine": "success",
    }
    loaded = chain.warehouse.query(
        "select count(*) from ops.source_files where source = 'nso' and status = 'loaded'"
    )
    assert loaded == [(93,)]


def test_registers_are_taken_whole_but_the_faulty_one(chain: Chain, small_world: World) -> None:
    files = dict(
        chain.warehouse.query(
            "select regexp_replace(file_name, '@.*', ''), status from ops.source_files"
            " where source = 'registers'"
        )
    )
    planted = small_world.truth.summary["registers"]
    assert files == dict.fromkeys(planted["files"], "loaded") | {planted["refused_file"]: "refused"}
    assert chain.warehouse.query("select count(*) > 0 from marts.dim_event") == [(True,)]


def test_loads_tell_the_build_and_the_build_tells_its_readers(chain: Chain) -> None:
    events = {name: ran.events for name, ran in chain.ran.items()}
    assert events == {
        "gdelt": 1,
        "worldbank": 1,
        "tranco": 1,
        "pageviews": 1,
        "imf": 1,
        "oecd": 1,
        "nso": 1,
        "fia": 1,
        "registers": 1,
        "factchecks": 1,
        "gdelt domains": 1,
        "build": 1,
        "second build": 0,
        "edition": 0,
        "held edition": 0,
        "maintenance": 0,
    }


def test_the_build_publishes_and_a_second_one_is_skipped(chain: Chain) -> None:
    tasks = ["claim_days", "check_freshness", *STEPS, "judge_marts", "publish_marts"]
    assert chain.ran["build"].states() == dict.fromkeys(tasks, "success")
    skipped = {**dict.fromkeys(tasks, "skipped"), "check_freshness": "success"}
    assert chain.ran["second build"].states() == skipped
    assert chain.warehouse.query("select status from ops.builds") == [("published",)]
    assert chain.warehouse.query("select count(*) from ops.publications") == [(1,)]
    assert chain.warehouse.query("select count(*) > 0 from marts.fct_document_country") == [(True,)]
    assert chain.warehouse.query("select count(*) > 1 from ops.source_freshness") == [(True,)]


def test_a_held_edition_fails_its_run_once_and_says_why(chain: Chain) -> None:
    held = chain.ran["held edition"]
    assert held.tasks == {"render_edition": ("failed", 1)}
    assert held.result.problem is not None
    assert "is held" in held.result.problem
    rows = chain.warehouse.query(
        "select edition_id, status, reasons from ops.editions order by recorded_at"
    )
    assert [row[1] for row in rows] == ["published", "held"]
    assert rows[1][2][0]["en"] in held.result.problem


def test_the_edition_stands_and_leftovers_are_swept(chain: Chain, airflow: Airflow) -> None:
    folder = chain.warehouse.query("select folder from ops.editions where status = 'published'")[0][
        0
    ]
    left = {path.name for path in (airflow.home / "editions").iterdir()}
    assert left == {folder, LATEST}
    assert (airflow.home / "editions" / folder / "en" / "index.html").is_file()
    analyzed = chain.warehouse.query(
        "select count(*) from pg_stat_user_tables where schemaname = 'marts' and last_analyze is not null"
    )
    assert analyzed[0][0] > 5
