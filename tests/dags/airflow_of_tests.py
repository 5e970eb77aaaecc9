"""Airflow as the tests of this folder use it: its database is read, its settings never leak."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from harness import Warehouse

from tiengvang.local import runs


@dataclass(frozen=True)
class Airflow:
    """Airflow's own database and home; warehouses come and go.

    ``capture`` is pytest's: a run sends what this process prints to its log by the file descriptor,
    which pytest's own standard output does not use.
    """

    metadata: str
    home: Path
    capture: Any

    @contextmanager
    def active(self, warehouse: Warehouse | None = None, **more: str) -> Iterator[None]:
        """Set the environment of Airflow and of the product inside the block."""
        before = dict(os.environ)
        os.environ.update(more)
        if warehouse is not None:
            os.environ["TIENGVANG_WAREHOUSE_URL"] = warehouse.url
        os.environ["TIENGVANG_HOME"] = str(self.home)
        os.environ[runs.METADATA] = self.metadata
        try:
            with self.capture.global_and_fixture_disabled():
                yield
        finally:
            os.environ.clear()
            os.environ.update(before)

    def query(self, text: str) -> list[tuple[Any, ...]]:
        """Run a query on Airflow's database."""
        with psycopg.connect(self.metadata) as connection:
            return connection.execute(text).fetchall()

    def tasks(self) -> dict[str, tuple[str, int]]:
        """State and number of tries of the newest run's tasks; mapped ones are ``name[0]``."""
        rows = self.query(
            "select task_id || case when map_index < 0 then '' else '[' || map_index || ']' end, "
            "state, try_number from task_instance where run_id = "
            "(select run_id from dag_run order by id desc limit 1) "
            "and dag_id = (select dag_id from dag_run order by id desc limit 1)"
        )
        assert rows, "nothing ran"
        return {name: (state, tries) for name, state, tries in rows}

    def events(self) -> int:
        """How many asset events there are."""
        return self.query("select count(*) from asset_event")[0][0]
