"""Recompute a published edition from its receipts, and say what would be different today.

An edition's bytes follow from its request and from the rows of its queries. So it is made again, from the
public marts as they are now, and held against what was published: file by file, receipt by receipt, cell by
cell. Equal bytes mean that every number is equal; what a newer library writes otherwise, and says the same,
is no difference (``derived``).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tiengvang.edition import records
from tiengvang.edition.corrections import correction_of
from tiengvang.edition.data_package import key_columns
from tiengvang.edition.derived import says_the_same
from tiengvang.edition.facts import read_facts
from tiengvang.edition.figure_checks import FigureCheck, check_figures
from tiengvang.edition.overrides import Override
from tiengvang.edition.receipts import FOLDER
from tiengvang.edition.render import render_edition
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.restatement_store import read_back
from tiengvang.errors import TiengVangError
from tiengvang.gate_report import GateResult
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import connect
from tiengvang.windows import parse_instant

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Restated:
    """One cell that would be different today; a row that is only in one of both has None in the other."""

    file: str
    row: str
    column: str
    published: str | None
    today: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of an edition.

    ``altered`` are files that are not those that were published. ``receipts`` says of each query whether it
    still gives the rows that it gave. ``restated`` lists the cells of the data files that would be different,
    ``changed_files`` every file that would be. ``figures`` says of each printed figure whether its own query
    still gives it.
    """

    edition_id: str
    altered: tuple[str, ...]
    receipts: dict[str, bool]
    changed_files: tuple[str, ...]
    restated: tuple[Restated, ...]
    figures: FigureCheck

    @property
    def is_equal(self) -> bool:
        """Whether nothing was altered and every number is what it was."""
        return not self.altered and not self.changed_files and self.figures.is_equal


def verify(settings: Settings, url: str, edition_id: str) -> Verification:
    """Make a published edition again and compare.

    Raises:
        TiengVangError: there is no such published edition, or it was made by a version without receipts.
    """
    _, folder = records.folders(settings, edition_id)
    with connect(url, "owner") as connection:
        row: Any = connection.execute(
            "select manifest_sha256 from ops.editions where edition_id = %s and status = 'published'",
            (edition_id,),
        ).fetchone()
        is_there = row is not None and (folder / records.MANIFEST).is_file()
        manifest = json.loads((folder / records.MANIFEST).read_bytes()) if is_there else {}
        held_against = read_back(connection, edition_id, manifest)
    if not is_there:
        raise TiengVangError(f"there is no published edition {edition_id}")
    altered = tuple(_altered(folder, manifest, row[0]))
    if "request" not in manifest:
        raise TiengVangError(f"edition {edition_id} was made by a version without receipts")
    request = replace(request_of(manifest), held_against=held_against)
    with connect(url, "reader") as reader:
        facts = read_facts(reader, request)
        figures = check_figures(reader, folder, altered)
    with tempfile.TemporaryDirectory() as name:
        again = Path(name) / edition_id
        remade = render_edition(facts, request, again)
        digests = {file["path"]: file["sha256"] for file in remade["files"]}
        before = {file["path"]: file["sha256"] for file in manifest["files"]}
        changed = sorted(
            path
            for path in before.keys() | digests.keys()
            if before.get(path) != digests.get(path) and not says_the_same(path, folder, again)
        )
        return Verification(
            edition_id,
            altered,
            dict(_receipts(folder, again)),
            tuple(changed),
            tuple(
                cell
                for path in changed
                if path.endswith(".csv") and (folder / path).is_file() and (again / path).is_file()
                for cell in differences(path, (folder / path).read_text("utf-8-sig"),
                                        (again / path).read_text("utf-8-sig"))
            ),
            figures,
        )  # fmt: skip


