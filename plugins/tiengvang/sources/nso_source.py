"""The National Statistics Office as the ingest sees it: a folder of its monthly workbooks."""

from __future__ import annotations

from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.sources.drop_folder import DropFolderSource
from tiengvang.sources.nso import identity
from tiengvang.sources.nso.parse import parse_workbook
from tiengvang.sources.nso.workbook import LIMIT_BYTES


def nso_source(settings: Settings, client: HttpClient) -> DropFolderSource:
    """Open the folder ``TIENGVANG_NSO_DIR``, whoever filled it: a person, or ``nso_site``."""
    return DropFolderSource(
        name=identity.SOURCE,
        folder=settings.nso_dir,
        suffixes=identity.SUFFIXES,
        limit_bytes=LIMIT_BYTES,
        identify=identity.identify,
        read=parse_workbook,
    )
