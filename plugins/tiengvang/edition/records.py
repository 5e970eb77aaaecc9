"""Which editions there are: the rows of ``ops.editions`` and the folder that holds their folders."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psycopg.types.json import Jsonb

from tiengvang.edition.plan import Plan
from tiengvang.edition.request import EditionRequest
from tiengvang.errors import BuildFailed
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection, connect

MANIFEST = "manifest.json"
LATEST = "latest"  # the entry page's folder, which is no edition


@dataclass(frozen=True, slots=True)
class Release:
    """What became of an edition. ``folder`` is None when it is held."""

    edition_id: str
    status: str
    folder: Path | None
    reasons: tuple[Mapping[str, str], ...]
    is_new: bool

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for an Airflow task or a machine."""
        values = asdict(self)
        values["folder"] = None if self.folder is None else str(self.folder)
        values["reasons"] = [dict(reason) for reason in self.reasons]
        return values


def editions_folder(settings: Settings) -> Path:
    """Return the folder that holds one folder per edition."""
    return settings.home / "editions"


def sweep(connection: Connection, settings: Settings) -> list[str]:
    """Forget editions that a killed run began, with their folders; return their ids.

    Of held editions that had been proposed the folders go as well. The caller holds the lock
    ``tiengvang.edition``: nobody is rendering one of them.
    """
    rows: list[Any] = connection.execute(
        "delete from ops.editions where status = 'draft' returning edition_id"
    ).fetchall()
    for (edition_id,) in rows:
        remove_folders(settings, edition_id)
    held: list[Any] = connection.execute(
        "select edition_id from ops.editions where status = 'held' and manifest_sha256 is not null"
    ).fetchall()
    for (edition_id,) in held:
        remove_folders(settings, edition_id)
    return sorted(row[0] for row in rows)


def folders(settings: Settings, edition_id: str) -> tuple[Path, Path]:
    """Return where an edition is rendered, and where it is moved to when it is whole."""
    root = editions_folder(settings)
    return root / f"{edition_id}.draft", root / edition_id


def remove_folders(settings: Settings, edition_id: str) -> None:
    """Remove what is there of an edition that was not published, also where a killed run moved it to."""
    for folder in folders(settings, edition_id):
        shutil.rmtree(folder, ignore_errors=True)


def newest_publication(connection: Connection) -> dict[str, Any]:
    """Return the newest publication's id, build and project digest.

    Raises:
        BuildFailed: nothing was published yet.
    """
    row: Any = connection.execute(
        """
        select publication_id, build_id, project_digest from ops.publications
        order by publication_id desc limit 1
        """
    ).fetchone()
    if row is None:
        raise BuildFailed("nothing was published yet: run build_warehouse first")
    return dict(zip(("publication_id", "build_id", "project_digest"), row, strict=True))


def recorded(
    connection: Connection, settings: Settings, publication_id: int, plan: Plan
) -> Release | None:
    """Return what became of this publication's edition of this period, if it was asked for before."""
    row: Any = connection.execute(
        """
        select edition_id, status, reasons from ops.editions
        where publication_id = %s and cadence = %s and period_start = %s and period_end = %s
        order by recorded_at desc limit 1
        """,
        (publication_id, plan.cadence, plan.start, plan.end),
    ).fetchone()
    if row is None:
        return None
    return as_recorded(settings, *row)


def as_recorded(
    settings: Settings, edition_id: str, status: str, reasons: list[Mapping[str, str]]
) -> Release:
    """Return a recorded edition as what became of it, with the folder that its status gives it."""
    draft, final = folders(settings, edition_id)
    folder = {"proposed": draft, "published": final}.get(status)
    return Release(edition_id, status, folder, tuple(reasons), is_new=False)


def record(
    connection: Connection,
    request: EditionRequest,
    publication_id: int,
    status: str,
    reasons: tuple[Mapping[str, str], ...],
) -> None:
    """Enter an edition: ``draft`` while it is rendered, or ``held`` with the reasons."""
    connection.execute(
        """
        insert into ops.editions (
            edition_id, publication_id, status, reasons, cadence, period_start, period_end, as_of_at,
            overrides, corrections
        ) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            request.edition_id,
            publication_id,
            status,
            Jsonb([dict(reason) for reason in reasons]),
            request.cadence,
            request.period_start,
            request.period_end,
            request.as_of_at,
            Jsonb([override.as_dict() for override in request.overrides]),
            [correction.correction_id for correction in request.corrections],
        ),
    )


def propose(connection: Connection, edition_id: str, draft: Path) -> None:
    """Record that the edition is rendered and waits for an answer; committed by the caller."""
    connection.execute(
        """
        update ops.editions
        set status = 'proposed', manifest_sha256 = %s, recorded_at = clock_timestamp()
        where edition_id = %s
        """,
        (manifest_sha256(draft), edition_id),
    )


def finish(connection: Connection, edition_id: str, folder: Path) -> None:
    """Record that the edition is in place; committed by the caller."""
    connection.execute(
        """
        update ops.editions
        set status = 'published', folder = %s, manifest_sha256 = %s,
            recorded_at = clock_timestamp()
        where edition_id = %s
        """,
        (folder.name, manifest_sha256(folder), edition_id),
    )


def manifest_sha256(folder: Path) -> str:
    """Return the digest of an edition's manifest, which vouches for every other file."""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def newest_edition(settings: Settings, url: str) -> dict[str, Any]:
    """Return what is known of the newest edition, its folder and the entry page absolute; or nothing."""
    with connect(url, "owner") as connection:
        row: Any = connection.execute(
            """
            select edition_id, status, cadence, period_start, period_end, folder, reasons
            from ops.editions where status <> 'draft' order by recorded_at desc limit 1
            """
        ).fetchone()
    if row is None:
        return {}
    names = ("edition_id", "status", "cadence", "period_start", "period_end", "folder", "reasons")
    edition = dict(zip(names, row, strict=True))
    if edition["folder"]:
        edition["folder"] = str(editions_folder(settings) / edition["folder"])
    entry = editions_folder(settings) / LATEST / "index.html"
    edition["entry"] = str(entry) if entry.is_file() else None
    return edition
