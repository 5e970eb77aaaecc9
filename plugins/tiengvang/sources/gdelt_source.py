"""GDELT as the ingest sees it: where its files are, how they are checked, and how they are written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from tiengvang.errors import FileMissing
from tiengvang.http_client import HttpClient
from tiengvang.inflate import inflate
from tiengvang.settings import Settings
from tiengvang.sources import gdelt
from tiengvang.sources.gdelt_tables import GdeltWriter, read_mentions_again
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.sources.world_file import fetch_world
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.world import World, as_of, read_world
from tiengvang.watchlist import Watchlist, seed_version, watchlist_on
from tiengvang.windows import DAY, SLOT, SlotCalendar, Window

LIMIT_BYTES = 128 * 1024**2
INFLATED_LIMIT_BYTES = 512 * 1024**2
# The master lists are about 126 MB each; this many slots are several times that.
MASTER_LISTS_FROM = 48


@dataclass(frozen=True, slots=True)
class _Fetched:
    data: bytes
    bytes: int
    checksum: str


@dataclass(slots=True)
class GdeltSource:
    """Reads one mirror of GDELT's bulk files."""

    settings: Settings
    client: HttpClient
    name: str = "gdelt"
    ask_again_for: timedelta = DAY
    days_in_batch: int = 1
    is_kept_by_changes: bool = False
    _listed: dict[str, gdelt.ListEntry] = field(default_factory=dict)
    _calendar: SlotCalendar = field(default_factory=SlotCalendar)
    _watchlists: dict[date, Watchlist] = field(default_factory=dict)

    def describe_world(self) -> World:
        """Ask the mirror which world it serves."""
        return fetch_world(self.client, self.settings.gdelt_base_url)

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return the window's files from the clock and the world's calendar."""
        return gdelt.expected_files(window, world.calendar)

    def watchlist_version(self) -> str | None:
        """Return the version of the watch-list's seeds."""
        return seed_version()

    def watchlist_digest(self, day: date) -> str:
        """Return the digest of the watch-list that is valid on a day."""
        return self._watchlist(day).digest

    def follow_watchlist(self, connection: Connection, days: list[date]) -> None:
        """Read mentions again that may refer to events of these days."""
        for day in days:
            start = datetime(day.year, day.month, day.day, tzinfo=UTC)
            read_mentions_again(connection, Window(start, start + DAY))

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Read the calendar, and the lists of sizes and checksums that cover the files."""
        world = read_world(connection)
        self._calendar = world.calendar if world else SlotCalendar()
        slots = {file.slot_at for file in files}
        window = Window(min(slots), max(slots) + SLOT)
        self._listed = {}
        if len(slots) < MASTER_LISTS_FROM:
            names, lines_of = gdelt.LATEST_LISTS, self._stream
        else:
            kept = partial(self._kept, until=window.end, instant=as_of(connection))
            names, lines_of = gdelt.MASTER_LISTS, kept
        for name in names.values():
            # a mirror may be without lists: CRCs are checked all the same
            with suppress(FileMissing):
                self._listed |= gdelt.read_list(lines_of(name), window)

    def _stream(self, name: str) -> Iterator[bytes]:
        yield from self.client.stream_lines(f"{self.settings.gdelt_base_url}/{name}")

    def _kept(self, name: str, until: datetime, instant: datetime) -> Iterator[bytes]:
        """Yield a master list's lines from the home; it is fetched anew when it is older than ``until``."""
        folder = self.settings.home / "lists"
        path = folder / name
        if not path.exists() or datetime.fromtimestamp(path.stat().st_mtime, UTC) < until:
            folder.mkdir(parents=True, exist_ok=True)
            draft = folder / f"{name}.{os.getpid()}.draft"
            with draft.open("wb") as file:
                file.writelines(line + b"\n" for line in self._stream(name))
            os.utime(draft, (instant.timestamp(), instant.timestamp()))
            draft.replace(path)
        with path.open("rb") as file:
            yield from file

    def fetch(self, file: SourceFile) -> _Fetched:
        """Get a file, check it against its list, inflate it.

        Raises:
            FileMissing, FetchFailed: as the client says.
            FileRefused: size, checksum or archive are wrong.
        """
        base = self.settings.gdelt_base_url
        try:
            payload = self.client.fetch(f"{base}/{file.file_name}", limit_bytes=LIMIT_BYTES).payload
            listed = self._listed.get(file.file_name)
        except FileMissing:
            if not base.startswith("file://"):
                raise
            _, plain = gdelt.paths(file)  # a folder may hold the text itself
            payload = self.client.fetch(f"{base}/{plain}", limit_bytes=INFLATED_LIMIT_BYTES).payload
            listed = None
        checksum = gdelt.check_listed(file, payload, listed)
        data = inflate(payload, file_name=file.file_name, limit_bytes=INFLATED_LIMIT_BYTES)
        return _Fetched(data, len(payload), checksum)

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read a file's rows with the watch-list of its day.

        Raises:
            SchemaDrift: more than 5 % of the rows cannot be read.
        """
        watchlist = self._watchlist(file.slot_at.date())
        parsed = gdelt.parse(file, fetched.data, watchlist)
        return parsed, Received(fetched.bytes, fetched.checksum, watchlist.digest)

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Replace the file's raw rows."""
        writer = GdeltWriter(self._calendar, self.watchlist_digest)
        writer.write(connection, file, parsed, load_id, was_read_before)

    def _watchlist(self, day: date) -> Watchlist:
        if day not in self._watchlists:
            self._watchlists[day] = watchlist_on(day)
        return self._watchlists[day]
