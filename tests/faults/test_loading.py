"""Two loaders at once, and an upstream that dies: the raw tables are those of one quiet load."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from harness import Warehouse, ingest, reading
from killable import Killer

from tiengvang import jobs
from tiengvang.errors import FetchFailed
from tiengvang.http_client import HttpClient, RetryPolicy
from tiengvang.local.upstream import Upstream, running_upstream
from tiengvang.local.world.build import World
from tiengvang.sources import registry
from tiengvang.sources.gdelt_source import GdeltSource
from tiengvang.windows import Window, floor_slot, format_instant

HOURS = timedelta(hours=4)
IMPATIENT = RetryPolicy(attempts=2, wait_initial=0.01, wait_jitter=0.01)


def loaded_rows(warehouse: Warehouse) -> dict[str, list[str]]:
    """All raw rows, and what the ledger says of each file; not the loads that brought them."""
    ledger = warehouse.query(
        "select (file_name, status, rows_read, rows_kept, rows_rejected, checksum)::text "
        "from ops.source_files where source = 'gdelt' order by file_name"
    )
    tables = warehouse.raw()
    assert sum(map(len, tables.values())) > 1000
    return {**tables, "ledger": [row[0] for row in ledger]}


@pytest.fixture(scope="module")
def window(small_world: World) -> Window:
    end = floor_slot(small_world.instants[0])
    return Window(end - HOURS, end)


@pytest.fixture(scope="module")
def quiet(
    new_warehouse: Callable[[str], Warehouse], small_world: World, window: Window
) -> dict[str, list[str]]:
    """The raw tables of one undisturbed load."""
    warehouse = new_warehouse("quiet")
    with reading(warehouse, small_world.folder, small_world.instants[0]):
        ingest("gdelt", window)
    return loaded_rows(warehouse)


def test_two_loaders_at_once_are_one(
    new_warehouse: Callable[[str], Warehouse],
    small_world: World,
    window: Window,
    killer: Killer,
    quiet: dict[str, list[str]],
) -> None:
    warehouse = new_warehouse("two_loaders")
    with reading(warehouse, small_world.folder, small_world.instants[0]):
        processes = [killer.start(window, steps=("gdelt",)) for _ in range(2)]
        assert [killer.end(process) for process in processes] == [0, 0]
    assert loaded_rows(warehouse) == quiet
    assert warehouse.query("select distinct status from ops.loads") == [("passed",)]
    loads = warehouse.query("select count(distinct load_id) from ops.source_files")[0][0]
    assert loads > len(list(window.dates())), "a day's files were loaded by both"


@contextmanager
def served_again(world: World, upstream: Upstream) -> Iterator[None]:
    """Kill an upstream and serve the same at the same address."""
    os.kill(upstream.process_id, signal.SIGKILL)
    command = [sys.executable, "-m", "tiengvang.local.upstream", "--ends-with-stdin"]
    command += ["--folder", str(world.folder), "--as-of", format_instant(world.instants[0])]
    command += ["--port", str(urlsplit(upstream.base_url).port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert json.loads(server.stdout.readline())["base_url"] == upstream.base_url
        yield
        server.terminate()


def loaded(warehouse: Warehouse) -> int:
    return warehouse.query("select count(*) from ops.source_files where status = 'loaded'")[0][0]


def test_an_upstream_that_comes_back_at_once_is_not_noticed(
    new_warehouse: Callable[[str], Warehouse],
    small_world: World,
    window: Window,
    killer: Killer,
    quiet: dict[str, list[str]],
) -> None:
    warehouse = new_warehouse("comes_back")
    with (
        running_upstream(small_world.folder, small_world.instants[0]) as upstream,
        warehouse.active(TIENGVANG_GDELT_BASE_URL=upstream.gdelt_base_url),
    ):
        process = killer.start(window, steps=("gdelt",))
        until = time.monotonic() + 30
        while loaded(warehouse) < 5 and time.monotonic() < until:
            time.sleep(0.005)
        with served_again(small_world, upstream):
            at_death = loaded(warehouse)
            assert killer.end(process) == 0
    assert loaded_rows(warehouse) == quiet
    assert 5 <= at_death < loaded(warehouse), "it died before or after the load"


def test_an_upstream_that_stays_away_fails_the_load_and_loses_nothing(
    new_warehouse: Callable[[str], Warehouse],
    small_world: World,
    window: Window,
    quiet: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    warehouse = new_warehouse("stays_away")
    instant = small_world.instants[0]
    monkeypatch.setattr(registry, "HttpClient", partial(HttpClient, policy=IMPATIENT))
    with (
        running_upstream(small_world.folder, instant) as upstream,
        warehouse.active(TIENGVANG_GDELT_BASE_URL=upstream.gdelt_base_url),
    ):
        batches = jobs.plan("gdelt", window, None)
        with monkeypatch.context() as patch:
            patch.setattr(GdeltSource, "fetch", dying_after(30, upstream, GdeltSource.fetch))
            with pytest.raises(FetchFailed, match="got no answer; the first: http"):
                jobs.load_batch("gdelt", batches[0], "test")
        assert 10 <= loaded(warehouse) <= 30
        with pytest.raises(FetchFailed):
            jobs.plan("gdelt", window, None)
        assert len(jobs.judge("gdelt")["passed"]) == 1, "what was loaded is in force"
    statuses = warehouse.query("select distinct status from ops.source_files order by 1")
    assert statuses == [("expected",), ("loaded",)], "no answer is no missing file"
    with reading(warehouse, small_world.folder, instant):
        ingest("gdelt", window)
    assert loaded_rows(warehouse) == quiet


def dying_after(files: int, upstream: Upstream, fetch: Callable[..., Any]) -> Callable[..., Any]:
    """Fetch, but kill the upstream after some files."""
    left = iter(range(files))

    def fetch_while_it_lives(source: GdeltSource, file: Any) -> Any:
        if next(left, None) is None:
            os.kill(upstream.process_id, signal.SIGKILL)
        return fetch(source, file)

    return fetch_while_it_lives
