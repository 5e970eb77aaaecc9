"""Sources that are a folder on this machine: somebody puts the publisher's files there.

A file is its content: it stands in the ledger as ``<name>@<start of its SHA-256>``. A file that is changed
is another file, a new vintage, and what was read before stays. What is taken away again stays read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg import sql

from tiengvang.errors import FileMissing, SettingsError
from tiengvang.sources.folder_files import (
    UNREADABLE,
    content_digest,
    head,
    listing,
    read_bytes,
    shown_name,
)
from tiengvang.sources.records import ParsedFile, Rows, SourceFile
from tiengvang.sources.source import AllCountriesSource
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.raw_rows import write_rows
from tiengvang.warehouse.world import LIVE, World, as_of
from tiengvang.windows import DAY, Window, parse_instant

DIGEST_LENGTH = 12
MARKER = "world.json"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file is before it is read: its table, and the start of the newest period that it reports.

    ``begins_at`` None: neither its name nor its content says.
    """

    table_name: str
    begins_at: datetime | None


@dataclass(slots=True)
class DropFolderSource(AllCountriesSource):
    """A folder of files as the ingest sees it. A folder that is not set or not there holds nothing to do.

    ``identify`` and ``read`` are pure: (own name, bytes) to an identity, and (bytes, ledger's name) to
    rows whose tables have the columns ``file_name``, filled by ``read``, and ``received_at``, filled here.
    ``name_of`` is what a file is called wherever it is named.
    """

    name: str
    folder: Path | None
    suffixes: frozenset[str]
    limit_bytes: int
    identify: Callable[[str, bytes], Identity]
    read: Callable[[bytes, str], ParsedFile]
    # The same bytes are refused for the same reason: only a run by hand asks for them again.
    ask_again_for: timedelta = timedelta(0)
    # A file a month: years of them would be a task and a verdict each.
    days_in_batch: int = 48
    name_of: Callable[[Path], str] = shown_name
    _clock: datetime | None = None
    _declared: Mapping[str, datetime] = field(default_factory=dict)
    _first_read: Mapping[str, datetime] = field(default_factory=dict)

    def describe_world(self) -> World | None:
        """Return the world that the folder's files belong to; None: there is no folder.

        A folder of a sample world holds ``world.json`` with ``world_name`` and ``is_synthetic``; its clock
        is the warehouse's. ``received_at`` in it says of files by name since when they are there, which
        else is the instant at which they are first read. A folder without it is live.

        Raises:
            SettingsError: ``world.json`` is malformed or cannot be read.
        """
        if self.folder is None or not self.folder.is_dir():
            return None
        read_received(self.folder / MARKER)
        return read_marker(self.folder / MARKER)

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return what the folder holds, whatever the window: files arrive long after their period.

        A file of a sample folder that is declared to come later than the world's instant is not there yet.
        """
        if self.folder is None:
            return
        declared = {} if world.name == LIVE else read_received(self.folder / MARKER)
        seen: set[str] = set()
        for path in listing(self.folder, self.suffixes):
            digest = content_digest(path)
            if digest in seen and digest != UNREADABLE:  # the same file under a second name
                continue
            seen.add(digest)
            name = self.name_of(path)
            since = declared.get(name)
            if since and world.declared_as_of and since > world.declared_as_of:
                continue
            identity = self.identify(name, head(path, self.limit_bytes))
            yield SourceFile(
                source=self.name,
                table_name=identity.table_name,
                file_name=f"{name}@{digest[:DIGEST_LENGTH]}",
                stream=None,
                slot_at=identity.begins_at or _day(since or _last_moment(window)),
                checksum=None if digest == UNREADABLE else digest,
            )

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Read the clock: rows keep the warehouse's instant at which their file was first read.

        A file that was refused keeps that instant when it is asked for again.
        """
        clock = as_of(connection)
        rows: list[Any] = connection.execute(
            """
            update ops.source_files set first_read_at = coalesce(first_read_at, %s)
            where source = %s and file_name = any (%s)
            returning file_name, first_read_at
            """,
            (clock, self.name, [file.file_name for file in files]),
        ).fetchall()
        self._clock, self._first_read = clock, dict(rows)
        self._declared = read_received(self.folder / MARKER) if self.folder else {}

    def received_at(self, file: SourceFile) -> datetime:
        """Return since when a file is there: declared in a sample, else the instant of its first reading."""
        if self._clock is None:
            raise RuntimeError("prepare() comes first")
        first_read = self._first_read.get(file.file_name, self._clock)
        return self._declared.get(own_name(file.file_name), first_read)

    def fetch(self, file: SourceFile) -> bytes:
        """Read a file's bytes.

        Raises:
            FileMissing: it was taken away or changed since it was listed; the next run lists it anew.
            FileRefused: it is larger than the limit.
            FetchFailed: it cannot be read.
        """
        name, _, digest = file.file_name.rpartition("@")
        for path in listing(self.folder, self.suffixes) if self.folder else ():
            if self.name_of(path) != name:
                continue
            payload = read_bytes(path, self.limit_bytes, name=name)
            if hashlib.sha256(payload).hexdigest().startswith(digest):
                return payload
        raise FileMissing(f"{name}: no longer in {self.folder}, or changed since it was listed")

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read a file's rows, and stamp them with the instant at which it was received.

        Raises:
            FileRefused: the bytes are no such file.
        """
        payload: bytes = fetched
        parsed = stamped(self.read(payload, file.file_name), self.received_at(file))
        checksum = hashlib.sha256(payload).hexdigest()
        return parsed, Received(len(payload), checksum, "")

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Add the file's rows; only those of an earlier, quarantined reading of it make way."""
        if was_read_before:
            for block in parsed.tables:
                connection.execute(
                    sql.SQL("delete from {} where file_name = %s").format(
                        sql.Identifier(*block.table.split("."))
                    ),
                    (file.file_name,),
                )
        write_rows(connection, parsed.tables, load_id)


