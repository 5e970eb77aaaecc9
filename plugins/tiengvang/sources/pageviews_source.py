"""Wikimedia pageviews as the ingest sees it: a file per article and month, read daily while it grows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any

from tiengvang.errors import FetchFailed, FetchRejected, FileMissing, FileRefused, SettingsError
from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources import pageviews
from tiengvang.sources.records import ParsedFile, Rows, SourceFile
from tiengvang.sources.source import AllCountriesSource
from tiengvang.sources.world_file import fetch_world
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.raw_rows import write_rows
from tiengvang.warehouse.world import World, as_of
from tiengvang.windows import DAY, Window, month_after

# A day's views appear in the course of the next day; a month is closed when its last day surely is there.
SETTLED_AFTER = 2 * DAY


@dataclass(slots=True)
class PageviewsSource(AllCountriesSource):
    """Reads the API, or a folder with a file per article and month."""

    settings: Settings
    client: HttpClient
    name: str = pageviews.SOURCE
    ask_again_for: timedelta = timedelta(days=62)
    days_in_batch: int = 1
    _instant: datetime | None = None
    _loaded: frozenset[str] = field(default_factory=frozenset)

    def describe_world(self) -> World:
        """Ask the API which world it serves."""
        return fetch_world(self.client, self.settings.pageviews_base_url)

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return the basket's articles in every month that the window touches."""
        return pageviews.expected_files(window, pageviews.read_articles())

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Read the clock, and which of the files were loaded before.

        Raises:
            SettingsError: there is no contact address, which the source asks of every client.
        """
        if self.settings.pageviews_base_url.startswith("https://") and not self.settings.contact:
            raise SettingsError(
                "TIENGVANG_CONTACT is empty: Wikimedia asks for a contact address in the User-Agent"
            )
        self._instant = as_of(connection)
        rows: list[Any] = connection.execute(
            """
            select file_name from ops.source_files
            where source = %s and file_name = any (%s) and status = 'loaded'
            """,
            (self.name, [file.file_name for file in files]),
        ).fetchall()
        self._loaded = frozenset(row[0] for row in rows)

    def fetch(self, file: SourceFile) -> bytes:
        """Get an article's views in the file's month, as far as its days have ended.

        Raises:
            FileMissing: the source has no data for the article in these days.
            FetchFailed: as the client says, or what was there before is not there any more.
        """
        first, last = self._days(file)
        if last < first:
            raise FileMissing(f"{file.file_name}: no day of the month has ended")
        url = pageviews.article_url(
            self.settings.pageviews_base_url, pageviews.article_of(file), first, last
        )
        try:
            return self.client.fetch(url, limit_bytes=pageviews.LIMIT_BYTES).payload
        except FetchRejected as error:
            if (
                error.status != HTTPStatus.BAD_REQUEST
            ):  # a client that is shut out learns nothing about the article
                raise FetchFailed(str(error)) from error
            raise self._absent(file, error) from error
        except FileMissing as error:
            raise self._absent(file, error) from error

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read an article's views; the file stays due until its month is settled.

        Raises:
            FileRefused: the bytes are no answer of views.
            FetchFailed: so they are, where earlier ones were loaded.
        """
        payload: bytes = fetched
        first, last = self._days(file)
        try:
            parsed = pageviews.parse_views(
                payload,
                article=pageviews.article_of(file),
                first=first,
                last=last,
                file_name=file.file_name,
            )
        except FileRefused as error:
            if file.file_name in self._loaded:
                raise FetchFailed(str(error)) from error
            raise
        settled = self._now() >= month_after(file.slot_at) + SETTLED_AFTER
        checksum = hashlib.sha256(payload).hexdigest()
        return parsed, Received(len(payload), checksum, "" if settled else None)

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Write the days that are new or have another count, and remove those that are withdrawn.

        The other days stay with the load that brought them: were this one refused at the door, they
        would be in force as before.
        """
        article, (block,) = pageviews.article_of(file), parsed.tables
        held = _days_in_force(connection, file, article) if was_read_before else {}
        rows = [row for row in block.rows if held.pop(row[2], None) != row[3]]
        stale = [*held, *(row[2] for row in rows)]
        if was_read_before and stale:
            connection.execute(
                """
                delete from raw.pageviews__article_days
                where project = %s and article_title = %s and view_date = any (%s)
                """,
                (article.project, article.title, stale),
            )
        write_rows(connection, (Rows(block.table, block.columns, rows),), load_id)

    def _absent(self, file: SourceFile, error: Exception) -> Exception:
        """Say what no data means: a known state, unless there was data before."""
        if file.file_name in self._loaded:
            return FetchFailed(f"{file.file_name}: loaded before, and now {error}")
        return FileMissing(f"{file.file_name}: no data ({error})")

    def _days(self, file: SourceFile) -> tuple[date, date]:
        """Return the month's first day and the last of its days that has ended."""
        ended = min(month_after(file.slot_at), self._now()) - DAY
        return file.slot_at.date(), ended.date()

    def _now(self) -> datetime:
        if self._instant is None:
            raise RuntimeError("prepare() comes before fetch()")
        return self._instant


def _days_in_force(
    connection: Connection, file: SourceFile, article: pageviews.Article
) -> dict[date, int]:
    """Return the article's counts by day in the file's month, those of refused loads as no count at all."""
    rows: list[Any] = connection.execute(
        """
        select days.view_date, case when load.status = 'passed' then days.views_count else -1 end
        from raw.pageviews__article_days as days join ops.loads as load using (load_id)
        where days.project = %s and days.article_title = %s
            and days.view_date >= %s and days.view_date < %s
        """,
        (article.project, article.title, file.slot_at.date(), month_after(file.slot_at).date()),
    ).fetchall()
    return dict(rows)