def describe(found: Verification) -> Iterator[str]:
    """Yield what a console says of a verification, a line each."""
    same, figures = sum(found.receipts.values()), found.figures
    yield f"edition {found.edition_id}: " + (
        f"equal, {same} receipts give the rows that were published, every file is the same"
        if found.is_equal
        else f"{same} of {len(found.receipts)} receipts give the rows that were published"
    )
    different, gone = len(figures.different), len(figures.gone)
    yield f"  {figures.n_equal} figures are equal, {different} different, {gone} gone"
    for one in (*figures.different, *figures.gone)[:SHOWN]:
        yield f"  {one.id}: printed {one.printed}, published {one.published}, today {one.today}"
    yield from (f"  altered since it was published: {path}" for path in found.altered)
    yield from (
        f"  other rows today: {name}" for name, is_same in found.receipts.items() if not is_same
    )
    for cell in found.restated[:SHOWN]:
        yield f"  {cell.file} {cell.row} {cell.column}: published {cell.published}, today {cell.today}"
    if len(found.restated) > SHOWN:
        yield f"  and {len(found.restated) - SHOWN} more cells (--json lists all)"


def request_of(manifest: dict[str, Any]) -> EditionRequest:
    """Return the request that a manifest's edition was made from, without what it was held against."""
    start, end = (date.fromisoformat(day) for day in manifest["windows"]["period"])
    newest_due = manifest["request"].get("newest_due_at")
    return EditionRequest(
        edition_id=manifest["edition_id"],
        cadence=manifest["cadence"],
        period_start=start,
        period_end=end,
        focus_iso3=manifest["focus_country_code_iso3"],
        world_name=manifest["world"]["name"],
        is_synthetic=manifest["world"]["is_synthetic"],
        as_of_at=parse_instant(manifest["as_of_at"]),
        today=date.fromisoformat(manifest["request"]["today"]),
        code_version=manifest["versions"]["code"],
        project_digest=manifest["versions"]["project_digest"],
        slots_due=manifest["request"].get("slots_due", 0),
        newest_due_at=parse_instant(newest_due) if newest_due else None,
        gate_results=[GateResult(**result) for result in manifest["gate_results"]],
        overrides=tuple(_override(given) for given in manifest["overrides"]),
        corrections=tuple(map(correction_of, manifest.get("corrections", ()))),
    )


def differences(path: str, published: str, today: str) -> Iterator[Restated]:
    """Yield the cells that differ between two CSV files of the same columns; rows meet by their key.

    A row's key is that of the file's mart; rows of a file without one meet in their order.
    """
    before, after = (_keyed(Path(path).stem, text) for text in (published, today))
    for key in sorted(before.keys() | after.keys()):
        if key not in after or key not in before:
            was, now = ("row", None) if key in before else (None, "row")
            yield Restated(path, key, "", was, now)
            continue
        for column, was in before[key].items():
            now = after[key].get(column)
            if now != was:
                yield Restated(path, key, column, was, now)


def _keyed(file: str, text: str) -> dict[str, dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = key_columns(file, reader.fieldnames or ())
    return {
        " | ".join(row[name] for name in names) or f"row {number}": row
        for number, row in enumerate(reader, start=1)
    }


def _altered(folder: Path, manifest: dict[str, Any], recorded: str) -> Iterator[str]:
    if records.manifest_sha256(folder) != recorded:
        yield records.MANIFEST
    for file in manifest["files"]:
        path = folder / file["path"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
            yield file["path"]


def _receipts(folder: Path, again: Path) -> Iterator[tuple[str, bool]]:
    for path in sorted((folder / FOLDER).glob("*.json")):
        was, now = (
            json.loads((root / FOLDER / path.name).read_bytes()) for root in (folder, again)
        )
        yield path.stem, was["rows_sha256"] == now["rows_sha256"]


def _override(given: dict[str, Any]) -> Override:
    instants: dict[str, datetime] = {
        name: parse_instant(given[name]) for name in ("given_at", "expires_at")
    }
    return Override(**{**given, "rules": tuple(given["rules"]), **instants})
