"""What a run does when the source is down, when it is asked badly, and when a load is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psycopg
import pytest
from airflow_of_tests import Airflow
from harness import Warehouse, reading

from tiengvang.errors import TiengVangError
from tiengvang.local.locks import locked
from tiengvang.local.runs import run_dag
from tiengvang.local.upstream import Answer, serve
from tiengvang.local.world import nso_folder
from tiengvang.local.world.build import World
from tiengvang.windows import Window

pytestmark = [pytest.mark.airflow, pytest.mark.usefixtures("at_once")]


@contextmanager
def refusing(world: World, refused: str) -> Iterator[str]:
    """Serve the world at its first instant, but give no file of a day: an answer without one."""
    server: Any = serve(world.folder, world.instants[0])
    answer = server.answers.answer

    def decline(path: str, query: str) -> Answer:
        if path.startswith(f"gdeltv2/{refused}"):
            return Answer(HTTPStatus.NO_CONTENT, b"", "text/plain")
        return answer(path, query)

    server.answers.answer = decline
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"{server.base_url}/gdeltv2"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_failed_batch_fails_the_run_and_the_others_are_judged(
    airflow: Airflow,
    new_warehouse: Callable[[str], Warehouse],
    small_world: World,
    last_hours: Window,
) -> None:
    warehouse = new_warehouse("half_down")
    before = airflow.events()
    with (
        refusing(small_world, f"{last_hours.start:%Y%m%d}") as base,
        airflow.active(warehouse, TIENGVANG_GDELT_BASE_URL=base),
    ):
        result = run_dag("ingest_gdelt", last_hours)
    assert result.state == "failed"
    assert result.problem is not None
    assert "got no answer" in result.problem
    assert airflow.tasks() == {
        "plan_batches": ("success", 1),
        "load_batch[0]": ("failed", 3),
        "load_batch[1]": ("success", 1),
        "judge_loads": ("success", 1),
        "report_quarantine": ("upstream_failed", 0),
    }
    assert airflow.events() - before == 1, "what was loaded reaches the build"
    assert warehouse.query("select distinct status from ops.loads") == [("passed",)]
    midnight = last_hours.end - timedelta(minutes=15)
    loaded = warehouse.query(
        "select distinct slot_at from ops.source_files where status = 'loaded'"
    )
    assert loaded == [(midnight,)]


def test_slots_without_files_wake_a_build_once(
    airflow: Airflow,
    new_warehouse: Callable[[str], Warehouse],
    small_world: World,
    last_hours: Window,
) -> None:
    """An outage reaches readers as slots not received; after that, nothing new wakes nothing."""
    warehouse = new_warehouse("all_down")
    before = airflow.events()
    with (
        refusing(small_world, "2026") as base,
        airflow.active(warehouse, TIENGVANG_GDELT_BASE_URL=base),
    ):
        result = run_dag("ingest_gdelt", last_hours)
        states = {name: state for name, (state, _) in airflow.tasks().items()}
        assert result.state == "failed"
        assert states["judge_loads"] == "success"
        assert airflow.events() == before + 1
        with psycopg.connect(warehouse.url) as connection:
            connection.execute("update ops.changed_days set is_done = true")  # as a build does
        run_dag("ingest_gdelt", last_hours)
        states = {name: state for name, (state, _) in airflow.tasks().items()}
    assert states["judge_loads"] == "skipped"
    assert airflow.events() == before + 1
    assert warehouse.query("select distinct status from ops.source_files") == [("expected",)]


def test_a_publisher_that_is_down_keeps_no_folder_from_being_read(
    airflow: Airflow, new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("publisher_down")
    (tmp_path / "nso").mkdir()
    month = date(2024, 2, 1)
    (tmp_path / "nso" / nso_folder.file_name(month)).write_bytes(nso_folder.workbook(7, month))
    before = airflow.events()
    with airflow.active(
        warehouse,
        TIENGVANG_NSO_DIR=str(tmp_path / "nso"),
        TIENGVANG_NSO_BASE_URL=(tmp_path / "no site").as_uri(),
    ):
        result = run_dag("ingest_nso")
    assert result.state == "failed"
    assert result.problem is not None
    assert "there is no listing" in result.problem
    assert airflow.tasks() == {
        "fetch_workbooks": ("failed", 3),
        "plan_batches": ("success", 1),
        "load_batch[0]": ("success", 1),
        "judge_loads": ("success", 1),
        "report_quarantine": ("upstream_failed", 0),
    }
    assert airflow.events() - before == 1
    assert warehouse.query("select status from ops.source_files") == [("loaded",)]


def test_half_a_window_is_refused_at_once(
    airflow: Airflow, new_warehouse: Callable[[str], Warehouse], small_world: World
) -> None:
    warehouse = new_warehouse("half_a_window")
    with (
        reading(warehouse, small_world.folder, small_world.instants[0]),
        airflow.active(warehouse),
    ):
        result = run_dag("ingest_gdelt", HalfWindow())
        tasks = airflow.tasks()
    assert result.state == "failed"
    assert result.problem is not None
    assert "from='2026-06-27' to=None: expected two ISO instants" in result.problem
    assert tasks["plan_batches"] == ("failed", 1), "no retry heals it"
    assert warehouse.query("select count(*) from ops.source_files") == [(0,)]


class HalfWindow:
    """A window whose end was forgotten, as a form sends it."""

    def as_dict(self) -> dict[str, str | None]:
        return {"start": "2026-06-27", "end": None}


class LostWindow:
    """A window that something outside takes away while a run asks for it."""

    def as_dict(self) -> dict[str, str]:
        raise OSError("the server closed the connection\n(a hundred lines of a library)")


def test_what_breaks_off_is_one_line_and_its_traceback_is_in_the_log(
    airflow: Airflow, new_warehouse: Callable[[str], Warehouse]
) -> None:
    warehouse = new_warehouse("broken_off")
    with (
        airflow.active(warehouse),
        pytest.raises(TiengVangError, match=r"^ingest_fia broke off: the server closed") as raised,
    ):
        run_dag("ingest_fia", LostWindow())  # type: ignore[arg-type]
    assert "\n" not in str(raised.value)
    log = airflow.home / "logs" / "runs" / "ingest_fia.log"
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_a_second_run_of_the_same_dag_is_refused_and_leaves_the_log_of_the_first(
    airflow: Airflow, new_warehouse: Callable[[str], Warehouse]
) -> None:
    warehouse = new_warehouse("two_at_once")
    log = airflow.home / "logs" / "runs" / "ingest_imf.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("of the first")
    with (
        airflow.active(warehouse),
        locked(airflow.home / "run" / "ingest_imf.lock"),
        pytest.raises(TiengVangError, match=r"ingest_imf .* is under way in another process"),
    ):
        run_dag("ingest_imf")
    assert log.read_text() == "of the first"


def test_a_dag_that_does_not_exist_is_named(
    airflow: Airflow, new_warehouse: Callable[[str], Warehouse]
) -> None:
    warehouse = new_warehouse("no_such_dag")
    with (
        airflow.active(warehouse),
        pytest.raises(TiengVangError, match=r"'ingest_nothing'.*ingest_gdelt"),
    ):
        run_dag("ingest_nothing")
