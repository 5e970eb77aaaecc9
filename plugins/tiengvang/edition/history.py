"""Every edition that was published, as it was: where it is, and whether its files are still the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from tiengvang.edition.records import MANIFEST, editions_folder, manifest_sha256
from tiengvang.errors import TiengVangError
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection, connect

# unaltered: every file is the one that was published; altered: one is not; gone: there is no folder.
State = Literal["unaltered", "altered", "gone"]
EDITIONS = """
select edition_id, status, cadence, period_start, period_end, as_of_at, folder, manifest_sha256,
    exists (
        select from ops.corrections
        where corrections.edition_id = editions.edition_id and corrections.withdraws is null
            and not exists (
                select from ops.corrections as later
                where later.withdraws = corrections.correction_id
            )
    )
from ops.editions
where status <> 'draft' and (%(edition_id)s::text is null or edition_id = %(edition_id)s)
order by period_end desc, recorded_at desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Past:
    """An edition as recorded. ``folder`` and ``manifest_sha256`` are None where it was not published."""

    edition_id: str
    status: str
    cadence: str
    period_start: date
    period_end: date
    as_of_at: datetime
    folder: str | None
    manifest_sha256: str | None
    is_corrected: bool


def read_past(
    connection: Connection, limit: int | None = None, edition_id: str | None = None
) -> list[Past]:
    """Return editions, the newest period first; the connection may read ``ops``."""
    given = {"limit": limit, "edition_id": edition_id}
    rows: list[Any] = connection.execute(EDITIONS, given).fetchall()
    return [Past(*row) for row in rows]


def list_editions(settings: Settings, url: str, limit: int) -> list[dict[str, Any]]:
    """Return the newest editions with the folder of each and what became of its files."""
    with connect(url, "owner") as connection:
        found = read_past(connection, limit)
    root = editions_folder(settings)
    return [
        {
            **asdict(one),
            "folder": str(root / one.folder) if one.folder else None,
            "files": state(root, one) if one.status == "published" else None,
        }
        for one in found
    ]


def page_of(settings: Settings, url: str, edition_id: str, language: str) -> tuple[Path, State]:
    """Return a published edition's page in a language, and what became of its files.

    Raises:
        TiengVangError: there is no such published edition, or its folder is gone.
    """
    with connect(url, "owner") as connection:
        found = read_past(connection, edition_id=edition_id)
    if not found or found[0].folder is None:
        raise TiengVangError(f"there is no published edition {edition_id}")
    root = editions_folder(settings)
    files = state(root, found[0])
    page = root / found[0].folder / language / "index.html"
    if not page.is_file():
        raise TiengVangError(f"the files of edition {edition_id} are gone: {page}")
    return page, files


def state(root: Path, edition: Past) -> State:
    """Say whether an edition's folder holds the files that its recorded manifest vouches for."""
    folder = root / str(edition.folder)
    if not (folder / MANIFEST).is_file():
        return "gone"
    if manifest_sha256(folder) != edition.manifest_sha256:
        return "altered"
    manifest = json.loads((folder / MANIFEST).read_bytes())
    for file in manifest["files"]:
        path = folder / file["path"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
            return "altered"
    return "unaltered"
