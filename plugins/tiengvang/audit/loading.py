"""Take answers in: files are checked whole, then loaded with a ledger entry and a verdict of door one.

A corrected file of an office is a load of its own beside the earlier one, which stays: a build that runs
before the correction is judged still reads it, a correction that door one refuses leaves it in force, and who
asks what was corrected can compare the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from tiengvang import ingest
from tiengvang.audit import SOURCE
from tiengvang.audit.checking import AnsweredFile, check_file, require_one_each, require_sampled
from tiengvang.errors import GateFailed
from tiengvang.offices import office_name
from tiengvang.settings import Settings
from tiengvang.sources.records import ParsedFile, Rows, SourceFile
from tiengvang.warehouse import ledger
from tiengvang.warehouse.connection import Connection, connect
from tiengvang.warehouse.load import Received, drop_if_empty, load_file, load_lock, open_load
from tiengvang.warehouse.raw_rows import write_rows
from tiengvang.windows import Window

TABLE = "labels"
COLUMNS = (
    "country_code_iso3", "language_code_iso639_3", "audit_month", "office", "record_id", "is_about",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: ``is_new`` is False where its answers are in force already."""

    file: AnsweredFile
    is_new: bool


def load_answers(settings: Settings, url: str, paths: Sequence[Path], office: str) -> list[Loaded]:
    """Check every file, then load all of them; door one judges what is new.

    The days from the first of each audited month on are queued for the next build.

    Raises:
        FileRefused: a file cannot be taken; the message names each place. Nothing was loaded.
        GateFailed: door one quarantined a load; what was in force before still is.
        TiengVangError: the office's name is none, or nothing is published yet.
    """
    name = office_name(office)
    with connect(url, "reader") as reader, connect(url, "loader") as connection:
        reader.read_only = True
        files = [check_file(reader, path) for path in paths]
        require_one_each(files)
        new = [file for file in files if not _is_in_force(connection, file, name)]
        for file in new:
            require_sampled(reader, file)
        loaded = [Loaded(file, file in new and _load(connection, file, name)) for file in files]
    verdicts = ingest.judge(SOURCE, settings, url)
    if verdicts["quarantined"]:
        raise GateFailed(
            f"load(s) {verdicts['quarantined']} are quarantined, see ops.loads and ops.gate_results; "
            "the answers before them stay in force"
        )
    return loaded


def _entry(file: AnsweredFile, office: str) -> SourceFile:
    return SourceFile(
        SOURCE,
        TABLE,
        f"{TABLE}@{file.month:%Y-%m}/{file.country_code}/{file.language_code}/{office}",
        None,
        datetime.combine(file.month, time(), UTC),
    )


def _is_in_force(connection: Connection, file: AnsweredFile, office: str) -> bool:
    """Say whether exactly these answers are loaded: the sample may have changed since."""
    row: Any = connection.execute(
        """
        select exists (
            select from ops.source_files
            where source = %s and file_name = %s and status = 'loaded' and checksum = %s
        )
        """,
        (SOURCE, _entry(file, office).file_name, file.checksum),
    ).fetchone()
    connection.commit()
    return bool(row[0])


def _load(connection: Connection, file: AnsweredFile, office: str) -> bool:
    """Load one file as a load of its own; return False where door one refused these answers before."""
    entry, given = _entry(file, office), file.given
    common = (file.country_code, file.language_code, file.month, office)
    rows = [(*common, answer.record_id, answer.is_about) for answer in given]
    parsed = ParsedFile(
        rows_read=len(file.rows),
        rows_kept=len(rows),
        tables=(Rows("raw.audit__labels", COLUMNS, rows),),
        notes={"unanswered": len(file.rows) - len(rows)},
    )
    load_id = open_load(connection, SOURCE, "audit load", _month(entry.slot_at))
    with load_lock(connection, load_id):
        with connection.transaction():
            ledger.register(connection, [entry])
            received = Received(file.bytes, file.checksum, "")
            is_new = load_file(connection, entry, parsed, received, load_id, write=_write)
        drop_if_empty(connection, load_id)
    return is_new


def _month(first: datetime) -> Window:
    return Window(
        first, first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    )


def _write(
    connection: Connection,
    file: SourceFile,
    parsed: ParsedFile,
    load_id: int,
    was_read_before: bool,
) -> None:
    """Add the rows beside those of an earlier file, and queue the days on which the audit may be in force."""
    write_rows(connection, parsed.tables, load_id)
    # The first day itself is queued by every load.
    connection.execute(
        """
        insert into ops.changed_days (source, day, load_id)
        select %(source)s, covered.day::date, %(load_id)s
        from generate_series(
            %(day)s::date + 1, (ops.as_of() at time zone 'UTC')::date, interval '1 day'
        ) as covered (day)
        """,
        {"source": file.source, "day": file.slot_at.date(), "load_id": load_id},
    )
