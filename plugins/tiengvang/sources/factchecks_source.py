"""The feed of fact-checks as the ingest sees it: a snapshot a day, of which only changes are kept."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any

from tiengvang.errors import FileMissing
from tiengvang.file_url import open_file_url, scheme_of
from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources import factchecks
from tiengvang.sources.factchecks_review import REVIEW_COLUMNS
from tiengvang.sources.records import ParsedFile, Rows, SourceFile
from tiengvang.sources.source import AllCountriesSource
from tiengvang.sources.world_file import fetch_world
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.raw_rows import write_rows
from tiengvang.warehouse.world import World, as_of
from tiengvang.windows import DAY, Window


@dataclass(slots=True)
class FactchecksSource(AllCountriesSource):
    """Reads the feed from the web, or from a folder that holds it."""

    settings: Settings
    client: HttpClient
    name: str = factchecks.SOURCE
    ask_again_for: timedelta = DAY
    # All days that are due are one batch: only the newest of them can still be had.
    days_in_batch: int = 1_000_000
    is_kept_by_changes: bool = True
    _instant: datetime | None = None
    _newest: datetime | None = None

    def describe_world(self) -> World:
        """Ask beside the feed which world it belongs to."""
        return fetch_world(self.client, self.settings.factchecks_base_url)

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return the feed of the window's last day."""
        return factchecks.expected_files(window)

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Read the clock, and which day is the newest that is asked for."""
        self._instant = as_of(connection)
        self._newest = max(file.slot_at for file in files)

    def fetch(self, file: SourceFile) -> IO[bytes]:
        """Open the feed as it is now.

        Raises:
            FileMissing: there is none, or it is that of a day which has passed.
            FetchFailed: as the client says.
        """
        if file.slot_at != self._newest or file.slot_at < self._now() - 2 * DAY:
            raise FileMissing(f"{file.file_name}: the feed of that day was not read, and is gone")
        url = factchecks.feed_url(self.settings.factchecks_base_url)
        if scheme_of(url) == "file":
            return open_file_url(url, limit_bytes=factchecks.LIMIT_BYTES)
        return io.BytesIO(self.client.fetch(url, limit_bytes=factchecks.LIMIT_BYTES).payload)

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read a feed.

        Raises:
            FileRefused: the bytes are no such feed.
        """
        handle: IO[bytes] = fetched
        with handle:
            parsed, stream = factchecks.parse(
                handle,
                seen_at=self._now(),
                checkers=factchecks.read_checkers(),
                country_names=factchecks.read_country_names(),
                file_name=file.file_name,
            )
        return parsed, Received(stream.bytes_read, stream.sha256, "")

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Add the reviews that are new, differ from what the last feed in force said, or are gone.

        What door one refused, and what only tells of one snapshot, does not pile up: rows of quarantined
        loads, counts of publishers and rejects of the feeds before the one in force are removed.
        """
        _forget(connection, file)
        state: list[Any] = connection.execute(
            """
            select distinct on (review.review_id)
                review.review_id, review.row_digest, review.is_listed
            from raw.factchecks__reviews as review
            join ops.loads as load on load.load_id = review.load_id and load.status = 'passed'
            order by review.review_id, review.load_id desc
            """
        ).fetchall()
        digests = {review_id: digest for review_id, digest, is_listed in state if is_listed}
        feeds, reviews, publishers = parsed.tables
        changed = [row for row in reviews.rows if digests.get(row[0]) != row[2]]
        listed = {row[0] for row in reviews.rows}
        write_rows(
            connection, (feeds, Rows(reviews.table, reviews.columns, changed), publishers), load_id
        )
        gone = sorted(digests.keys() - listed)
        if gone:
            _write_gone(connection, gone, load_id)

    def _now(self) -> datetime:
        if self._instant is None:
            raise RuntimeError("prepare() comes before fetch()")
        return self._instant


def _forget(connection: Connection, file: SourceFile) -> None:
    for table in (factchecks.FEEDS_TABLE, factchecks.REVIEWS_TABLE, factchecks.PUBLISHERS_TABLE):
        connection.execute(
            f"delete from {table} where load_id in"  # noqa: S608 - constants
            " (select load_id from ops.loads where source = %s and status = 'quarantined')",
            (file.source,),
        )
    in_force = (
        "(select max(load_id) from ops.loads where source = %(source)s and status = 'passed')"
    )
    connection.execute(
        f"delete from {factchecks.PUBLISHERS_TABLE} where load_id < {in_force}",  # noqa: S608
        {"source": file.source},
    )
    connection.execute(
        f"delete from ops.rejected_rows where source = %(source)s and load_id < {in_force}",  # noqa: S608
        {"source": file.source},
    )


def _write_gone(connection: Connection, gone: list[str], load_id: int) -> None:
    """Write that reviews are not in the feed any more: their last row again, not listed."""
    columns = ", ".join(REVIEW_COLUMNS)
    values = ", ".join(
        "false" if column == "is_listed" else f"review.{column}" for column in REVIEW_COLUMNS
    )
    connection.execute(
        f"""
        insert into raw.factchecks__reviews ({columns}, load_id)
        select distinct on (review.review_id) {values}, %(load_id)s
        from raw.factchecks__reviews as review
        join ops.loads as load on load.load_id = review.load_id and load.status = 'passed'
        where review.review_id = any (%(gone)s)
        order by review.review_id, review.load_id desc
        """,  # noqa: S608 - names of columns
        {"gone": gone, "load_id": load_id},
    )
