"""Restatements and corrections on a warehouse: found by the ledger, kept, printed, made again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from harness import Warehouse, build, ingest, reading

from tiengvang import jobs
from tiengvang.cli import main
from tiengvang.edition.held_against import hold_against
from tiengvang.edition.records import manifest_sha256
from tiengvang.edition.restated import HeldAgainst
from tiengvang.edition.verification import describe, request_of, verify
from tiengvang.local.world.build import World
from tiengvang.settings import get_settings
from tiengvang.warehouse.connection import connect
from tiengvang.windows import DAY, Window, floor_slot

NEXT_BUILD = """
    with new as (
        insert into ops.builds (as_of_at, project_digest, status)
        select as_of_at, project_digest, 'published' from ops.builds order by build_id desc limit 1
        returning build_id, as_of_at, project_digest
    )
    insert into ops.publications (build_id, as_of_at, project_digest, rows_deleted, rows_inserted)
    select build_id, as_of_at, project_digest, 0, 0 from new returning build_id
"""
ARRIVED = """
    with load as (
        insert into ops.loads (source, run_id, window_start, window_end, status)
        values (%(source)s, 'test', %(day)s::date, %(day)s::date + 1, 'passed') returning load_id
    ), file as (
        insert into ops.source_files (source, table_name, file_name, slot_at, status, load_id)
        select %(source)s, 'gkg', 'late-' || load_id, %(day)s::date + interval '1 hour', 'loaded', load_id
        from load
    )
    insert into ops.changed_days (source, day, load_id, build_id, is_done)
    select %(source)s, %(day)s::date, load_id, %(build_id)s, true from load
