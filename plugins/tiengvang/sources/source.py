"""What the ingest asks of every source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Protocol

from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.world import World
from tiengvang.windows import Window


class Source(Protocol):
    """What a source must bring, beside its pure ``expected_files`` and parser."""

    name: str
    ask_again_for: timedelta
    """How long after its slot a missing or refused file is asked for again."""
    days_in_batch: int
    """How many days that have files a batch holds at least; one where a day has many files."""
    is_kept_by_changes: bool
    """Whether a load is what differs from the load in force: then every earlier one must be judged."""

    def describe_world(self) -> World | None:
        """Ask the upstream which world it serves; None: nothing is there to be asked for."""

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return the files that the window must have."""

    def watchlist_version(self) -> str | None:
        """Return the version of the watch-list's seed; None when files do not depend on it."""

    def watchlist_digest(self, day: date) -> str:
        """Return the digest of the watch-list on a day; empty when files do not depend on it."""

    def follow_watchlist(self, connection: Connection, days: list[date]) -> None:
        """Make other files due again that depend on days whose watch-list changed."""

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


class AllCountriesSource:
    """What is common to sources that keep all countries, watched or not."""

    __slots__ = ()
    is_kept_by_changes: bool = False

    def watchlist_version(self) -> str | None:
        """Return None: files do not depend on the watch-list."""
        return None

    def watchlist_digest(self, day: date) -> str:
        """Return an empty digest: files do not depend on the watch-list."""
        return ""

    def follow_watchlist(self, connection: Connection, days: list[date]) -> None:
        """Do nothing: files do not depend on the watch-list."""

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Do nothing: a file stands alone."""
