"""What a week of watched documents costs to build, on histories of one, three and ten million of them.

One generated week is loaded and built. Its rows, raw and derived, are then copied back week by week: a
history as a real warehouse would hold it, in bearable time. The week after it is loaded and built with
the clock running, by the same steps as the DAG's; then the history grows on, and the next week follows.

``python -m benchmarks.growth --millions 1 3 10``
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psutil
import psycopg
from benchmarks import long_history, questions
from benchmarks.watched_week import load_week

from tiengvang import build, jobs
from tiengvang.local import postgres
from tiengvang.warehouse.setup import prepare

MONDAY = date(2026, 6, 29)
NOW = datetime(2026, 7, 6, tzinfo=UTC)
WEEK_DOCUMENTS = 60_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a week's build on a history of so many documents costs, and each weekly question after it.

    ``cpu_seconds`` are this process's and the server's: other work on the machine does not change them.
    """

    documents: int
    seconds: float
    cpu_seconds: float
    steps: dict[str, float]
    questions: dict[str, float]


def measure(
    folder: Path, sizes: Sequence[int], week_documents: int = WEEK_DOCUMENTS
) -> Iterator[Cost]:
    """Build a week on each of these (about) so large histories, the smallest first."""
    with _warehouse(folder) as url:
        load_week(url, MONDAY, week_documents, seed=0)
        _build()
        long_history.keep_week(url)
        copied = 0
        for week, documents in enumerate(sizes, start=1):
            wanted = max(copied, round(documents / week_documents) - week)
            long_history.copy_back(url, copied + 1, wanted)
            copied = wanted
            with psycopg.connect(url) as connection:
                connection.execute(
                    "update ops.world set declared_as_of = %s", (NOW + timedelta(weeks=week),)
                )
            load_week(url, MONDAY + timedelta(weeks=week), week_documents, seed=week)
            before = _cpu_seconds(folder)
            steps = _build()
            yield Cost(
                (copied + week) * week_documents,
                sum(steps.values()),
                _cpu_seconds(folder) - before,
                steps,
                questions.measure(url),
            )


@contextmanager
def _warehouse(folder: Path) -> Iterator[str]:
    home = folder / "home"
    home.mkdir(parents=True)
    url = postgres.ensure_running(home)
    names = {"TIENGVANG_HOME": str(home), "TIENGVANG_WAREHOUSE_URL": url}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        prepare(url)
        with psycopg.connect(url) as connection:
            connection.execute(
                "insert into ops.world (world_name, is_synthetic, declared_as_of) values ('bench', true, %s)",
                (NOW,),
            )
        yield url
    finally:
        postgres.stop(home)
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _cpu_seconds(folder: Path) -> float:
    """Return the CPU time of this process, of the server, and of all sessions that it had."""
    server = psutil.Process(_server_id(folder))
    times = [psutil.Process().cpu_times(), server.cpu_times()]
    sessions = [child.cpu_times() for child in server.children()]
    ended = times[1].children_user + times[1].children_system
    return ended + sum(time.user + time.system for time in (*times, *sessions))


def _server_id(folder: Path) -> int:
    data = folder / "home" / "postgres" / "data"
    return int((data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])


def _build() -> dict[str, float]:
    build_id = jobs.claim_build()
    assert build_id is not None
    steps = {}
    for step in (*build.STEPS, "judge_marts", "publish_marts"):
        started = time.perf_counter()
        if step in build.STEPS:
            jobs.transform(build_id, step)
        else:
            getattr(jobs, step)(build_id)
        steps[step] = time.perf_counter() - started
    return steps


def main() -> None:
    """Print the cost of a week at each size, its ratio to the first, and the slowest question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 3, 10])
    parser.add_argument("--week", type=int, default=WEEK_DOCUMENTS)
    options = parser.parse_args()
    sizes = [round(millions * 1e6) for millions in options.millions]
    first = None
    with tempfile.TemporaryDirectory(prefix="tiengvang-growth-") as name:
        for cost in measure(Path(name), sizes, options.week):
            first = first or cost.cpu_seconds
            steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in cost.steps.items())
            slowest = max(cost.questions, key=lambda question: cost.questions[question])
            print(
                f"{cost.documents:>12,} documents: {cost.seconds:6.1f} s,"
                f" {cost.cpu_seconds:.1f} s of CPU, ratio {cost.cpu_seconds / first:.2f} ({steps});"
                f" slowest question {slowest} {cost.questions[slowest] * 1e3:.0f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()
