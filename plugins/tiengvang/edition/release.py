"""From a publication of the marts to an edition: judged, rendered, moved into place, recorded."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from psycopg.types.json import Jsonb

from tiengvang import gate
from tiengvang.edition.facts import EditionFacts, read_facts
from tiengvang.edition.render import render_edition
from tiengvang.edition.request import Cadence, EditionRequest
from tiengvang.edition.summary import summary
from tiengvang.errors import BuildFailed, GateFailed
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection, connect
from tiengvang.warehouse.world import as_of, read_world
from tiengvang.watchlist import watchlist_on
from tiengvang.windows import DAY, Window

PERIOD_DAYS = 7
MONDAY = 0


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


def publish_edition(settings: Settings, url: str, window: Window | None = None) -> Release:
    """Render the newest publication as an edition, unless the third door refuses.

    The period is the last seven whole UTC days, or the days of a window given by hand. The same
    publication and period give the same edition: asking twice changes nothing.

    Raises:
        BuildFailed: nothing was published yet.
    """
    with connect(url, "publisher") as connection:
        connection.execute("select pg_advisory_xact_lock(hashtext('tiengvang.edition'))")
        # no publication until this edition is recorded: all that it shows is of one
        connection.execute("select pg_advisory_xact_lock_shared(hashtext('tiengvang.publication'))")
        sweep(connection, settings)
        publication = _newest_publication(connection)
        plan = _plan(connection, settings, publication, window)
        held = _recorded(connection, settings, publication["publication_id"], plan)
        if held is not None:
            return held
        request = _request(connection, plan, publication)
        facts = _facts(url, request)
        report = gate.judge_edition(request.edition_id, summary(facts))
        gate.record(connection, "edition", report.subject, report)
        gate.write_data_docs([report], settings.home / "data_docs" / "edition")
        if not report.passed:
            return _hold(connection, request, publication["publication_id"], report)
        final = _with_results(connection, request, publication["build_id"], report)
        folder = _render(settings, facts, final)
        _record(connection, final, publication["publication_id"], "published", (), folder)
        return Release(final.edition_id, "published", folder, (), is_new=True)


def require_published(release: Release) -> None:
    """Stop here unless the edition is published.

    Raises:
        GateFailed: it is held; the message says why.
    """
    if release.status != "published":
        why = "; ".join(reason["en"] for reason in release.reasons)
        raise GateFailed(f"edition {release.edition_id} is held: {why}")


def sweep(connection: Connection, settings: Settings) -> list[str]:
    """Remove folders that no edition's row names: what a killed run left. Return their names."""
    folder = editions_folder(settings)
    if not folder.exists():
        return []
    rows: list[Any] = connection.execute(
        "select edition_id from ops.editions where status = 'published'"
    ).fetchall()
    known = {row[0] for row in rows}
    swept = [path for path in folder.iterdir() if path.is_dir() and path.name not in known]
    for path in swept:
        shutil.rmtree(path)
    return sorted(path.name for path in swept)


@dataclass(frozen=True, slots=True)
class _Plan:
    focus_iso3: str
    cadence: Cadence
    start: date
    end: date
    as_of_at: datetime


def _newest_publication(connection: Connection) -> dict[str, Any]:
    row: Any = connection.execute(
        """
        select publication_id, build_id, project_digest from ops.publications
        order by publication_id desc limit 1
        """
    ).fetchone()
    if row is None:
        raise BuildFailed("nothing was published yet: run build_warehouse first")
    return dict(zip(("publication_id", "build_id", "project_digest"), row, strict=True))


