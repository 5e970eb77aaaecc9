"""One Postgres server for the whole run, a database and a home of its own for each warehouse."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import hypothesis
import psycopg
import pytest
from harness import Warehouse
from psycopg import sql
from xdist.scheduler import LoadScopeScheduling

from tiengvang.local import postgres
from tiengvang.local.world.build import World, build_world
from tiengvang.local.world.spec import WorldSpec
from tiengvang.settings import REPOSITORY
from tiengvang.warehouse.setup import prepare

# The same examples on every run, and no verdict by the clock: a slow machine is no bug.
hypothesis.settings.register_profile("tiengvang", derandomize=True, deadline=None)
hypothesis.settings.load_profile("tiengvang")

os.environ.update(
    {
        "GX_ANALYTICS_ENABLED": "false",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }
)


# What is expensive to make is shared within a folder of these, within a file everywhere else.
SHARING = ("dags", "dbt", "expectations", "browser", "long_world")
# The longest first, so that both processes end at about the same time.
LONGEST = (
    "long_world",
    "faults/test_killed.py",
    "integration/test_faults_at_the_door.py",
    "dbt",
    "integration/test_same_result.py",
    "integration/test_services.py",
    "integration/test_bench.py",
    "integration/test_doors.py",
    "dags",
    "integration/test_audit.py",
    "integration/test_pipeline.py",
    "integration/test_genuine_slots.py",
    "expectations",
    "browser",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two processes for the whole suite; named tests run in this one, where they can be debugged."""
    return 2 if config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0


class GroupScheduling(LoadScopeScheduling):
    """Keep what shares a fixture in one process."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> GroupScheduling:
    """Hand out whole groups; marks of groups do not reach the processes under pytest 9."""
    return GroupScheduling(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(group_of(item.nodeid), len(rank)))


def group_of(nodeid: str) -> str:
    """The file of a test below this folder, or the folder that shares one set of fixtures."""
    file = nodeid.partition("::")[0].removeprefix("tests/")
    folder = file.partition("/")[0]
    return folder if folder in SHARING else file


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test touches the runtime files of the checkout."""
    patch = pytest.MonkeyPatch()
    for name in list(os.environ):
        if name.startswith("TIENGVANG_") and name != "TIENGVANG_REAL_DATA":
            patch.delenv(name)
    patch.setenv("TIENGVANG_HOME", str(tmp_path_factory.mktemp("home")))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The owner's URL of an embedded server that ends with the run."""
    home = tmp_path_factory.mktemp("server")
    yield postgres.ensure_running(home)
    postgres.stop(home)


@pytest.fixture(scope="session")
def new_warehouse(
    server_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Warehouse]:
    """Make an empty, prepared warehouse with a name."""
    homes: list[Path] = []

    def make(name: str) -> Warehouse:
        database = f"w{len(homes)}_{name}"
        home = tmp_path_factory.mktemp(name)
        _give_parsed_project(homes, home)
        homes.append(home)
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(database)))
        url = urlunsplit(urlsplit(server_url)._replace(path=f"/{database}"))
        prepare(url)
        return Warehouse(url, home)

    return make


def _give_parsed_project(homes: list[Path], home: Path) -> None:
    """Spare a home what another has parsed, the newest: dbt itself compares it with files and variables."""
    parsed = Path("dbt", "target", "partial_parse.msgpack")
    known = [path for path in (earlier / parsed for earlier in homes) if path.exists()]
    if known:
        (home / parsed).parent.mkdir(parents=True)
        shutil.copy(max(known, key=lambda path: path.stat().st_mtime_ns), home / parsed)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

# One language just above what an audit asks for, one under it, one with too few answers.
SMALL = WorldSpec(
    start=date(2026, 6, 27),
    days=2,
    audited=(("eng", 0.94), ("jpn", 0.82), ("kor", 0.6), ("zho", 0.6)),
)


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A weekend at full cadence, with every planted fault; the second instant is on Monday."""
    return build_world(SMALL, tmp_path_factory.mktemp("world") / "small")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium for all pages that people open."""
    if CHROMIUM is None:
        reason = "no chromium on this machine: pages are not tried in a browser"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of genuine source files; tests that need it are skipped where it is absent."""
    given = os.environ.get("TIENGVANG_REAL_DATA")
    folder = Path(given) if given else REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no genuine files at {folder} (set TIENGVANG_REAL_DATA)")
    return folder
