"""Tranco as the ingest sees it: one list a month, kept under its id and day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tiengvang.errors import FetchRejected
from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources import tranco
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.sources.site_lists import LIMIT_BYTES
from tiengvang.sources.source import AllCountriesSource
from tiengvang.sources.tranco import ListReference
from tiengvang.sources.world_file import fetch_world
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.raw_rows import write_rows
from tiengvang.warehouse.world import World
from tiengvang.windows import Window

REFERENCE_LIMIT_BYTES = 1024**2


@dataclass(slots=True)
class TrancoSource(AllCountriesSource):
    """Reads the site's permanent lists, or a folder laid out like it."""

    settings: Settings
    client: HttpClient
    name: str = tranco.SOURCE
    ask_again_for: timedelta = timedelta(days=31)
    days_in_batch: int = 1

    def describe_world(self) -> World:
        """Ask the site which world it serves."""
        return fetch_world(self.client, self.settings.tranco_base_url)

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return the list of every month that the window touches."""
        return tranco.expected_files(window)

    def fetch(self, file: SourceFile) -> tuple[ListReference, bytes]:
        """Ask which list is that of the file's day, and get it.

        Raises:
            FileMissing: the source has no list of that day, or not yet.
            FetchFailed: as the client says.
            FileRefused: the answer names no list.
        """
        base_url, day = self.settings.tranco_base_url, file.slot_at.date()
        answer = self.client.fetch(
            tranco.reference_url(base_url, day), limit_bytes=REFERENCE_LIMIT_BYTES
        )
        reference = tranco.read_reference(answer.payload, list_date=day, file_name=file.file_name)
        first, *others = tranco.list_urls(base_url, reference.list_id)
        try:
            return reference, self._get(first)
        except FetchRejected:
            if not others:
                raise
            return reference, self._get(others[0])

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read a list.

        Raises:
            FileRefused: the bytes are no such list.
        """
        reference: ListReference = fetched[0]
        payload: bytes = fetched[1]
        parsed = tranco.parse_ranks(payload, reference=reference, file_name=file.file_name)
        checksum = hashlib.sha256(reference.list_id.encode() + b"\0" + payload).hexdigest()
        return parsed, Received(len(payload), checksum, "")

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Replace the list of the file's day, and queue the days that it is the newest list of."""
        day = file.slot_at.date()
        if was_read_before:
            connection.execute("delete from raw.tranco__ranks where list_date = %s", (day,))
        write_rows(connection, parsed.tables, load_id)
        # The first day itself is queued by every load.
        connection.execute(
            """
            insert into ops.changed_days (source, day, load_id)
            select %(source)s, covered.day::date, %(load_id)s
            from generate_series(
                %(day)s::date + 1,
                least(
                    (ops.as_of() at time zone 'UTC')::date,
                    (select min(list_date) - 1 from raw.tranco__ranks where list_date > %(day)s)
                ),
                interval '1 day'
            ) as covered (day)
            """,
            {"source": file.source, "day": day, "load_id": load_id},
        )

    def _get(self, url: str) -> bytes:
        return self.client.fetch(url, limit_bytes=LIMIT_BYTES).payload
