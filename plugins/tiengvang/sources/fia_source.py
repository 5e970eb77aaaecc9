"""The Foreign Investment Agency as the ingest sees it: a folder of CSV files that a user fills."""

from __future__ import annotations

from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources import fia
from tiengvang.sources.drop_folder import DropFolderSource


def fia_source(settings: Settings, client: HttpClient) -> DropFolderSource:
    """Open the folder ``TIENGVANG_FIA_DIR``; nothing is asked over the network."""
    return DropFolderSource(
        name=fia.SOURCE,
        folder=settings.fia_dir,
        suffixes=frozenset({".csv"}),
        limit_bytes=fia.LIMIT_BYTES,
        identify=fia.identify,
        read=fia.parse_registered,
    )
