"""From a source's files to judged loads: plan what is due, load a batch, judge what was loaded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Protocol

import psycopg

from tiengvang import gate
from tiengvang.errors import FetchFailed, FileMissing, FileRefused
from tiengvang.settings import Settings
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.warehouse import ledger
from tiengvang.warehouse.connection import Connection, connect, role_url
from tiengvang.warehouse.load import Received, load_file, load_lock, open_load, unjudged_loads
from tiengvang.warehouse.world import LIVE, World, adopt_world, as_of, read_world
from tiengvang.windows import DAY, SLOT, Window, floor_slot

MOST_BATCHES = 500  # Airflow maps at most 1,024 tasks from one list
GIVE_UP_AFTER = 20  # files in a row without an answer: the source is down, not the file
LOOK_BACK = timedelta(days=7)
Read = tuple[ParsedFile, Received]


class Source(Protocol):
    """What a source must bring, beside its pure ``expected_files`` and parser."""

    name: str

    def describe_world(self) -> World:
        """Ask the upstream which world it serves."""

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return the files that the window must have."""

    def watchlist_version(self) -> str | None:
        """Return the version of the watch-list's seed; None when files do not depend on it."""

    def watchlist_digest(self, day: Any) -> str:
        """Return the digest of the watch-list on a day; empty when files do not depend on it."""

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Get what a batch needs once, such as lists of checksums."""

    def fetch(self, file: SourceFile) -> Any:
        """Get the bytes of a file. Called from several threads."""

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read the bytes; pure. Called from several threads."""

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Replace the file's raw rows, inside its transaction."""


