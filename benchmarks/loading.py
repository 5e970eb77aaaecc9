"""From files to committed rows in a real Postgres: the time of one slot, the memory of many."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.inflating import deflated, seconds
from benchmarks.slots import template, write_mirror

from tiengvang import ingest, planning
from tiengvang.local import postgres
from tiengvang.settings import REPOSITORY, Settings
from tiengvang.sources.registry import open_source
from tiengvang.warehouse.connection import connect
from tiengvang.warehouse.setup import prepare
from tiengvang.windows import SLOT, Window

START = datetime(2026, 7, 1, tzinfo=UTC)
MEMORY_SHARE = 0.1  # of a real slot's rows: enough of them to see growth, in bearable time


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of one slot, and of zlib alone on the same three archives, best of all rounds."""

    slot: float
    zlib: float
    rows_kept: int


@contextmanager
def warehouse(folder: Path) -> Iterator[tuple[Settings, str]]:
    """Start an embedded Postgres with the warehouse's tables, and stop it at the end."""
    settings = Settings(home=folder / "home")
    settings.home.mkdir(parents=True)
    try:
        url = postgres.ensure_running(settings.home)
        prepare(url)
        yield settings, url
    finally:
        postgres.stop(settings.home)


def load(settings: Settings, url: str, window: Window) -> ingest.Outcome:
    """Register a window's files and load them, as the DAG's tasks do."""
    with open_source("gdelt", settings) as source:
        total = ingest.Outcome()
        for batch in planning.plan(source, url, window=window, interval=None):
            done = ingest.load_batch(source, settings, url, "bench", Window.from_dict(batch))
            total.loaded += done.loaded
            total.rows_kept += done.rows_kept
    return total


def measure_speed(settings: Settings, url: str, folder: Path, rounds: int) -> Speed:
    """Load real-size slots in one batch each, with zlib on the same archives in between.

    The first slot opens connections and caches and is left out.
    """
    mirror = folder / "speed"
    window = write_mirror(mirror, template(), START, rounds + 1)
    ours = settings.model_copy(update={"gdelt_base_url": mirror.as_uri()})
    slots, plain, kept = [], [], 0
    with open_source("gdelt", ours) as source:
        for batch in planning.plan(source, url, window=window, interval=None):
            assert Window.from_dict(batch) == window
        for at in window.slots():
            stamp = at.strftime("%Y%m%d%H%M%S")
            streams = [deflated(path.read_bytes()) for path in sorted(mirror.glob(f"{stamp}.*"))]
            plain.append(seconds(partial(_inflate_plainly, streams)))
            started = time.perf_counter()
            done = ingest.load_batch(source, ours, url, "bench", Window(at, at + SLOT))
            slots.append(time.perf_counter() - started)
            assert done.loaded == 3, done
            kept = done.rows_kept
    _empty(url)
    return Speed(min(slots[1:]), min(plain[1:]), kept)


def _inflate_plainly(streams: list[bytes]) -> None:
    for stream in streams:
        zlib.decompress(stream, -15)


def measure_memory(
    settings: Settings, url: str, folder: Path, few: int, many: int
) -> tuple[int, int]:
    """Return the peak resident bytes of a process that loads few slots, and of one with many."""
    start = START + timedelta(days=10)
    mirror = folder / "memory"
    write_mirror(mirror, template(share=MEMORY_SHARE), start, many, level=1)
    peaks = []
    for slots in (few, many):
        order = {
            "home": str(settings.home),
            "gdelt_base_url": mirror.as_uri(),
            "window": Window(start, start + slots * SLOT).as_dict(),
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.loading"],
            input=json.dumps(order),
            cwd=REPOSITORY,
            env=os.environ | {"TIENGVANG_BENCH_WAREHOUSE": url},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        answer = json.loads(done.stdout)
        assert answer["loaded"] == 3 * slots, answer
        peaks.append(answer["peak_bytes"])
        _empty(url)
    return peaks[0], peaks[1]


def peak_bytes() -> int:
    """Return this process's largest resident size so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage: there a child begins with its parent's peak.
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _empty(url: str) -> None:
    with connect(url, "owner") as connection:
        tables = connection.execute(
            """
            select string_agg(format('%I.%I', schemaname, tablename), ', ') from pg_tables
            where schemaname in ('ops', 'raw')
            """
        ).fetchone()
        assert tables is not None
        connection.execute(f"truncate {tables[0]} cascade")


def _child() -> None:
    order = json.load(sys.stdin)
    url = os.environ.pop("TIENGVANG_BENCH_WAREHOUSE")
    settings = Settings(home=Path(order["home"]), gdelt_base_url=order["gdelt_base_url"])
    done = load(settings, url, Window.from_dict(order["window"]))
    print(json.dumps({"loaded": done.loaded, "peak_bytes": peak_bytes()}))


if __name__ == "__main__":
    _child()
