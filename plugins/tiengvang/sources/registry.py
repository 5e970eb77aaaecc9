"""All sources by name, opened with one client each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources.gdelt_domains_source import GdeltDomainsSource
from tiengvang.sources.gdelt_source import GdeltSource
from tiengvang.sources.source import Source
from tiengvang.sources.tranco_source import TrancoSource
from tiengvang.sources.worldbank_source import WorldBankSource

SOURCES = {
    "gdelt": GdeltSource,
    "worldbank": WorldBankSource,
    "tranco": TrancoSource,
    "gdelt_domains": GdeltDomainsSource,
}


@contextmanager
def open_source(name: str, settings: Settings) -> Iterator[Source]:
    """Open a source for one task; its connections are closed afterwards."""
    with HttpClient(settings.contact, workers=settings.fetch_workers) as client:
        yield SOURCES[name](settings, client)
