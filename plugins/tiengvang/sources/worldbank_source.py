"""The World Bank as the ingest sees it: pages of JSON, kept as vintages when their values changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources import worldbank
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.sources.source import AllCountriesSource
from tiengvang.sources.world_file import fetch_world
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.raw_rows import write_rows
from tiengvang.warehouse.world import World, as_of
from tiengvang.windows import Window

LIMIT_BYTES = 64 * 1024**2


@dataclass(slots=True)
class WorldBankSource(AllCountriesSource):
    """Reads the indicators API, or a folder laid out like it."""

    settings: Settings
    client: HttpClient
    name: str = "worldbank"
    ask_again_for: timedelta = timedelta(weeks=1)
    days_in_batch: int = 1
    _instant: datetime | None = None

    def describe_world(self) -> World:
        """Ask the API which world it serves."""
        return fetch_world(self.client, self.settings.worldbank_base_url)

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return the window's last week: one answer per indicator, and the list of countries.

        Earlier weeks cannot be asked for any more: the API only knows today's values.
        """
        files = list(worldbank.expected_files(window))
        return [file for file in files if file.slot_at == files[-1].slot_at]

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Read the clock: a vintage is dated by the warehouse's instant."""
        self._instant = as_of(connection)

    def fetch(self, file: SourceFile) -> list[bytes]:
        """Get all pages of one answer.

        Raises:
            FileMissing, FetchFailed: as the client says.
            FileRefused: the first page is no answer.
        """
        code = worldbank.indicator_of(file)
        years = (worldbank.FIRST_YEAR, self._today().year)
        pages: list[bytes] = []
        count = 1
        while len(pages) < count:
            url = worldbank.page_url(self.settings.worldbank_base_url, code, len(pages) + 1, years)
            pages.append(self.client.fetch(url, limit_bytes=LIMIT_BYTES).payload)
            count = worldbank.page_count(pages[0], file_name=file.file_name)
        return pages

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read an answer's rows under today's vintage.

        Raises:
            FileRefused: the pages are no complete answer.
        """
        pages: list[bytes] = fetched
        if file.table_name == worldbank.COUNTRIES:
            parsed = worldbank.parse_countries(pages, file_name=file.file_name)
        else:
            parsed = worldbank.parse_observations(
                pages,
                code=worldbank.indicator_of(file),
                vintage_date=self._today(),
                file_name=file.file_name,
            )
        checksum = hashlib.sha256(b"\0".join(pages)).hexdigest()
        return parsed, Received(sum(map(len, pages)), checksum, "")

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Add a vintage if the values differ from the newest one; replace the list of countries."""
        if file.table_name == worldbank.COUNTRIES:
            connection.execute("delete from raw.worldbank__countries")
        else:
            code = worldbank.indicator_of(file)
            vintage = next(t for t in parsed.tables if t.table.endswith("__vintages"))
            digest = vintage.rows[0][vintage.columns.index("payload_sha256")]
            if digest == _newest_digest(connection, code):
                return
            for table in ("raw.worldbank__observations", "raw.worldbank__vintages"):
                connection.execute(
                    f"delete from {table} where indicator_code = %s and vintage_date = %s",  # noqa: S608
                    (code, self._today()),
                )
        write_rows(connection, parsed.tables, load_id)

    def _today(self) -> date:
        if self._instant is None:
            raise RuntimeError("prepare() comes before fetch()")
        return self._instant.date()


def _newest_digest(connection: Connection, code: str) -> str | None:
    row: Any = connection.execute(
        """
        select vintage.payload_sha256 from raw.worldbank__vintages as vintage
        join ops.loads as load on load.load_id = vintage.load_id and load.status <> 'quarantined'
        where vintage.indicator_code = %s order by vintage.vintage_date desc limit 1
        """,
        (code,),
    ).fetchone()
    return None if row is None else row[0]