def read_marker(path: Path) -> World:
    """Return the world that ``world.json`` of a drop folder names; live where there is none.

    Raises:
        SettingsError: it is malformed or cannot be read.
    """
    try:
        value = json.loads(path.read_bytes())
        return World(name=str(value["world_name"]), is_synthetic=bool(value["is_synthetic"]))
    except FileNotFoundError:
        return World()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"{path}: expected an object with world_name and is_synthetic ({type(error).__name__})"
        ) from None


def read_received(path: Path) -> Mapping[str, datetime]:
    """Return the instants that ``world.json`` of a sample's folder declares, by the files' names.

    Raises:
        SettingsError: they are no instants, or the folder is live: there the clock says when a file came.
    """
    world = read_marker(path)
    if not path.is_file():
        return {}
    try:
        given = dict(json.loads(path.read_bytes()).get("received_at") or {})
        received = {str(name): parse_instant(str(value)) for name, value in given.items()}
    except (OSError, ValueError, TypeError) as error:
        raise SettingsError(
            f"{path}: received_at, expected instants by file name ({type(error).__name__})"
        ) from None
    if received and world.name == LIVE:
        raise SettingsError(f"{path}: received_at in a live folder, expected none")
    return received


def stamped(parsed: ParsedFile, received_at: datetime) -> ParsedFile:
    """Return what was read with ``received_at`` as the last column of every table."""
    return replace(parsed, tables=tuple(_with(block, received_at) for block in parsed.tables))


def own_name(file_name: str) -> str:
    """Return a file's own name from the ledger's."""
    return file_name.rpartition("@")[0]


def _with(block: Rows, received_at: datetime) -> Rows:
    columns = (*block.columns, "received_at")
    return Rows(block.table, columns, [(*row, received_at) for row in block.rows])


def _last_moment(window: Window) -> datetime:
    return max(window.start, window.end - timedelta(microseconds=1))


def _day(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC)
    return moment - (moment - datetime(1970, 1, 1, tzinfo=UTC)) % DAY
