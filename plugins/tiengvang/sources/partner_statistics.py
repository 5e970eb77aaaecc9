"""Yearly statistics between a watched country and its partners, asked for monthly, kept as vintages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Any, Protocol

from tiengvang.errors import FetchFailed, FileMissing
from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.sources.source import AllCountriesSource
from tiengvang.sources.vintages import VintageTables
from tiengvang.sources.world_file import fetch_world
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received
from tiengvang.warehouse.world import World, as_of
from tiengvang.watchlist import watched_iso3
from tiengvang.windows import SLOT, Window

LIMIT_BYTES = 16 * 1024**2


class Parser(Protocol):
    """Reads one country's answer into rows of a vintage."""

    def __call__(
        self, payload: bytes, *, country: str, vintage_date: date, file_name: str
    ) -> ParsedFile:
        """Return the rows; raise FileRefused where the bytes are no such answer."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A data flow of a publisher: where a country's answer is, how it is read, where it is kept."""

    source: str
    table_name: str
    base_url: Callable[[Settings], str]
    answer_url: Callable[[str, str], str]
    parse: Parser
    tables: VintageTables


def expected_files(flow: Flow, window: Window) -> list[SourceFile]:
    """Return one answer per country that is watched at the window's end, for its last month.

    Earlier months cannot be asked for any more: the publisher only knows today's values. ``slot_at`` is
    the month's first day, 00:00 UTC.
    """
    months = list(window.months())
    if not months:
        return []
    countries = watched_iso3((window.end - SLOT).astimezone(UTC).date())
    return [
        SourceFile(flow.source, flow.table_name, f"{code}@{months[-1]:%Y-%m}", None, months[-1])
        for code in countries
    ]


def country_of(file: SourceFile) -> str:
    """Return the ISO code of the country that a file is about."""
    return file.file_name.partition("@")[0]


@dataclass(slots=True)
class PartnerStatisticsSource(AllCountriesSource):
    """Reads one flow of a publisher's API, or of a folder laid out like it."""

    settings: Settings
    client: HttpClient
    flow: Flow
    name: str = field(init=False)
    ask_again_for: timedelta = timedelta(days=31)
    days_in_batch: int = 1
    _instant: datetime | None = None

    def __post_init__(self) -> None:
        self.name = self.flow.source

    def describe_world(self) -> World:
        """Ask the publisher which world it serves."""
        return fetch_world(self.client, self.flow.base_url(self.settings))

    def expected_files(self, window: Window, world: World) -> Iterable[SourceFile]:
        """Return the watched countries' answers of the window's last month."""
        return expected_files(self.flow, window)

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Read the clock: a vintage is dated by the warehouse's instant."""
        self._instant = as_of(connection)

    def fetch(self, file: SourceFile) -> bytes:
        """Get a country's answer.

        Raises:
            FileMissing: the publisher has no such flow or figures; some say so with an empty 204.
            FetchFailed: as the client says.
        """
        url = self.flow.answer_url(self.flow.base_url(self.settings), country_of(file))
        try:
            return self.client.fetch(url, limit_bytes=LIMIT_BYTES).payload
        except FetchFailed as error:
            if error.status == HTTPStatus.NO_CONTENT:
                raise FileMissing(f"{file.file_name}: no content ({error})") from error
            raise

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read an answer's rows under today's vintage.

        Raises:
            FileRefused: the bytes are no such answer.
        """
        payload: bytes = fetched
        parsed = self.flow.parse(
            payload,
            country=country_of(file),
            vintage_date=self._today(),
            file_name=file.file_name,
        )
        return parsed, Received(len(payload), hashlib.sha256(payload).hexdigest(), "")

    def write(
        self,
        connection: Connection,
        file: SourceFile,
        parsed: ParsedFile,
        load_id: int,
        was_read_before: bool,
    ) -> None:
        """Add a vintage if the values differ from the newest one."""
        self.flow.tables.write(connection, parsed, load_id, country_of(file), self._today())

    def _today(self) -> date:
        if self._instant is None:
            raise RuntimeError("prepare() comes before fetch()")
        return self._instant.date()
