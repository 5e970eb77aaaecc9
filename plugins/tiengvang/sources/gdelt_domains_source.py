"""GDELT's list of outlets by country as the ingest sees it: one address, the newest list in force."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources import gdelt_domains
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.sources.site_lists import LIMIT_BYTES
from tiengvang.sources.source import AllCountriesSource
from tiengvang.sources.world_file import fetch_world
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.raw_rows import write_rows
from tiengvang.warehouse.world import World
from tiengvang.windows import Window


@dataclass(slots=True)
class GdeltDomainsSource(AllCountriesSource):
    """Reads one list, zipped or plain, from the web or from a file."""

    settings: Settings
    client: HttpClient
    name: str = gdelt_domains.SOURCE
    ask_again_for: timedelta = timedelta(days=31)
    days_in_batch: int = 1

    def describe_world(self) -> World:
        """Ask beside the list which world it belongs to."""
        return fetch_world(self.client, self.settings.gdelt_domains_url.rpartition("/")[0])

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return the list of the window's last month."""
        return gdelt_domains.expected_files(window)

    def fetch(self, file: SourceFile) -> bytes:
        """Get the list as it is now.

        Raises:
            FileMissing, FetchFailed: as the client says.
        """
        url = self.settings.gdelt_domains_url
        return self.client.fetch(url, limit_bytes=LIMIT_BYTES).payload

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read a list.

        Raises:
            FileRefused: the bytes are no such list.
        """
        payload: bytes = fetched
        name = gdelt_domains.list_name(self.settings.gdelt_domains_url)
        parsed = gdelt_domains.parse(payload, file=file, name=name)
        checksum = hashlib.sha256(name.encode() + b"\0" + payload).hexdigest()
        return parsed, Received(len(payload), checksum, "")

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Add a list and keep the one in force, until door one has judged."""
        connection.execute(
            """
            delete from raw.gdelt_domains__countries where load_id is distinct from (
                select max(load_id) from ops.loads
                where source = %s and status = 'passed'
                    and exists (
                        select from raw.gdelt_domains__countries as listed
                        where listed.load_id = loads.load_id
                    )
            )
            """,
            (file.source,),
        )
        write_rows(connection, parsed.tables, load_id)
