"""From a publication of the marts to an edition: judged, rendered, moved into place, recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tiengvang import gate
from tiengvang.edition import approval, corrections, overrides, records, restatement_store
from tiengvang.edition.facts import EditionFacts, read_facts
from tiengvang.edition.held_against import hold_against
from tiengvang.edition.plan import Plan, awaited_slots, expected_slots, make_plan
from tiengvang.edition.records import Release
from tiengvang.edition.render import render_edition
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.summary import by_the_clock, summary
from tiengvang.errors import BuildFailed, GateFailed
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection, connect
from tiengvang.warehouse.world import World, read_world
from tiengvang.windows import Window


def publish_edition(settings: Settings, url: str, window: Window | None = None) -> Release:
    """Render the newest publication as an edition, unless the third door refuses.

    The period is the last seven whole UTC days, or the days of a window given by hand. The same
    publication and period give the same edition: asking twice changes nothing, until an override covers
    what a held one failed. Where a person is asked (``TIENGVANG_APPROVAL_HOURS``), the rendered edition is
    proposed and waits, see ``approval``.

    Raises:
        BuildFailed: nothing was published yet.
    """
    with connect(url, "publisher") as connection:
        connection.execute("select pg_advisory_lock(hashtext('tiengvang.edition'))")
        # no publication until this edition is recorded: all that it shows is of one
        connection.execute("select pg_advisory_lock_shared(hashtext('tiengvang.publication'))")
        records.sweep(connection, settings)
        connection.commit()
        publication = records.newest_publication(connection)
        plan = make_plan(connection, settings, window)
        before = records.recorded(connection, settings, publication["publication_id"], plan)
        given = overrides.in_force(connection)
        if before is not None and not _is_outdated(connection, settings, before, given):
            return before
        approval.supersede(connection, settings)
        world = read_world(connection)
        if world is None:
            raise BuildFailed("the warehouse is empty: run ingest_gdelt first")
        request = _request(connection, plan, world, publication)
        facts = _facts(url, request)
        report = _judge(connection, settings, plan, facts, request)
        applied = overrides.covering(given, report.failed_critical)
        if applied is None or not report.results:
            return _hold(connection, request, publication["publication_id"], report)
        build = gate.recorded(connection, "marts", f"build {publication['build_id']}")
        final = replace(
            request,
            gate_results=[*map(_without_figures, build), *report.results],
            overrides=applied,
            held_against=hold_against(connection, settings, url, request, publication["build_id"]),
            corrections=corrections.in_force(connection),
        )
        records.record(connection, final, publication["publication_id"], "draft", ())
        restatement_store.write(connection, final)
        connection.commit()
        draft, folder = _render(settings, facts, final)
        if settings.approval_hours:
            records.propose(connection, final.edition_id, draft)
            return Release(final.edition_id, "proposed", draft, (), is_new=True)
        draft.rename(folder)
        records.finish(connection, final.edition_id, folder)
        return Release(final.edition_id, "published", folder, (), is_new=True)


def require_published(release: Release) -> None:
    """Stop here unless the edition is published, or proposed to somebody who will be asked.

    Raises:
        GateFailed: it is held; the message says why.
    """
    if release.status == "held":
        why = "; ".join(reason["en"] for reason in release.reasons)
        raise GateFailed(f"edition {release.edition_id} is held: {why}")


def _is_outdated(
    connection: Connection,
    settings: Settings,
    release: Release,
    given: Sequence[overrides.Override],
) -> bool:
    """Say whether an edition is made anew: a held one failed only what an override in force names.

    A proposal of a time when somebody was asked answers for nothing once nobody is.
    """
    if release.status == "proposed":
        return not settings.approval_hours
    if release.status != "held":
        return False
    results = gate.recorded(connection, "edition", f"edition {release.edition_id}")
    failed = [r for r in results if r.severity == "critical" and not r.is_success]
    return bool(overrides.covering(given, failed))


def _request(
    connection: Connection, plan: Plan, world: World, publication: Mapping[str, Any]
) -> EditionRequest:
    stem = f"{plan.focus_iso3}-{plan.end:%Y-%m-%d}-{plan.cadence}"
    row: Any = connection.execute(
        "select count(*) from ops.editions where edition_id ~ ('^' || %s || '-[0-9]+$')", (stem,)
    ).fetchone()
    due = expected_slots(connection, world, plan)
    return EditionRequest(
        edition_id=f"{stem}-{row[0] + 1}",
        cadence=plan.cadence,
        period_start=plan.start,
        period_end=plan.end,
        focus_iso3=plan.focus_iso3,
        world_name=world.name,
        is_synthetic=world.is_synthetic,
        as_of_at=plan.as_of_at,
        today=plan.today,
        code_version=version("tiengvang"),
        project_digest=publication["project_digest"],
        slots_due=len(due),
        newest_due_at=due[-1] if due else None,
    )


def _facts(url: str, request: EditionRequest) -> EditionFacts:
    with connect(url, "reader") as reader:
        return read_facts(reader, request)


def _judge(
    connection: Connection,
    settings: Settings,
    plan: Plan,
    facts: EditionFacts,
    request: EditionRequest,
) -> gate.GateReport:
    numbers = by_the_clock(summary(facts), facts, request)
    numbers["slots_awaited"] = awaited_slots(connection, plan)
    report = gate.judge_edition(request.edition_id, numbers)
    gate.record(connection, "edition", report.subject, report)
    gate.write_data_docs([report], settings.home / "data_docs" / "edition")
    return report


def _without_figures(result: gate.GateResult) -> gate.GateResult:
    """Leave out what door two observed of what held: it depends on how much its build rebuilt.

    So the same marts give the same edition.
    """
    return replace(result, observed=None) if result.is_success else result


def _render(settings: Settings, facts: EditionFacts, request: EditionRequest) -> tuple[Path, Path]:
    """Render beside the final place, to which one rename moves the finished folder; return both."""
    draft, final = records.folders(settings, request.edition_id)
    draft.mkdir(parents=True)
    render_edition(facts, request, draft)
    return draft, final


def _hold(
    connection: Connection, request: EditionRequest, publication_id: int, report: gate.GateReport
) -> Release:
    reasons = tuple(
        {"en": result.sentence_en, "vi": result.sentence_vi, "observed": str(result.observed)}
        for result in report.failed_critical
    )
    records.record(connection, request, publication_id, "held", reasons)
    return Release(request.edition_id, "held", None, reasons, is_new=True)
