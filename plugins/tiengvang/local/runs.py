"""Run one DAG in this process, its log in a file."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any, TextIO

from tiengvang.errors import TiengVangError
from tiengvang.local import airflow_home
from tiengvang.local.postgres import airflow_url, ensure_running, warehouse_url
from tiengvang.settings import Settings, get_settings
from tiengvang.warehouse.connection import connect
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
        TiengVangError: there is no such DAG, or the DAG files do not import.
    """
    settings = get_settings()
    url = ready(settings)
    with connect(url, "owner") as connection:
        instant = as_of(connection)
    folder = settings.home / "logs" / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{dag_id}.log"
    began = time.monotonic()
    with into_file(log) as console, _progress(url, dag_id, console):
        from tiengvang.orchestration import run_in_process

        state = run_in_process(dag_id, instant, window)
    return DagRunResult(
        dag_id, state, time.monotonic() - began, log, None if state == "success" else _problem(log)
    )


@contextmanager
def _progress(url: str, dag_id: str, console: TextIO) -> Iterator[None]:
    """While an ingest runs, say every few seconds how many files the ledger has asked for."""
    source = dag_id.removeprefix("ingest_")
    over = Event()

    def watch() -> None:
        last = None
        while not over.wait(PROGRESS_SECONDS):
            with connect(url, "loader") as connection:
                row: Any = connection.execute(
                    """
                    select count(*) filter (where attempts > 0), count(*) from ops.source_files
                    where source = %s
                    """,
                    (source,),
                ).fetchone()
            if row != last and row[0] < row[1]:
                console.write(f"  {row[0]:,} of {row[1]:,} files\n")
                console.flush()
            last = row

    thread = Thread(target=watch, daemon=True)
    if source != dag_id:
        thread.start()
    try:
        yield
    finally:
        over.set()
        if thread.is_alive():
            thread.join()


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
