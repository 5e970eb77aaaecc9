"""From due files to judged loads: load a batch, judge what was loaded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice

import psycopg

from tiengvang import gate
from tiengvang.errors import FetchFailed, FetchRejected, FileMissing, FileRefused
from tiengvang.settings import Settings
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.sources.source import Source
from tiengvang.warehouse import ledger, ledger_outcomes
from tiengvang.warehouse.analyzing import analyze_grown
from tiengvang.warehouse.connection import Connection, connect, role_url
from tiengvang.warehouse.load import (
    Received,
    drop_if_empty,
    drop_rejects,
    load_file,
    load_lock,
    open_load,
    unjudged_loads,
    write_rejects,
)
from tiengvang.warehouse.world import as_of
from tiengvang.windows import Window

GIVE_UP_AFTER = 20  # files in a row without an answer: the source is down, not the file
Read = tuple[ParsedFile, Received]


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


def load_batch(source: Source, settings: Settings, url: str, run_id: str, batch: Window) -> Outcome:
    """Load all due files of a batch, each in its own transaction, as one load.

    One bad file blocks no other; slots that were quarantined before are loads of their own. Files
    are fetched and parsed ahead by ``settings.fetch_workers`` threads, at most twice as many files at
    a time: memory does not grow with their number. Where a load is what differs from the one in force,
    what a killed run left unjudged is judged first.

    Raises:
        FetchFailed: some files got no answer at all; everything else is loaded.
    """
    outcome = Outcome()
    problems: list[str] = []
    if source.is_kept_by_changes:
        judge(source.name, settings, url)
    with connect(url, "loader") as connection:
        # rows and ledger are lost together or kept together
        connection.execute("set synchronous_commit = off")
        instant = as_of(connection)
        files = ledger.due(connection, source.name, instant, batch, source.ask_again_for)
        if not files:
            return outcome
        source.prepare(connection, files)
        for group in ledger.apart(connection, files):
            load_id = open_load(connection, source.name, run_id, batch)
            with load_lock(connection, load_id):
                problems += _load_files(
                    connection, source, settings, group, load_id, instant, outcome
                )
                drop_if_empty(connection, load_id)
    if problems:
        raise FetchFailed(
            f"{len(problems)} of {len(files)} files got no answer; the first: {problems[0]}"
        )
    return outcome


def _load_files(
    connection: Connection,
    source: Source,
    settings: Settings,
    files: list[SourceFile],
    load_id: int,
    instant: datetime,
    outcome: Outcome,
) -> list[str]:
    """Load files one by one; return the problems of a source that is down, which ends it early."""
    problems: list[str] = []
    in_a_row = 0
    for file, read in _read_ahead(source, files, settings.fetch_workers):
        problem = _load_one(connection, source, file, read, load_id, instant, outcome)
        in_a_row = in_a_row + 1 if problem else 0
        if problem:
            problems.append(problem)
        if in_a_row >= GIVE_UP_AFTER:
            break
    return problems


def _read_ahead(
    source: Source, files: list[SourceFile], workers: int
) -> Iterator[tuple[SourceFile, Future[Read]]]:
    def read(file: SourceFile) -> Read:
        # Here and not by the one who writes: Python parses while Postgres writes the file before.
        return source.parse(file, source.fetch(file))

    with ThreadPoolExecutor(workers, thread_name_prefix="fetch") as pool:
        queue = iter(files)
        first = list(islice(queue, 2 * workers))
        try:
            # The last file of a slot is the largest by far: it is begun first, and written last.
            order = sorted(range(len(first)), key=lambda place: (first[place].slot_at, -place))
            begun = {place: pool.submit(read, first[place]) for place in order}
            waiting = deque((file, begun[place]) for place, file in enumerate(first))
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
    except (FileMissing, FetchRejected) as error:  # some mirrors decline what they do not have
        with connection.transaction():
            ledger_outcomes.record_missing(
                connection, file, instant, str(error), source.ask_again_for
            )
        outcome.missing += 1
    except FileRefused as error:
        _refuse(connection, file, str(error), outcome)
        if error.rejects:
            with connection.transaction():
                drop_rejects(connection, file)
                write_rejects(connection, file, error.rejects, load_id)
    except psycopg.errors.UniqueViolation as error:
        detail = error.diag.message_detail
        _refuse(connection, file, f"a key is already loaded from another file: {detail}", outcome)
    except FetchFailed as error:
        with connection.transaction():
            ledger_outcomes.record_unreachable(connection, file, str(error))
        outcome.unreachable += 1
        return str(error)
    return None


def _refuse(connection: Connection, file: SourceFile, reason: str, outcome: Outcome) -> None:
    with connection.transaction():
        ledger_outcomes.record_refused(connection, file, reason)
    outcome.refused += 1


def judge(source_name: str, settings: Settings, url: str) -> dict[str, list[int]]:
    """Judge every load that is written and not judged: door one.

    A load that fails is quarantined: staging does not read it, its files count as missing. What GX
    saw of those is written as Data Docs.

    Returns:
        The load ids under ``passed`` and ``quarantined``.
    """
    verdicts: dict[str, list[int]] = {"passed": [], "quarantined": []}
    loader_url = role_url(url, "loader")
    with connect(url, "loader") as connection, ExitStack() as stack:
        engine = None
        for load_id in unjudged_loads(connection, source_name):
            if engine is None:
                engine = stack.enter_context(gate.open_engine(loader_url))
            report = gate.judge_load(connection, loader_url, source_name, load_id, engine=engine)
            gate.record(connection, "raw", report.subject, report)
            if not report.passed:
                gate.write_data_docs([report], settings.home / "data_docs" / "raw")
            ledger_outcomes.close_load(
                connection, load_id, None if report.passed else report.reason
            )
            connection.commit()
            verdicts["passed" if report.passed else "quarantined"].append(load_id)
    if verdicts["passed"]:
        analyze_grown(url)
    return verdicts
