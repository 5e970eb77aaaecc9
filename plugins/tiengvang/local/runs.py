"""Run one DAG in this process, its log in a file."""

from __future__ import annotations

import os
import re
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any, TextIO

from tiengvang.errors import TiengVangError
from tiengvang.local import airflow_home
from tiengvang.local.locks import alone
from tiengvang.local.postgres import airflow_url, ensure_running, warehouse_url
from tiengvang.settings import Settings, get_settings
from tiengvang.warehouse.connection import Connection, connect
from tiengvang.warehouse.setup import prepare
from tiengvang.warehouse.world import as_of
from tiengvang.windows import Window

PROGRESS_SECONDS = 5.0
METADATA = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"


@dataclass(frozen=True, slots=True)
class DagRunResult:
    """How an in-process DAG run ended; ``problem`` is the first error that a task raised."""

    dag_id: str
    state: str
    seconds: float
    log: Path
    problem: str | None

    def require_success(self) -> None:
        """Stop here unless the run succeeded.

        Raises:
            TiengVangError: names the DAG, what went wrong, and the log.
        """
        if self.state != "success":
            raise TiengVangError(
                f"{self.dag_id} ended as {self.state}: {self.problem or 'see the log'} ({self.log})"
            )


def ready(settings: Settings) -> str:
    """Start what is needed for runs in this process and return the warehouse's owner URL."""
    url = warehouse_url(settings)
    prepare(url)
    metadata = _metadata_url(settings)
    airflow_home.migrate(settings, metadata)
    os.environ.update(airflow_home.airflow_environment(settings, metadata))
    return url


def _metadata_url(settings: Settings) -> str:
    given = os.environ.get(METADATA)
    if given:
        return given
    ensure_running(settings.home, pg_bin=settings.pg_bin)
    return airflow_url(settings.home)


def run_dag(dag_id: str, window: Window | None = None) -> DagRunResult:
    """Run one DAG to its end in this process; its log goes to a file.

    Raises:
        TiengVangError: there is no such DAG, the DAG files do not import, a run of it is under way in
            another process, or Airflow itself broke off, as where its database stops.
    """
    settings = get_settings()
    url = ready(settings)
    with connect(url, "owner") as connection:
        instant = as_of(connection)
    folder = settings.home / "logs" / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{dag_id}.log"
    began = time.monotonic()
    one = alone(settings.home / "run" / f"{dag_id}.lock", f"{dag_id} ({log})")
    with one, into_file(log) as console, _progress(url, dag_id, console):
        state = _run(dag_id, instant, window, log)
    return DagRunResult(
        dag_id, state, time.monotonic() - began, log, None if state == "success" else _problem(log)
    )


def _run(dag_id: str, instant: datetime, window: Window | None, log: Path) -> str:
    from tiengvang.orchestration import run_in_process

    try:
        return run_in_process(dag_id, instant, window)
    except TiengVangError:
        raise
    except Exception as error:  # noqa: BLE001  whatever Airflow and its driver raise
        traceback.print_exc()  # into the log
        words = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise TiengVangError(f"{dag_id} broke off: {words} ({log})") from None


@contextmanager
def _progress(url: str, dag_id: str, console: TextIO) -> Iterator[None]:
    """While a run lasts, say every few seconds what a person should know of it, if it is new."""
    over = Event()

    def watch() -> None:
        last = None
        while not over.wait(PROGRESS_SECONDS):
            with connect(url, "loader") as connection:
                said = _so_far(connection, dag_id)
            if said and said != last:
                console.write(f"  {said}\n")
                console.flush()
            last = said

    thread = Thread(target=watch, daemon=True)
    if dag_id.startswith("ingest_") or dag_id == "publish_edition":
        thread.start()
    try:
        yield
    finally:
        over.set()
        if thread.is_alive():
            thread.join()


def _so_far(connection: Connection, dag_id: str) -> str | None:
    """Return how many files an ingest has asked for, or which edition waits for an answer."""
    if dag_id == "publish_edition":
        row: Any = connection.execute(
            "select edition_id from ops.editions where status = 'proposed' order by recorded_at desc"
        ).fetchone()
        return row and f"{row[0]} waits for an answer: Required Actions in Airflow (tiengvang up)"
    row = connection.execute(
        """
        select count(*) filter (where attempts > 0), count(*) from ops.source_files
        where source = %s
        """,
        (dag_id.removeprefix("ingest_"),),
    ).fetchone()
    return f"{row[0]:,} of {row[1]:,} files" if row[0] < row[1] else None


@contextmanager
def into_file(path: Path) -> Iterator[TextIO]:
    """Send what this process prints, Airflow's logs included, to a file for a while.

    Yields:
        What was standard output before, for the few lines that a person should see.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with path.open("wb") as file:
        try:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
            with os.fdopen(os.dup(kept[0]), "w", encoding="utf-8") as console:
                yield console
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
            os.close(kept[0])
            os.close(kept[1])


def _problem(log: Path) -> str | None:
    text = log.read_text(encoding="utf-8", errors="replace")
    found = re.findall(
        r"^(?:\S*\.)?(\w*(?:Exception|Error|Failed|Mismatch|Missing)): (.+)$"
        r"(?!\n+(?:The above exception|During handling))",  # a cause; what it became says more
        text,
        re.M,
    )
    return found[0][1] if found else None
