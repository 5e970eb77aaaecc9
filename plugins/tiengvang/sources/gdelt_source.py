"""GDELT as the ingest sees it: where its files are, how they are checked, and how they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tiengvang.errors import FileMissing
from tiengvang.http_client import HttpClient
from tiengvang.inflate import inflate
from tiengvang.settings import Settings
from tiengvang.sources import gdelt
from tiengvang.sources.gdelt_tables import GdeltWriter
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.sources.world_file import fetch_world
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.world import World, read_world
from tiengvang.watchlist import Watchlist, seed_version, watchlist_on
from tiengvang.windows import DAY, SLOT, SlotCalendar, Window

LIMIT_BYTES = 128 * 1024**2
INFLATED_LIMIT_BYTES = 512 * 1024**2
LATEST_LISTS = ("lastupdate.txt", "lastupdate-translation.txt")
MASTER_LISTS = ("masterfilelist.txt", "masterfilelist-translation.txt")
# The master lists are about 126 MB; half a day of slots is several times that.
MASTER_LIST_FROM = DAY / 2


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

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Read the calendar, and the lists of sizes and checksums that cover the files."""
        world = read_world(connection)
        self._calendar = world.calendar if world else SlotCalendar()
        slots = [file.slot_at for file in files]
        window = Window(min(slots), max(slots) + SLOT)
        names = MASTER_LISTS if window.end - window.start > MASTER_LIST_FROM else LATEST_LISTS
        self._listed = {}
        for name in names:
            try:
                lines = self.client.stream_lines(f"{self.settings.gdelt_base_url}/{name}")
                self._listed |= gdelt.read_list(lines, window).entries
            except FileMissing:
                continue  # a mirror without lists: CRCs are checked all the same

    def fetch(self, file: SourceFile) -> _Fetched:
        """Get a file, check it against its list, inflate it.

        Raises:
            FileMissing, FetchFailed: as the client says.
            FileRefused: size, checksum or archive are wrong.
        """
        base = self.settings.gdelt_base_url
        try:
            payload = self.client.fetch(f"{base}/{file.file_name}", limit_bytes=LIMIT_BYTES).payload
            gdelt.check_listed(file, payload, self._listed.get(file.file_name))
        except FileMissing:
            if not base.startswith("file://"):
                raise
            _, plain = gdelt.paths(file)  # a folder may hold the text itself
            payload = self.client.fetch(f"{base}/{plain}", limit_bytes=INFLATED_LIMIT_BYTES).payload
        data = inflate(payload, file_name=file.file_name, limit_bytes=INFLATED_LIMIT_BYTES)
        return _Fetched(data, len(payload), hashlib.md5(payload, usedforsecurity=False).hexdigest())

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
