"""A warehouse for tests, and the pipeline as plain calls: what the DAGs call, without Airflow."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tiengvang import jobs
from tiengvang.build import STEPS
from tiengvang.edition.records import LATEST
from tiengvang.local.upstream import running_upstream
from tiengvang.settings import Settings, get_settings
from tiengvang.windows import Window


@dataclass(frozen=True)
class Warehouse:
    """A database and a folder of runtime files, made for one test or module."""

    url: str
    home: Path

    def environment(self, **more: str) -> dict[str, str]:
        """The variables under which the product uses this warehouse."""
        return {"TIENGVANG_HOME": str(self.home), "TIENGVANG_WAREHOUSE_URL": self.url, **more}

    @contextmanager
    def active(self, **more: str) -> Iterator[Settings]:
        """Make the product use this warehouse inside the block."""
        patch = pytest.MonkeyPatch()
        for name, value in self.environment(**more).items():
            patch.setenv(name, value)
        try:
            yield get_settings()
        finally:
            patch.undo()

    def query(self, text: str) -> list[tuple[Any, ...]]:
        """Run a query as the owner."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(text).fetchall()

    def table(self, name: str) -> list[str]:
        """All rows of a table as sorted text, for comparing two warehouses."""
        return [row[0] for row in self.query(f"select t::text from {name} as t order by 1")]

    def marts(self) -> dict[str, list[str]]:
        """All public marts by name; never empty."""
        names = self.query("select tablename from pg_tables where schemaname = 'marts' order by 1")
        assert names, "nothing was published"
        return {name: self.table(f"marts.{name}") for (name,) in names}

    def raw(self) -> dict[str, list[str]]:
        """All raw rows by table, without the loads that brought them; never empty."""
        names = self.query("select tablename from pg_tables where schemaname = 'raw' order by 1")
        tables = {
            name: self.query(
                f"select (to_jsonb(t) - 'load_id')::text from raw.{name} as t order by 1"
            )
            for (name,) in names
        }
        assert any(tables.values()), "nothing was loaded"
        return {name: [row[0] for row in rows] for name, rows in tables.items()}

    def edition_files(self) -> dict[str, str]:
        """The sha256 of every file of every edition, by its path; never empty.

        The entry page is none: it says how things stand now.
        """
        folder = self.home / "editions"
        files = {
            str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.relative_to(folder).parts[0] != LATEST
        }
        assert files, "no edition was rendered"
        return files


@contextmanager
def reading(warehouse: Warehouse, folder: Path, instant: datetime) -> Iterator[None]:
    """Serve a world at an instant and let the product read it into a warehouse."""
    with (
        running_upstream(folder, instant) as upstream,
        warehouse.active(
            TIENGVANG_GDELT_BASE_URL=upstream.gdelt_base_url,
            TIENGVANG_WORLDBANK_BASE_URL=upstream.worldbank_base_url,
            TIENGVANG_TRANCO_BASE_URL=upstream.tranco_base_url,
            TIENGVANG_PAGEVIEWS_BASE_URL=upstream.pageviews_base_url,
            TIENGVANG_IMF_BASE_URL=upstream.imf_base_url,
            TIENGVANG_OECD_BASE_URL=upstream.oecd_base_url,
            TIENGVANG_FIA_DIR=str(folder / "fia"),
            TIENGVANG_NSO_DIR=str(folder / "nso"),
            TIENGVANG_REGISTERS_DIR=str(folder / "registers"),
            TIENGVANG_GDELT_DOMAINS_URL=upstream.gdelt_domains_url,
            TIENGVANG_FACTCHECKS_BASE_URL=upstream.factchecks_base_url,
        ),
    ):
        yield


def ingest(source: str, window: Window | None = None, shuffle: int | None = None) -> dict[str, int]:
    """Plan, load and judge; batches in another order where ``shuffle`` seeds one."""
    batches = jobs.plan(source, window, None)
    if shuffle is not None:
        random.Random(shuffle).shuffle(batches)
    total: dict[str, int] = {}
    for batch in batches:
        for name, count in jobs.load_batch(source, batch, "test").items():
            total[name] = total.get(name, 0) + count
    verdicts = jobs.judge(source)
    if verdicts["quarantined"]:
        with psycopg.connect(str(get_settings().warehouse_url.get_secret_value())) as connection:
            reasons = connection.execute(
                "select load_id, reason from ops.loads where status = 'quarantined'"
            ).fetchall()
        raise AssertionError(f"quarantined: {reasons}")
    return total


def build() -> dict[str, Any] | None:
    """Build and publish what changed; None when nothing did."""
    build_id = jobs.claim_build()
    if build_id is None:
        return None
    transform(build_id)
    assert jobs.judge_marts(build_id) > 0
    return jobs.publish_marts(build_id)


def transform(build_id: int) -> None:
    """Run the steps of a claimed build up to the gate."""
    for step in STEPS:
        jobs.transform(build_id, step)
