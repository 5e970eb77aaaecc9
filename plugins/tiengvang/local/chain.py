"""The whole way in this process: on the sample world, or on the live sources once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tiengvang.audit.loading import load_answers
from tiengvang.edition.records import newest_edition
from tiengvang.environment import environment
from tiengvang.local.postgres import warehouse_url
from tiengvang.local.runs import DagRunResult, into_file, ready, run_dag
from tiengvang.local.upstream import running_upstream
from tiengvang.local.world.build import World, build_world
from tiengvang.local.world.spec import WORLDS, WorldSpec
from tiengvang.settings import get_settings
from tiengvang.warehouse.connection import connect
from tiengvang.warehouse.setup import prepare
from tiengvang.warehouse.world import as_of, read_world, require_world
from tiengvang.windows import Window, floor_slot

LIVE_REACH = timedelta(hours=24)
SAMPLE_OFFICE = "Sample office"


def demo(say: Any = print, *, world_kind: str = "sample") -> dict[str, Any]:
    """Run the real DAGs on one of ``WORLDS`` at its instants; return the newest edition.

    The first instant is a backfill by hand, the later ones are scheduled runs; between them late
    slots arrive. A second demo finds everything there and only asks again for what is missing.

    Raises:
        WorldMismatch: the warehouse holds another world.
        TiengVangError: a run did not succeed.
    """
    settings = get_settings()
    spec = WORLDS[world_kind]
    folder = settings.home / spec.kind
    url = warehouse_url(settings)
    prepare(url)
    with connect(url, "owner") as connection:
        require_world(read_world(connection), spec.name, is_synthetic=True)
    with ThreadPoolExecutor(2) as pool:
        world = pool.submit(build_world, spec, folder)
        home = pool.submit(ready, settings)
        began = time.monotonic()
        world.result()
        say(f"{spec.kind} world ready ({time.monotonic() - began:.0f} s)")
        home.result()
        say(f"warehouse and Airflow ready ({time.monotonic() - began:.0f} s)")
    first = spec.read_at[0]
    for instant in _instants_left(url, spec):
        say(f"-- {instant:%Y-%m-%d %H:%M} UTC")
        with (
            running_upstream(folder, instant) as upstream,
            environment(
                {
                    "TIENGVANG_GDELT_BASE_URL": upstream.gdelt_base_url,
                    "TIENGVANG_WORLDBANK_BASE_URL": upstream.worldbank_base_url,
                    "TIENGVANG_TRANCO_BASE_URL": upstream.tranco_base_url,
                    "TIENGVANG_PAGEVIEWS_BASE_URL": upstream.pageviews_base_url,
                    "TIENGVANG_IMF_BASE_URL": upstream.imf_base_url,
                    "TIENGVANG_OECD_BASE_URL": upstream.oecd_base_url,
                    "TIENGVANG_FIA_DIR": str(folder / "fia"),
                    "TIENGVANG_NSO_DIR": str(folder / "nso"),
                    "TIENGVANG_REGISTERS_DIR": str(folder / "registers"),
                    "TIENGVANG_GDELT_DOMAINS_URL": upstream.gdelt_domains_url,
                    "TIENGVANG_FACTCHECKS_BASE_URL": upstream.factchecks_base_url,
                    "TIENGVANG_APPROVAL_HOURS": "0",  # nobody is there to be asked
                }
            ),
        ):
            if instant == first:
                run_chain(say, gdelt_window=Window(spec.window.start, floor_slot(first)))
                continue
            run_chain(say, answers=World(folder, spec).audit_files, has_folders=False)
    return newest_edition(settings, url)


def _instants_left(url: str, spec: WorldSpec) -> list[datetime]:
    with connect(url, "owner") as connection:
        world = read_world(connection)
    reached = world.declared_as_of if world is not None else None
    return [instant for instant in spec.read_at if reached is None or instant >= reached]


def live(say: Any = print) -> dict[str, Any]:
    """Run the real DAGs once on the live sources: the last 24 hours.

    Raises:
        TiengVangError: a run did not succeed.
    """
    settings = get_settings()
    url = ready(settings)
    with connect(url, "owner") as connection:
        end = floor_slot(as_of(connection))
    window = Window(end - LIVE_REACH, end)
    run_chain(say, gdelt_window=window, edition_window=window)
    return newest_edition(settings, url)


def run_chain(
    say: Any,
    *,
    gdelt_window: Window | None = None,
    edition_window: Window | None = None,
    answers: Sequence[Path] = (),
    has_folders: bool = True,
) -> None:
    """Run ingest, build and edition one after the other; assets start nothing in-process.

    Folders that are set are read where they may hold anything new; ``answers`` are files of the audit,
    taken in before the build. A source that fails is reported at the end and does not keep the others
    from being built.

    Raises:
        TiengVangError: a run did not succeed.
    """
    sources = [
        _said(say, "ingest_gdelt", gdelt_window),
        _said(say, "ingest_worldbank"),
        _said(say, "ingest_tranco"),
        _said(say, "ingest_factchecks"),
    ]
    settings = get_settings()
    folders = {
        "ingest_nso": settings.nso_dir,
        "ingest_fia": settings.fia_dir,
        "ingest_registers": settings.registers_dir,
    }
    if has_folders:
        sources += [_said(say, dag_id) for dag_id, folder in folders.items() if folder]
    if gdelt_window is not None:
        # A first run. The list is a month's, and no number waits for it: that it fails is said only.
        _said(say, "ingest_gdelt_domains")
    if answers:
        with into_file(settings.home / "logs" / "runs" / "audit_load.log"):
            loaded = load_answers(settings, warehouse_url(settings), answers, SAMPLE_OFFICE)
        say(f"{'audit load':<20} {sum(file.is_new for file in loaded)} new files of answers")
    _said(say, "build_warehouse").require_success()
    _said(say, "publish_edition", edition_window).require_success()
    for result in sources:
        result.require_success()


def _said(say: Any, dag_id: str, window: Window | None = None) -> DagRunResult:
    result = run_dag(dag_id, window)
    say(f"{dag_id:<20} {result.state} ({result.seconds:.0f} s)")
    return result
