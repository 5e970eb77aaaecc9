"""One Airflow for the tests of this folder: its database is migrated once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from airflow_of_tests import Airflow
from harness import Warehouse

from tiengvang.local import runs
from tiengvang.local.world.build import World
from tiengvang.settings import get_settings
from tiengvang.windows import Window, floor_slot

HOURS = timedelta(hours=2)


@pytest.fixture(scope="session")
def airflow(
    pytestconfig: pytest.Config,
    server_url: str,
    new_warehouse: Callable[[str], Warehouse],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Airflow]:
    """Airflow with a migrated database."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("create database airflow_of_tests")
    metadata = urlunsplit(urlsplit(server_url)._replace(path="/airflow_of_tests"))
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    made = Airflow(metadata, tmp_path_factory.mktemp("airflow"), capture)
    with made.active(new_warehouse("idle")):
        runs.ready(get_settings())
        from airflow import settings  # it reads its environment once, when it is imported
    yield made
    settings.dispose_orm()


@pytest.fixture
def at_once(airflow: Airflow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tasks be tried again without a wait. DAG files are read anew for every run."""
    from tiengvang import orchestration

    monkeypatch.setitem(orchestration.COMMON["default_args"], "retry_delay", timedelta(0))


@pytest.fixture(scope="session")
def last_hours(small_world: World) -> Window:
    """The last hours before the first instant, on both sides of a midnight: two batches."""
    end: datetime = floor_slot(small_world.instants[0])
    return Window(end - HOURS, end)
