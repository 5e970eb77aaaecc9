"""UN Tourism as the ingest sees it: a folder into which a user puts the bulk download."""

from __future__ import annotations

from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources import un_tourism
from tiengvang.sources.drop_folder import DropFolderSource


def un_tourism_source(settings: Settings, client: HttpClient) -> DropFolderSource:
    """Open the folder ``TIENGVANG_UN_TOURISM_DIR``; nothing is asked over the network."""
    return DropFolderSource(
        name=un_tourism.SOURCE,
        folder=settings.un_tourism_dir,
        suffixes=frozenset({".zip", ".xlsx"}),
        limit_bytes=un_tourism.LIMIT_BYTES,
        identify=un_tourism.identify,
        read=un_tourism.parse_statistics,
    )