@dataclass(slots=True)
class Outcome:
    """What became of a batch's files."""

    loaded: int = 0
    unchanged: int = 0
    missing: int = 0
    refused: int = 0
    unreachable: int = 0
    rows_kept: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return plain values for an Airflow task."""
        return asdict(self)


def plan(
    source: Source, url: str, *, window: Window | None, interval: Window | None
) -> list[dict[str, str]]:
    """Register what must exist and return the due files' day batches, oldest first.

    A window given by hand registers and asks for exactly itself, gaps included. A scheduled run registers
    everything from the last registered slot to the end of its interval, so downtime needs no special
    path, and asks for all that is due. A run without an interval, or in a declared world, ends at the
    warehouse's clock.

    Raises:
        WorldMismatch: the upstream serves another world than the warehouse holds.
        FetchFailed: the upstream cannot be reached.
    """
    with connect(url, "loader") as connection:
        offered = _offered_world(source, read_world(connection))
        adopt_world(connection, offered)
        version = source.watchlist_version()
        if version is not None:
            ledger.follow_watchlist(connection, source.name, version, source.watchlist_digest)
        if window is not None:
            files = list(source.expected_files(window, offered))
            # a weekly answer belongs to the week's first day, which may lie before the window
            window = Window(min([window.start, *(f.slot_at for f in files)]), window.end)
            ledger.register(connection, files)
            ledger.reopen(connection, source.name, window)
        else:
            reach = _scheduled_reach(connection, source.name, offered, interval)
            ledger.register(connection, source.expected_files(reach, offered))
            ledger.set_registered_until(connection, source.name, reach.end)
        files = ledger.due(connection, source.name, as_of(connection), window)
    return [batch.as_dict() for batch in _batches(files, window)]


def _offered_world(source: Source, held: World | None) -> World:
    """Ask the upstream which world it serves; a warehouse known to be live needs no answer.

    Some real sources answer an unknown address with a server error.
    """
    try:
        return source.describe_world()
    except FetchFailed:
        if held is None or held.name != LIVE:
            raise
        return held


def _scheduled_reach(
    connection: Connection, name: str, world: World, interval: Window | None
) -> Window:
    """Say what a scheduled run registers: from where the last one ended, else from near what is there."""
    if interval is None or world.declared_as_of is not None:
        end = floor_slot(as_of(connection))
        interval = Window(end - SLOT, end)
    until = ledger.registered_until(connection, name)
    newest = ledger.newest_registered(connection, name)
    if until is not None:
        start = until
    elif newest is not None and newest >= interval.start - LOOK_BACK:
        start = newest
    else:
        start = min(interval.start, world.calendar.begin or interval.start)
    return Window(min(start, interval.end), interval.end)


def _batches(files: list[SourceFile], window: Window | None) -> Iterator[Window]:
    """Yield windows of whole days that cover the files, clipped to a window given by hand."""
    days = sorted({file.slot_at.date() for file in files})
    size = -(-len(days) // MOST_BATCHES) or 1
    queue = iter(days)
    while chunk := list(islice(queue, size)):
        start = datetime(
            chunk[0].year, chunk[0].month, chunk[0].day, tzinfo=files[0].slot_at.tzinfo
        )
        end = start + (chunk[-1] - chunk[0]) + DAY
        yield (
            Window(max(start, window.start), min(end, window.end)) if window else Window(start, end)
        )


def load_batch(source: Source, settings: Settings, url: str, run_id: str, batch: Window) -> Outcome:
    """Load all due files of a batch, each in its own transaction, as one load.

    One bad file blocks no other. Files are fetched and parsed ahead by ``settings.fetch_workers``
    threads, at most twice as many files at a time: memory does not grow with their number.

    Raises:
        FetchFailed: some files got no answer at all; everything else is loaded.
    """
    outcome = Outcome()
    problems: list[str] = []
    with connect(url, "loader") as connection:
        connection.execute(
            "set synchronous_commit = off"
        )  # rows and ledger are lost or kept together
        instant = as_of(connection)
        files = ledger.due(connection, source.name, instant, batch)
        if not files:
            return outcome
        source.prepare(connection, files)
        load_id = open_load(connection, source.name, run_id, batch)
        connection.commit()
        with load_lock(connection, load_id):
            in_a_row = 0
            for file, read in _read_ahead(source, files, settings.fetch_workers):
                problem = _load_one(connection, source, file, read, load_id, instant, outcome)
                in_a_row = in_a_row + 1 if problem else 0
                if problem:
                    problems.append(problem)
                if in_a_row >= GIVE_UP_AFTER:
                    break
        _drop_empty_load(connection, load_id)
    if problems:
        raise FetchFailed(
            f"{len(problems)} of {len(files)} files got no answer; the first: {problems[0]}"
        )
    return outcome


def _read_ahead(
    source: Source, files: list[SourceFile], workers: int
) -> Iterator[tuple[SourceFile, Future[Read]]]:
    def read(file: SourceFile) -> Read:
        # Here and not by the one who writes: Python parses while Postgres writes the file before.
        return source.parse(file, source.fetch(file))

    with ThreadPoolExecutor(workers, thread_name_prefix="fetch") as pool:
        waiting: deque[tuple[SourceFile, Future[Read]]] = deque()
        queue = iter(files)
        try:
            for file in islice(queue, 2 * workers):
                waiting.append((file, pool.submit(read, file)))
            while waiting:
                yield waiting.popleft()
                for file in islice(queue, 1):
                    waiting.append((file, pool.submit(read, file)))
        finally:
            pool.shutdown(cancel_futures=True)


def _load_one(
    connection: Connection,
    source: Source,
    file: SourceFile,
    read: Future[Read],
    load_id: int,
    instant: datetime,
    outcome: Outcome,
) -> str | None:
    """Load one file and note its outcome in the ledger; return the problem of a source that is down."""
    try:
        parsed, received = read.result()
        if load_file(connection, file, parsed, received, load_id, write=source.write):
            outcome.loaded += 1
            outcome.rows_kept += parsed.rows_kept
        else:
            outcome.unchanged += 1
    except FileMissing as error:
        with connection.transaction():
            ledger.record_missing(connection, file, instant, str(error))
        outcome.missing += 1
    except FileRefused as error:
        _refuse(connection, file, str(error), outcome)
    except psycopg.errors.UniqueViolation as error:
        detail = error.diag.message_detail
        _refuse(connection, file, f"a key is already loaded from another file: {detail}", outcome)
    except FetchFailed as error:
        with connection.transaction():
            ledger.record_unreachable(connection, file, str(error))
        outcome.unreachable += 1
        return str(error)
    return None


def _refuse(connection: Connection, file: SourceFile, reason: str, outcome: Outcome) -> None:
    with connection.transaction():
        ledger.record_refused(connection, file, reason)
    outcome.refused += 1


def _drop_empty_load(connection: Connection, load_id: int) -> None:
    """A load that brought nothing needs no verdict and leaves no trace but the ledger's attempts."""
    with connection.transaction():
        connection.execute(
            """
            delete from ops.loads where load_id = %(id)s
                and not exists (select from ops.source_files where load_id = %(id)s)
            """,
            {"id": load_id},
        )


def judge(source_name: str, settings: Settings, url: str) -> dict[str, list[int]]:
    """Judge every load that is written and not judged: door one.

    A load that fails is quarantined: staging does not read it, its files count as missing. What GX
    saw of those, and of the last load, is written as Data Docs.

    Returns:
        The load ids under ``passed`` and ``quarantined``.
    """
    verdicts: dict[str, list[int]] = {"passed": [], "quarantined": []}
    with connect(url, "loader") as connection:
        loads = unjudged_loads(connection, source_name)
        if not loads:
            return verdicts
        loader_url = role_url(url, "loader")
        with gate.open_engine(loader_url) as engine:
            for load_id in loads:
                report = gate.judge_load(
                    connection, loader_url, source_name, load_id, engine=engine
                )
                gate.record(connection, "raw", report.subject, report)
                # GX's page takes a fifth of the time of its judgement.
                if load_id == loads[-1] or not report.passed:
                    gate.write_data_docs([report], settings.home / "data_docs" / "raw")
                ledger.close_load(connection, load_id, None if report.passed else report.reason)
                connection.commit()
                verdicts["passed" if report.passed else "quarantined"].append(load_id)
    return verdicts
