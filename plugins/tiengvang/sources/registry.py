"""All sources by name, opened with one client each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources import imf, oecd
from tiengvang.sources.factchecks_source import FactchecksSource
from tiengvang.sources.fia_source import fia_source
from tiengvang.sources.gdelt_domains_source import GdeltDomainsSource
from tiengvang.sources.gdelt_source import GdeltSource
from tiengvang.sources.nso_source import nso_source
from tiengvang.sources.pageviews_source import PageviewsSource
from tiengvang.sources.partner_statistics import PartnerStatisticsSource
from tiengvang.sources.registers_source import RegistersSource
from tiengvang.sources.source import Source
from tiengvang.sources.tranco_source import TrancoSource
from tiengvang.sources.un_tourism_source import un_tourism_source
from tiengvang.sources.worldbank_source import WorldBankSource

SOURCES: dict[str, Callable[[Settings, HttpClient], Source]] = {
    "gdelt": GdeltSource,
    "worldbank": WorldBankSource,
    "tranco": TrancoSource,
    "pageviews": PageviewsSource,
    "imf": partial(PartnerStatisticsSource, flow=imf.FLOW),
    "oecd": partial(PartnerStatisticsSource, flow=oecd.FLOW),
    "un_tourism": un_tourism_source,
    "fia": fia_source,
    "nso": nso_source,
    "gdelt_domains": GdeltDomainsSource,
    "factchecks": FactchecksSource,
    "registers": RegistersSource,
}


@contextmanager
def open_source(name: str, settings: Settings) -> Iterator[Source]:
    """Open a source for one task; its connections are closed afterwards."""
    with HttpClient(settings.contact, workers=settings.fetch_workers) as client:
        yield SOURCES[name](settings, client)