def _plan(
    connection: Connection,
    settings: Settings,
    publication: Mapping[str, Any],
    window: Window | None,
) -> _Plan:
    instant = as_of(connection)
    local = instant.astimezone(ZoneInfo(settings.edition_time_zone))
    if window is None:
        end = instant.date()
        start = end - timedelta(days=PERIOD_DAYS)
    else:
        days = list(window.dates())
        start, end = days[0], days[-1] + DAY
    return _Plan(
        focus_iso3=watchlist_on(end - DAY).focus_iso3,
        cadence="weekly" if local.weekday() == MONDAY else "daily",
        start=start,
        end=end,
        as_of_at=instant,
    )


def _recorded(
    connection: Connection, settings: Settings, publication_id: int, plan: _Plan
) -> Release | None:
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
    folder = editions_folder(settings) / row[0] if row[1] == "published" else None
    return Release(row[0], row[1], folder, tuple(row[2]), is_new=False)


def _request(connection: Connection, plan: _Plan, publication: Mapping[str, Any]) -> EditionRequest:
    world = read_world(connection)
    if world is None:
        raise BuildFailed("the warehouse is empty: run ingest_gdelt first")
    stem = f"{plan.focus_iso3}-{plan.end:%Y-%m-%d}-{plan.cadence}"
    row: Any = connection.execute(
        "select count(*) from ops.editions where edition_id ~ ('^' || %s || '-[0-9]+$')", (stem,)
    ).fetchone()
    return EditionRequest(
        edition_id=f"{stem}-{row[0] + 1}",
        cadence=plan.cadence,
        period_start=plan.start,
        period_end=plan.end,
        focus_iso3=plan.focus_iso3,
        world_name=world.name,
        is_synthetic=world.is_synthetic,
        as_of_at=plan.as_of_at,
        code_version=version("tiengvang"),
        project_digest=publication["project_digest"],
    )


def _facts(url: str, request: EditionRequest) -> EditionFacts:
    with connect(url, "reader") as reader:
        return read_facts(reader, request)


def _with_results(
    connection: Connection, request: EditionRequest, build_id: int, report: gate.GateReport
) -> EditionRequest:
    """Add what the second and third door judged; door one judged loads, which an edition has not.

    What door two observed depends on how much its build rebuilt; that a rule held does not. So that
    the same marts give the same edition, figures are kept of failures only.
    """
    columns = (
        "door, suite, expectation, column_name, severity, is_success, observed, sentence_en, "
        "sentence_vi"
    )
    rows: list[Any] = connection.execute(
        f"select {columns} from ops.gate_results where door = 'marts' and subject = %s",  # noqa: S608
        (f"build {build_id}",),
    ).fetchall()
    names = columns.split(", ")
    marts = [dict(zip(names, row, strict=True)) for row in rows]
    for result in marts:
        if result["is_success"]:
            result["observed"] = None
    return replace(request, gate_results=[*marts, *(r.as_dict() for r in report.results)])


def _render(settings: Settings, facts: EditionFacts, request: EditionRequest) -> Path:
    """Render beside the final place and move the finished folder there by one rename."""
    root = editions_folder(settings)
    draft, final = root / f"{request.edition_id}.draft", root / request.edition_id
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    render_edition(facts, request, draft)
    draft.rename(final)
    return final


def _hold(
    connection: Connection, request: EditionRequest, publication_id: int, report: gate.GateReport
) -> Release:
    reasons = tuple(
        {"en": result.sentence_en, "vi": result.sentence_vi, "observed": str(result.observed)}
        for result in report.failed_critical
    )
    _record(connection, request, publication_id, "held", reasons, None)
    return Release(request.edition_id, "held", None, reasons, is_new=True)


def _record(
    connection: Connection,
    request: EditionRequest,
    publication_id: int,
    status: str,
    reasons: tuple[Mapping[str, str], ...],
    folder: Path | None,
) -> None:
    manifest = None
    if folder is not None:
        manifest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    connection.execute(
        """
        insert into ops.editions (
            edition_id, publication_id, status, reasons, cadence, period_start, period_end,
            as_of_at, folder, manifest_sha256
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
            None if folder is None else folder.name,
            manifest,
        ),
    )