"""


@pytest.fixture(scope="module")
def published(new_warehouse: Callable[[str], Warehouse], small_world: World) -> Iterator[Warehouse]:
    """A warehouse with one edition, which is active."""
    warehouse = new_warehouse("restated")
    instant = small_world.instants[1]
    with reading(warehouse, small_world.folder, instant):
        ingest("gdelt", Window(small_world.spec.window.start, floor_slot(instant)))
        ingest("worldbank")
        ingest("tranco")
        build()
        jobs.publish_edition(None)
    with warehouse.active():
        yield warehouse


def run(warehouse: Warehouse, statement: str, values: Any = None) -> Any:
    with psycopg.connect(warehouse.url) as connection:
        cursor = connection.execute(statement.encode(), values)
        return cursor.fetchone()[0] if cursor.description else None  # type: ignore[index]


@contextmanager
def changed(warehouse: Warehouse, *statements: str) -> Iterator[None]:
    """Change marts and ledger for a while; what is changed is put back from copies."""
    tables = ("ops.builds", "ops.publications", "ops.loads", "ops.source_files", "ops.changed_days")
    marts = ("marts.mart_coverage_day", "marts.mart_outcome_year")
    keep = {name: f"public.kept_{number}" for number, name in enumerate(marts)}
    for name, copy in keep.items():
        run(warehouse, f"create table {copy} as table {name}")
    numbers = {
        name: run(warehouse, f"select coalesce(max({key}), 0) from {name}")
        for name, key in zip(tables[:3], ("build_id", "publication_id", "load_id"), strict=True)
    }
    try:
        for statement in statements:
            run(warehouse, statement)
        yield
    finally:
        for name, copy in keep.items():
            run(warehouse, f"truncate {name}")
            run(warehouse, f"insert into {name} select * from {copy}")
            run(warehouse, f"drop table {copy}")
        newest = numbers["ops.loads"]
        run(warehouse, f"delete from ops.changed_days where load_id > {newest}")
        run(warehouse, f"delete from ops.source_files where load_id > {newest}")
        run(warehouse, f"delete from ops.loads where load_id > {newest}")
        run(
            warehouse,
            f"delete from ops.publications where publication_id > {numbers['ops.publications']}",
        )
        run(warehouse, f"delete from ops.builds where build_id > {numbers['ops.builds']}")


def arrived(warehouse: Warehouse, source: str, day: str) -> int:
    """Leave what a load and the build after it leave in the records."""
    build_id = int(run(warehouse, NEXT_BUILD))
    run(warehouse, ARRIVED, {"source": source, "day": day, "build_id": build_id})
    return build_id


def newest_manifest(warehouse: Warehouse) -> dict[str, Any]:
    (edition_id,) = warehouse.query(
        "select edition_id from ops.editions where status = 'published' order by recorded_at desc limit 1"
    )[0]
    folder = warehouse.home / "editions" / edition_id
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    return manifest


def held(warehouse: Warehouse, build_id: int = 1, **changes: Any) -> HeldAgainst:
    """What an edition made now would say of the one that is there."""
    request = replace(request_of(newest_manifest(warehouse)), edition_id="next", **changes)
    with connect(warehouse.url, "publisher") as connection:
        (one,) = hold_against(connection, get_settings(), warehouse.url, request, build_id)
    return one


def last_day(warehouse: Warehouse) -> str:
    return str(newest_manifest(warehouse)["windows"]["week"][1])


def more_documents(day: str) -> str:
    return (
        "update marts.mart_coverage_day set n_documents = n_documents + 7 "
        f"where country_code_iso3 = 'VNM' and coverage_date = '{day}' "
        "and source_country_code_iso3 = 'JPN'"
    )


MORE_MONEY = (
    "update marts.mart_outcome_year set gdp_usd = gdp_usd * 2 where country_code_iso3 = 'VNM' "
    "and outcome_year = (select max(outcome_year) from marts.mart_outcome_year where gdp_usd is not null)"
)


def test_the_first_edition_has_none_before_it(published: Warehouse) -> None:
    manifest = newest_manifest(published)
    assert manifest["held_against"] == []
    page = published.home / "editions" / manifest["edition_id"] / "en" / "index.html"
    assert "There is no earlier edition to compare with." in page.read_text(encoding="utf-8")


def test_where_nothing_changed_nothing_is_restated(published: Warehouse) -> None:
    found = held(published)
    assert found.problem is None
    assert found.n_compared > 500
    assert found.restatements == ()


def test_a_late_slot_is_the_reason(published: Warehouse) -> None:
    day = last_day(published)
    with changed(published, more_documents(day)):
        found = held(published, arrived(published, "gdelt", day))
    daily = [one for one in found.restatements if one.file == "coverage_daily"]
    assert [(one.row_key, one.column, one.difference) for one in daily] == [
        (day, "n_documents", 7.0)
    ]
    assert {one.reasons for one in daily} == {("late_slots",)}


def test_a_newer_release_is_the_reason(published: Warehouse) -> None:
    with changed(published, MORE_MONEY):
        found = held(published, arrived(published, "worldbank", "2026-07-01"))
    outcomes = [one for one in found.restatements if one.file == "outcomes"]
    assert "gdp_usd" in {one.column for one in outcomes}
    assert {one.reasons for one in outcomes} == {("revised_worldbank",)}


def test_another_method_and_another_project_are_reasons(published: Warehouse) -> None:
    day = last_day(published)
    method = "update marts.mart_coverage_day set method_version = '99'"
    with changed(published, more_documents(day), method):
        found = held(published, project_digest="another")
    assert "99" in found.methods
    assert "99" not in found.methods_before
    assert {one.reasons for one in found.restatements} == {("project",)}, "its file has no version"


def test_what_nothing_explains_is_said_to_be_unknown(published: Warehouse) -> None:
    with changed(published, more_documents(last_day(published))):
        found = held(published)
    assert found.restatements
    assert {one.reasons for one in found.restatements} == {("unknown",)}


def test_an_edition_whose_files_were_changed_is_not_compared(published: Warehouse) -> None:
    folder = published.home / "editions" / newest_manifest(published)["edition_id"]
    path = folder / "data" / "reach.csv"
    before = path.read_bytes()
    path.write_bytes(before + b"x")
    try:
        assert held(published).problem == "altered"
        listed = CliRunner().invoke(main, ["edition", "list"])
        assert "  altered  " in listed.output
    finally:
        path.write_bytes(before)


def test_an_edition_of_a_version_that_kept_less_is_not_compared(published: Warehouse) -> None:
    manifest = newest_manifest(published)
    path = published.home / "editions" / manifest["edition_id"] / "manifest.json"
    before = path.read_bytes()
    asked = request_of(manifest)
    update = "update ops.editions set manifest_sha256 = %s"
    try:
        path.write_text(
            json.dumps({name: manifest[name] for name in manifest if name != "request"})
        )
        run(published, update, (manifest_sha256(path.parent),))
        request = replace(asked, edition_id="next")
        with connect(published.url, "publisher") as connection:
            (one,) = hold_against(connection, get_settings(), published.url, request, 1)
        assert one.problem == "too_old"
        assert one.restatements == ()
    finally:
        path.write_bytes(before)
        run(published, update, (manifest_sha256(path.parent),))


def correct(edition_id: str, **options: str) -> Any:
    given = {
        "--office": "Press desk",
        "--wrong": "Stories of Japan were printed as <b>40</b>; there were 4.",
        "--wrong-vi": "Số tin của Nhật Bản in là 40; đúng là 4.",
        "--reason": "A list of outlets was read twice.",
    } | {f"--{name}": value for name, value in options.items()}
    parts = [part for pair in given.items() for part in pair]
    return CliRunner().invoke(main, ["edition", "correct", edition_id, *parts])


def test_a_correction_of_no_edition_is_refused(published: Warehouse) -> None:
    result = correct("VNM-1999-01-01-daily-1")
    assert result.exit_code == 1
    assert "there is no published edition VNM-1999-01-01-daily-1" in result.output
    assert published.query("select count(*) from ops.corrections") == [(0,)]


def test_a_restated_edition_is_kept_printed_and_made_again(published: Warehouse) -> None:
    """The whole way: a number moves, an office corrects another; a later edition prints both."""
    first = newest_manifest(published)["edition_id"]
    day = last_day(published)
    assert correct(first).exit_code == 0
    latest = published.home / "editions" / "latest"
    for language, words in (("en", "&lt;b&gt;40&lt;/b&gt;; there were 4."), ("vi", "đúng là 4.")):
        assert words in (latest / language / "index.html").read_text(encoding="utf-8")
        listed = (latest / language / "editions.html").read_text(encoding="utf-8")
        assert f'href="../../{first}/{language}/index.html"' in listed
        assert {"en": "corrected", "vi": "đã đính chính"}[language] in listed
    run(published, more_documents(day))
    arrived(published, "gdelt", day)
    release = jobs.publish_edition(None)
    assert release["status"] == "published"
    manifest = newest_manifest(published)
    assert manifest["edition_id"] != first
    assert [one["edition_id"] for one in manifest["held_against"]] == [first]
    kept = published.query(
        "select found_by, edition_id, column_name, reasons from ops.restatements "
        "where file_name = 'coverage_daily'"
    )
    assert kept == [(manifest["edition_id"], first, "n_documents", ["late_slots"])]
    assert [one["edition_id"] for one in manifest["corrections"]] == [first]
    folder = published.home / "editions" / manifest["edition_id"]
    vietnamese = (folder / "vi" / "index.html").read_text(encoding="utf-8")
    assert "khung 15 phút đến muộn" in vietnamese
    assert "đúng là 4." in vietnamese
    again = verify(get_settings(), published.url, manifest["edition_id"])
    assert again.is_equal, list(describe(again))


def test_a_correction_is_printed_for_28_days_and_until_an_edition_has_printed_it(
    published: Warehouse,
) -> None:
    from tiengvang.edition.corrections import in_force

    def numbers() -> list[int]:
        with connect(published.url, "publisher") as connection:
            return [one.correction_id for one in in_force(connection)]

    ((instant,),) = published.query("select declared_as_of from ops.world")
    (first,) = numbers()
    try:
        run(published, "update ops.world set declared_as_of = %s", (instant + 28 * DAY,))
        assert numbers() == [], "it was printed"
        run(published, "update ops.editions set corrections = '{}'")
        assert numbers() == [first], "no edition has printed it yet"
        run(published, "update ops.world set declared_as_of = %s", (instant - DAY,))
        assert numbers() == [], "it was not given yet"
    finally:
        run(published, "update ops.world set declared_as_of = %s", (instant,))


def test_past_editions_are_listed_and_opened(published: Warehouse) -> None:
    newest = newest_manifest(published)["edition_id"]
    listed = CliRunner().invoke(main, ["edition", "list"])
    assert listed.exit_code == 0, listed.output
    lines = [line for line in listed.output.splitlines() if not line.startswith(" ")]
    assert len(lines) == 2
    assert lines[0].startswith(f"{newest}  published  unaltered  ")
    assert "corrected" in lines[1]
    assert "corrected" not in lines[0]
    plain = json.loads(
        CliRunner().invoke(main, ["edition", "list", "--json", "--limit", "1"]).output
    )
    assert [one["edition_id"] for one in plain] == [newest]
    opened = CliRunner().invoke(main, ["edition", "open", newest, "--print", "--language", "vi"])
    assert Path(opened.output.strip()) == (
        published.home / "editions" / newest / "vi" / "index.html"
    )
    missing = CliRunner().invoke(main, ["edition", "open", "VNM-1999-01-01-daily-1", "--print"])
    assert missing.exit_code == 1
    assert "there is no published edition" in missing.output


def withdraw(number: int, office: str = "Statistics desk") -> Any:
    given = ("--office", office, "--reason", "The list was read <b>once</b>.")
    return CliRunner().invoke(main, ["edition", "withdraw", str(number), *given])


def test_a_correction_is_withdrawn_and_the_next_edition_says_so(published: Warehouse) -> None:
    ((number, first),) = published.query("select correction_id, edition_id from ops.corrections")
    assert "number of a correction that stands: 1 (of VNM-" in withdraw(99).output
    assert "--office" in withdraw(number, "a.person@example.org").output
    assert published.query("select count(*) from ops.corrections") == [(1,)]
    result = withdraw(number)
    assert result.exit_code == 0, result.output
    latest = published.home / "editions" / "latest"
    for language, stated, withdrawn in (
        ("en", "A published figure was wrong", "was a mistake and no longer holds"),
        ("vi", "Có số liệu công bố sai", "là nhầm lẫn, nay không còn hiệu lực"),
    ):
        page = (latest / language / "index.html").read_text(encoding="utf-8")
        assert stated not in page
        assert withdrawn in page
        assert "&lt;b&gt;once&lt;/b&gt;" in page
        listed = (latest / language / "editions.html").read_text(encoding="utf-8")
        assert {"en": "corrected", "vi": "đã đính chính"}[language] not in listed
    assert "corrected" not in CliRunner().invoke(main, ["edition", "list"]).output
    arrived(published, "gdelt", last_day(published))
    assert jobs.publish_edition(None)["status"] == "published"
    manifest = newest_manifest(published)
    assert [one["withdraws"] for one in manifest["corrections"]] == [number]
    folder = published.home / "editions" / manifest["edition_id"]
    vietnamese = (folder / "vi" / "index.html").read_text(encoding="utf-8")
    assert "Statistics desk" in vietnamese
    assert "Press desk" not in vietnamese
    kept = published.query("select edition_id, office, withdraws from ops.corrections order by 3")
    assert kept == [(first, "Statistics desk", number), (first, "Press desk", None)]
    for taken_back in (number, number + 1):
        again = withdraw(taken_back)
        assert again.exit_code == 1
        assert "a correction that stands: none" in again.output


def test_only_the_owner_corrects_and_the_publisher_keeps_what_it_found(
    published: Warehouse,
) -> None:
    statement = (
        "insert into ops.corrections (edition_id, office, wrong_en, wrong_vi, reason, given_at) "
        "select edition_id, 'x', 'y', 'y', 'z', ops.as_of() from ops.editions limit 1"
    )
    for role in ("loader", "builder", "publisher"):
        with (
            connect(published.url, role) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)
    for statement in ("update ops.restatements set today = '1'", "delete from ops.restatements"):
        with (
            connect(published.url, "publisher") as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)
