"""An edition beside those before it: which they are, and what of them would be different today."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tiengvang.edition import records
from tiengvang.edition.brief import make_brief
from tiengvang.edition.data_files import csv_bytes, data_frames
from tiengvang.edition.facts import methods_of, read_facts
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.restated import HeldAgainst
from tiengvang.edition.restatement_reasons import read_since, reasons
from tiengvang.edition.restatements import Files, Row, compare, read_rows, with_reasons
from tiengvang.edition.verification import request_of
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection, connect

# The newest period first; an edition of an older period that was asked for by hand is none before it.
PUBLISHED = """
select editions.edition_id, editions.folder, editions.manifest_sha256, editions.cadence,
    editions.period_start, editions.period_end, editions.as_of_at, publications.build_id
from ops.editions
join ops.publications using (publication_id)
where editions.status = 'published' and editions.period_end <= %(period_end)s
    and editions.edition_id like %(focus)s || '-%%'
order by editions.period_end desc, editions.recorded_at desc
"""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A published edition as recorded, and the build that it shows."""

    edition_id: str
    folder: str
    manifest_sha256: str
    cadence: str
    period_start: date
    period_end: date
    as_of_at: datetime
    build_id: int


def hold_against(
    connection: Connection, settings: Settings, url: str, request: EditionRequest, build_id: int
) -> tuple[HeldAgainst, ...]:
    """Hold the editions before this one against the marts as they are now.

    They are the newest one and, for a weekly edition, the newest weekly one: what its readers read last.
    The caller keeps the marts from being published meanwhile.

    Args:
        connection: may read ``ops``.
        settings: gives the home with the editions' files.
        url: the owner's URL of the warehouse.
        request: the edition that is being made.
        build_id: the build of the newest publication, which this edition shows.
    """
    given = {"period_end": request.period_end, "focus": request.focus_iso3}
    rows: list[Any] = connection.execute(PUBLISHED, given).fetchall()
    root = records.editions_folder(settings)
    there = [one for row in rows if (root / (one := Earlier(*row)).folder).is_dir()]
    found = last_read(there, request.cadence)
    return tuple(_held(connection, url, root, one, request, build_id) for one in found)


def last_read(there: Sequence[Earlier], cadence: str) -> tuple[Earlier, ...]:
    """Return what readers of an edition read last: the newest one, and for a weekly one the newest weekly.

    Args:
        there: the editions before it, the newest first.
        cadence: the edition's own.
    """
    weekly = [one for one in there if one.cadence == "weekly"] if cadence == "weekly" else []
    return tuple({one.edition_id: one for one in (*there[:1], *weekly[:1])}.values())


def _held(
    connection: Connection,
    url: str,
    root: Path,
    one: Earlier,
    request: EditionRequest,
    build_id: int,
) -> HeldAgainst:
    held = HeldAgainst(one.edition_id, one.cadence, one.period_start, one.period_end, one.as_of_at)
    folder = root / one.folder
    payloads = _published_files(folder, one.manifest_sha256)
    if payloads is None:
        return replace(held, problem="altered")
    manifest = json.loads((folder / records.MANIFEST).read_bytes())
    try:
        asked = request_of(manifest)
    except (KeyError, TypeError):  # a manifest of a version that kept other things
        return replace(held, problem="too_old")
    with connect(url, "reader") as reader:
        facts = read_facts(reader, asked)
    brief = make_brief(facts, asked)
    today = {
        Path(name).stem: read_rows(csv_bytes(frame)) for name, frame in data_frames(brief).items()
    }
    rolling = () if brief.voice.window is None else tuple(map(str, brief.voice.window))
    found = compare(
        Files(payloads, tuple(manifest["windows"]["rolling"] or ()), one.period_end),
        Files(today, rolling, one.period_end),
    )
    versions = manifest["versions"]
    week = [date.fromisoformat(day) for day in manifest["windows"]["week"]]
    since = read_since(
        connection,
        (one.build_id, build_id),
        (one.as_of_at, request.as_of_at),
        (one.period_start, one.period_end - timedelta(days=1)),
        (week[0], week[1]),
        is_other_project=(versions["project_digest"], versions["code"])
        != (request.project_digest, request.code_version),
    )
    return replace(
        held,
        methods_before=tuple(versions["methods"]),
        methods=methods_of(facts),
        n_compared=found.n_compared,
        moved=found.moved,
        restatements=tuple(
            with_reasons(change, reasons(change, since)) for change in found.changes
        ),
    )


def _published_files(folder: Path, manifest_sha256: str) -> dict[str, list[Row]] | None:
    """Return the rows of an edition's CSV files, None where they are not those that were published."""
    try:
        if records.manifest_sha256(folder) != manifest_sha256:
            return None
        manifest = json.loads((folder / records.MANIFEST).read_bytes())
        found = {}
        for file in manifest["files"]:
            if not (file["path"].startswith("data/") and file["path"].endswith(".csv")):
                continue
            payload = (folder / file["path"]).read_bytes()
            if hashlib.sha256(payload).hexdigest() != file["sha256"]:
                return None
            found[Path(file["path"]).stem] = read_rows(payload)
    except OSError:
        return None
    return found
