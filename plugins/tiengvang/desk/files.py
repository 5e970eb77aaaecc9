"""Which files the desk hands out: those of editions and of Data Docs, and nothing beside them."""

from __future__ import annotations

import re
from pathlib import Path

# Also the folder of an edition that is proposed and waits for an answer.
EDITION = re.compile(r"[A-Z]{3}-\d{4}-\d{2}-\d{2}-(daily|weekly)-\d+(\.draft)?")
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".md": "text/plain; charset=utf-8",
    ".sql": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
}


def edition_file(home: Path, path: str) -> Path | None:
    """Return a file of an edition's folder, None where there is no such file."""
    folder, _, rest = path.partition("/")
    return _inside(home / "editions" / folder, rest) if EDITION.fullmatch(folder) else None


def data_docs_file(home: Path, path: str) -> Path | None:
    """Return a page of Data Docs, None where there is no such page."""
    return _inside(home / "data_docs", path)


def _inside(root: Path, path: str) -> Path | None:
    """Return a file below a folder; links that lead out of it are no files of it."""
    if "\0" in path:
        return None
    root, found = root.resolve(), (root / path).resolve()
    is_file = found.is_relative_to(root) and found.is_file() and found.suffix in MEDIA_TYPES
    return found if is_file else None
