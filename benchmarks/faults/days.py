"""The days on which faults are seeded: a thin world, and warehouses that read it day by day."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tiengvang import jobs
from tiengvang.environment import environment
from tiengvang.errors import TiengVangError
from tiengvang.local.upstream import serve
from tiengvang.local.world.build import World, build_world
from tiengvang.local.world.registers import FOLDER, REFUSED_FILE
from tiengvang.local.world.spec import WorldSpec
from tiengvang.warehouse.setup import prepare
from tiengvang.windows import DAY, Window, floor_slot

# Two hours a day, each with its four quarter-hours: enough for every rule that needs a history.
SPEC = WorldSpec(
    start=date(2026, 7, 13),
    days=21,
    documents_per_slot=28,
    audited=(),
    has_faults=False,
    times=tuple(f"{hour:02}:{minute:02}" for hour in (6, 18) for minute in (0, 15, 30, 45)),
)
CLEAN_DAYS = 20
# The day after them is that of the faults: a Sunday, read on Monday, when weekly figures are asked for too,
# in a new month, when monthly lists are.
FAULT_DAY = SPEC.start + CLEAN_DAYS * DAY
STATISTICS = (
    "worldbank", "tranco", "nso", "fia", "registers", "imf", "oecd", "gdelt_domains", "factchecks",
)  # fmt: skip


def make_world(folder: Path) -> World:
    """Build the clean world; the one file that the sample world plants to be refused is taken out."""
    world = build_world(SPEC, folder)
    (world.registers / REFUSED_FILE).unlink(missing_ok=True)
    return world


def after(days: int) -> datetime:
    """Return the instant at which so many days of the world are read: soon after midnight."""
    return SPEC.window.start + days * DAY + timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Site:
    """A warehouse with its folder of runtime files."""

    url: str
    home: Path

    def query(self, text: str) -> list[tuple[Any, ...]]:
        """Run a query as the owner."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(text.encode()).fetchall()

    def drop(self) -> None:
        """Remove the database and the files."""
        with _server(self.url) as connection:
            name = sql.Identifier(_name(self.url))
            connection.execute(sql.SQL("drop database {} with (force)").format(name))
        shutil.rmtree(self.home)


def new_site(server_url: str, name: str, folder: Path) -> Site:
    """Make an empty, prepared warehouse."""
    with _server(server_url) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    site = Site(urlunsplit(urlsplit(server_url)._replace(path=f"/{name}")), folder / name)
    site.home.mkdir(parents=True)
    prepare(site.url)
    return site


def copy_site(site: Site, name: str, folder: Path) -> Site:
    """Copy a warehouse with what dbt keeps of the project; who is still connected to it is cut off.

    Postgres copies no database that others use, and dbt lets go of its connections only when collected.
    """
    with _server(site.url) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s",
            (_name(site.url),),
        )
        new, old = sql.Identifier(name), sql.Identifier(_name(site.url))
        connection.execute(sql.SQL("create database {} template {}").format(new, old))
    home = folder / name
    shutil.copytree(site.home / "dbt", home / "dbt")
    return Site(urlunsplit(urlsplit(site.url)._replace(path=f"/{name}")), home)


@contextmanager
def reading(site: Site, world: Path, instant: datetime) -> Iterator[None]:
    """Serve a world's folder at an instant and let the product read it into a warehouse."""
    server = serve(world, instant)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    values = {
        "TIENGVANG_HOME": str(site.home),
        "TIENGVANG_WAREHOUSE_URL": site.url,
        "TIENGVANG_GDELT_BASE_URL": f"{base}/gdeltv2",
        "TIENGVANG_WORLDBANK_BASE_URL": f"{base}/worldbank/v2",
        "TIENGVANG_TRANCO_BASE_URL": f"{base}/tranco",
        "TIENGVANG_IMF_BASE_URL": f"{base}/imf",
        "TIENGVANG_OECD_BASE_URL": f"{base}/oecd",
        "TIENGVANG_FACTCHECKS_BASE_URL": f"{base}/factchecks",
        "TIENGVANG_GDELT_DOMAINS_URL": f"{base}/gdelt_domains/news-outlets-by-countrycode.csv.zip",
        "TIENGVANG_NSO_DIR": str(world / "nso"),
        "TIENGVANG_FIA_DIR": str(world / "fia"),
        "TIENGVANG_REGISTERS_DIR": str(world / FOLDER),
    }
    try:
        with environment(values):
            yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def load(source: str, window: Window | None = None) -> dict[str, list[int]]:
    """Read what a source has now, and judge it: door one."""
    for batch in jobs.plan(source, window, None):
        jobs.load_batch(source, batch, "faults")
    return jobs.judge(source)


def load_first(world: World, site: Site, days: int) -> None:
    """Read the statistics after the first day, and everything of the first days at once.

    Raises:
        TiengVangError: something of it was quarantined.
    """
    with reading(site, world.folder, after(1)):
        verdicts = [load("gdelt", Window(SPEC.window.start, floor_slot(after(1))))]
        verdicts += [load(source) for source in STATISTICS]
    with reading(site, world.folder, after(days)):
        verdicts.append(load("gdelt"))
    if any(found["quarantined"] for found in verdicts):
        raise TiengVangError(f"clean loads are quarantined: {verdicts}")


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _server(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True)
