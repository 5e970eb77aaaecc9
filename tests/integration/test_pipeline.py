"""The whole way from an upstream to an edition, against what was planted."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from benchmarks.questions import queries
from edition_figures import names_of, unmarked
from harness import Warehouse, build, ingest, reading
from package_reader import Package
from statsmodels.stats.proportion import proportion_confint

from tiengvang import jobs
from tiengvang.audit.loading import load_answers
from tiengvang.edition.facts import read_facts
from tiengvang.edition.figure_checks import check_figures
from tiengvang.edition.verification import describe, request_of, verify
from tiengvang.errors import TiengVangError
from tiengvang.local.logins import reader_url
from tiengvang.local.world.build import World
from tiengvang.settings import REPOSITORY, get_settings
from tiengvang.warehouse.connection import connect
from tiengvang.windows import Window, floor_slot

QUESTIONS = sorted((REPOSITORY / "docs" / "questions").glob("*.sql"))
OUTCOME_COLUMNS = {
    "boilerplate": "n_dropped_boilerplate",
    "length": "n_dropped_length",
    "about": "n_dropped_about",
    "audit": "n_dropped_audit",
    "domestic": "n_dropped_domestic",
    "owned": "n_dropped_owned",
    "same_language_abroad": "n_dropped_same_language_abroad",
    "unknown_origin": "n_dropped_unknown_origin",
    "eligible": "n_eligible",
}


def watched(world: World) -> list[str]:
    summary = world.truth.summary
    return [summary["focus_country_code_iso3"], *summary["peer_country_codes_iso3"]]


@pytest.fixture(scope="module")
def published(new_warehouse: Callable[[str], Warehouse], small_world: World) -> Warehouse:
    """A backfill by hand at the first instant, a scheduled run at the second, an edition at each.

    Between them an office answers the audit of the month.
    """
    warehouse = new_warehouse("pipeline")
    first, second = small_world.instants
    with reading(warehouse, small_world.folder, first):
        ingest("gdelt", Window(small_world.spec.window.start, floor_slot(first)))
        ingest("worldbank")
        ingest("tranco")
        ingest("gdelt_domains")
        ingest("nso")
        ingest("factchecks")
        ingest("registers")
        build()
        jobs.publish_edition(None)
    with reading(warehouse, small_world.folder, second):
        ingest("gdelt")
        ingest("worldbank")
        ingest("tranco")
        answered = load_answers(
            get_settings(), warehouse.url, small_world.audit_files, "Press office"
        )
        assert [file.is_new for file in answered] == [True] * 4
        build()
        jobs.publish_edition(None)
    return warehouse


def test_every_file_has_the_status_that_was_planted(
    published: Warehouse, small_world: World
) -> None:
    rows = published.query(
        "select to_char(slot_at at time zone 'UTC', 'YYYYMMDDHH24MISS'), stream, table_name, status "
        "from ops.source_files where source = 'gdelt'"
    )
    truth, instant = small_world.truth, small_world.instants[1]
    assert len(rows) == 6 * len([s for s in small_world.spec.slots() if s < floor_slot(instant)])
    wrong = [row for row in rows if truth.file_status(*row[:3], instant) != row[3]]
    assert wrong == []
    assert {"loaded", "gap", "refused", "empty"} <= {row[3] for row in rows}


def test_planted_rejects_are_recorded_with_their_place_and_without_the_row(
    published: Warehouse, small_world: World
) -> None:
    planted = {f.file_name: f.rows_rejected for f in small_world.truth.faults if f.rows_rejected}
    found = dict(
        published.query(
            "select file_name, count(*) from ops.rejected_rows where source = 'gdelt' group by file_name"
        )
    )
    assert found == planted
    assert planted


def test_outlets_that_write_about_another_country_are_shown(
    published: Warehouse, small_world: World
) -> None:
    homes = dict(published.query("select outlet_domain, country_code_iso3 from marts.dim_outlet"))
    abroad = small_world.truth.summary["gdelt_domains"]["abroad"]
    planted = {domain: pair for domain, pair in abroad.items() if homes.get(domain)}
    found = published.query(
        "select outlet_domain, country_code_iso3, most_covered_country_code_iso3"
        " from qc.qc_outlet_country_disagreement"
    )
    assert {domain: pair for domain, *pair in found} == planted
    assert len(planted) > 3


def test_every_row_is_kept_or_counted_or_a_reject(published: Warehouse) -> None:
    documents, events, mentions = (
        published.query(f"select coalesce(sum({column}), 0) from raw.gdelt__{table}")[0][0]
        for table, column in (
            ("outlet_totals", "documents"),
            ("event_totals", "events"),
            ("mention_totals", "mentions"),
        )
    )
    read = dict(
        published.query(
            "select table_name, sum(rows_read - rows_rejected) from ops.source_files "
            "where source = 'gdelt' and status = 'loaded' group by table_name"
        )
    )
    assert read == {"gkg": documents, "export": events, "mentions": mentions}
    assert min(read.values()) > 100


def test_events_and_mentions_are_those_that_were_planted(
    published: Warehouse, small_world: World
) -> None:
    truth, instant = small_world.truth, small_world.instants[1]
    events = {row[0] for row in published.query("select global_event_id from raw.gdelt__events")}
    assert events == set(truth.kept_events(instant))
    mentions = published.query("select count(*) from raw.gdelt__mentions")[0][0]
    assert mentions == len(truth.kept_mentions(instant)) > 100


def test_coverage_is_what_was_planted(published: Warehouse, small_world: World) -> None:
    truth, instant = small_world.truth, small_world.instants[1]
    planted = truth.coverage(instant, watched(small_world), truth.suppressed)
    found = published.query(
        "select country_code_iso3, source_country_code_iso3, coverage_date::text, n_documents, n_outlets, "
        "tone_mean from marts.mart_coverage_day where n_documents > 0"
    )
    assert {(row[0], row[1], row[2]) for row in found} == set(planted)
    for country, source, day, documents, outlets, tone in found:
        expected = planted[country, source, day]
        assert (documents, outlets) == (expected.documents, expected.outlets)
        if outlets >= 3:
            assert tone == pytest.approx(expected.tone_mean, abs=1e-9)
        else:
            assert tone is None, "a mean over fewer outlets is tone by outlet"


def test_every_gate_drops_what_was_planted(published: Warehouse, small_world: World) -> None:
    truth, instant = small_world.truth, small_world.instants[1]
    planted = truth.eligibility(instant, watched(small_world), truth.suppressed)
    found = published.query(
        f"select country_code_iso3, coverage_date::text, stream, {', '.join(OUTCOME_COLUMNS.values())} "
        "from marts.mart_eligibility_day where n_documents > 0"
    )
    assert {row[:3] for row in found} == set(planted)
    for *key, counts in [(*row[:3], row[3:]) for row in found]:
        expected = tuple(planted[tuple(key)][outcome] for outcome in OUTCOME_COLUMNS)
        assert counts == expected, key
    dropped = [sum(row[3 + place] for row in found) for place in range(len(OUTCOME_COLUMNS))]
    assert all(dropped), dict(zip(OUTCOME_COLUMNS, dropped, strict=True))


def test_precision_is_what_was_planted(published: Warehouse, small_world: World) -> None:
    planted: Any = small_world.truth.summary["audit"]
    found = published.query(
        "select language_code_iso639_3, n_about, n_labelled, precision_share, precision_low, "
        "precision_high, suppressed_reason, is_language_suppressed "
        "from marts.mart_aboutness_audit where n_labelled > 0"
    )
    assert {row[0]: {"about": row[1], "labelled": row[2]} for row in found} == planted["languages"]
    for language, about, labelled, share, low, high, reason, is_suppressed in found:
        assert (["VNM", language] in planted["suppressed"]) == is_suppressed
        assert (reason == "under_30_labels") == (labelled < 30) == (share is None)
        if share is not None:
            assert share == pytest.approx(about / labelled)
            assert (low, high) == pytest.approx(
                proportion_confint(about, labelled, method="wilson"), abs=1e-12
            )
    assert {row[0] for row in found if row[7]} == {"kor"}
    assert {row[0] for row in found if row[6]} == {"zho"}


def test_a_suppressed_language_is_in_no_measure(published: Warehouse) -> None:
    documents = published.query(
        "select count(*), count(story_id), count(*) filter (where is_eligible) "
        "from marts.fct_document_country "
        "where country_code_iso3 = 'VNM' and language_code_iso639_3 = 'kor' and passes_about"
    )
    assert documents[0][0] > 50
    assert documents[0][1:] == (0, 0)
    days = published.query(
        "select n_documents, suppressed_reason from marts.mart_coverage_day "
        "where country_code_iso3 = 'VNM' and source_country_code_iso3 = 'KOR' "
        "and coverage_date < '2026-06-29'"
    )
    assert days == [(None, "language_suppressed")] * 2, "nobody counted them: no quiet days"
    shares = published.query(
        "select count(*) from marts.mart_share_of_voice where source_country_code_iso3 = 'KOR'"
    )
    assert shares == [(0,)], "a rate that is not known is not zero"
    others = published.query(
        "select count(*) from marts.fct_document_country "
        "where country_code_iso3 <> 'VNM' and language_code_iso639_3 = 'kor' and is_eligible"
    )
    assert others[0][0] > 0, "only the audited country is judged"


def test_boilerplate_is_what_was_planted(published: Warehouse, small_world: World) -> None:
    planted = small_world.truth.boilerplate(small_world.instants[1])
    found = published.query("select record_id from computed.boilerplate_documents")
    assert {row[0] for row in found} == planted
    assert len(planted) > 5


@pytest.mark.parametrize("series", ["foreign", "owned", "domestic", "unknown"])
def test_stories_are_what_was_planted(
    published: Warehouse, small_world: World, series: str, capsys: pytest.CaptureFixture[str]
) -> None:
    truth, instant = small_world.truth, small_world.instants[1]
    planted: set[tuple[str, str]] = set()
    found: set[tuple[str, str]] = set()
    for country in watched(small_world):
        planted |= truth.story_pairs(instant, country, series, truth.suppressed)
        stories: dict[str, list[str]] = {}
        for story, record in published.query(
            "select story_id, record_id from marts.fct_document_country "
            f"where story_id is not null and country_code_iso3 = '{country}' and series = '{series}'"
        ):
            stories.setdefault(story, []).append(record)
        found |= {pair for records in stories.values() for pair in combinations(sorted(records), 2)}
    right = len(planted & found)
    precision, recall = right / max(1, len(found)), right / max(1, len(planted))
    with capsys.disabled():
        print(f"\n{series}: {len(planted)} pairs, precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.95 or not found
    assert recall >= 0.80 or not planted
    assert series != "foreign" or len(planted) > 50


def test_signals_are_what_was_planted(published: Warehouse, small_world: World) -> None:
    truth, instant = small_world.truth, small_world.instants[1]
    planted = truth.signals(instant, watched(small_world))
    found = published.query(
        "select week_start_date::text, actor1_country_code_iso3, actor2_country_code_iso3, stream, media, "
        "n_signals_20, n_signals, n_signals_80 from marts.mart_dyad_pulse"
    )
    counted = {row[:5]: row[5:] for row in found}
    assert {tuple(key) for key in planted} <= set(counted)
    for key, signals in planted.items():
        assert counted[tuple(key)] == (signals.at_20, signals.at_50, signals.at_80), key
    silent = [counts for key, counts in counted.items() if key not in {tuple(k) for k in planted}]
    assert all(counts == (0, 0, 0) for counts in silent)
    assert len(planted) > 20


def test_from_a_story_to_its_documents_and_links(published: Warehouse) -> None:
    rows = published.query(
        "select story.n_documents, count(document.url) from marts.mart_story_week as story "
        "join marts.fct_document_country as document using (country_code_iso3, story_id) "
        "group by story.country_code_iso3, story.story_id, story.n_documents"
    )
    assert len(rows) > 100
    assert all(told == linked for told, linked in rows)


def test_a_quiet_day_is_zero_and_a_gap_is_null(published: Warehouse) -> None:
    quiet = published.query(
        "select count(*) from marts.mart_coverage_day where n_documents = 0 and slots_received > 0"
    )
    wrong = published.query(
        "select count(*) from marts.mart_coverage_day where (n_documents is null) "
        "<> (slots_received = 0 or coalesce(suppressed_reason, '') = 'language_suppressed')"
    )
    assert quiet[0][0] > 0
    assert wrong[0][0] == 0


def test_a_revised_indicator_has_two_vintages_and_the_mart_shows_the_newer(
    published: Warehouse, small_world: World
) -> None:
    vintages = dict(
        published.query(
            "select indicator_code, count(*) from raw.worldbank__vintages group by indicator_code"
        )
    )
    revision: Any = small_world.truth.summary["worldbank"]["revision"]
    assert {code: n for code, n in vintages.items() if n > 1} == {revision["indicator_code"]: 2}
    assert published.query("select count(*) from marts.mart_outcome_year")[0][0] > 0


def test_an_edition_is_published_at_each_instant(published: Warehouse) -> None:
    rows = published.query("select edition_id, status from ops.editions order by recorded_at")
    assert [row[1] for row in rows] == ["published", "published"]
    assert rows[0][0] != rows[1][0]
    folders = {path.split("/")[0] for path in published.edition_files()}
    assert folders == {row[0] for row in rows}
    for folder in folders:
        for language in ("en", "vi"):
            page = published.home / "editions" / folder / language / "index.html"
            assert 'class="synthetic"' in page.read_text(encoding="utf-8"), "no banner"


def test_a_reader_of_the_standard_finds_the_newest_editions_data_valid(
    published: Warehouse,
) -> None:
    folder = sorted((published.home / "editions").glob("VNM-*"))[-1]
    package = Package(str(folder / "datapackage.json"))
    report = package.validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    filled = {one.name for one in package.resources if one.tabular and one.read_rows()}
    assert {"stories", "coverage_daily", "outcomes", "restatements", "gate_results"} <= filled


def test_a_second_run_changes_nothing_but_the_ledgers_attempts(
    published: Warehouse, small_world: World
) -> None:
    operational = ("loads", "changed_days", "builds", "publications", "editions", "gate_results")
    before = (
        published.marts(),
        published.edition_files(),
        [published.table(f"ops.{t}") for t in operational],
    )
    attempts = published.query("select sum(attempts) from ops.source_files")[0][0]
    with reading(published, small_world.folder, small_world.instants[1]):
        assert ingest("gdelt").get("loaded", 0) == 0
        answered = load_answers(
            get_settings(), published.url, small_world.audit_files, "Press office"
        )
        assert [file.is_new for file in answered] == [False] * 4
        assert build() is None
        jobs.publish_edition(None)
    after = (
        published.marts(),
        published.edition_files(),
        [published.table(f"ops.{t}") for t in operational],
    )
    assert after == before
    assert published.query("select sum(attempts) from ops.source_files")[0][0] >= attempts


def test_no_personal_name_is_stored_anywhere(published: Warehouse, small_world: World) -> None:
    people = [name.lower() for name in small_world.truth.summary["people"]]
    assert people
    tables = published.query(
        "select format('%I.%I', schemaname, tablename) from pg_tables "
        "where schemaname in ('raw', 'ops', 'computed', 'warehouse', 'marts', 'seeds')"
    )
    assert len(tables) > 20
    for (table,) in tables:
        text = "\n".join(published.table(table)).lower()
        assert not [name for name in people if name in text], table
    for path in published.home.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode(errors="replace").lower()
            assert not [name for name in people if name in text], path


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_weekly_questions_in_sql_are_answered_to_a_reader(
    published: Warehouse, path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"-- \d+\. .+\?\n-- .+\?\n", text), "it asks in English and Vietnamese"
    asked = queries(text)
    assert asked
    with connect(published.url, "reader") as connection:
        for question in asked:
            assert connection.execute(question.encode()).fetchall(), question


def test_every_weekly_question_has_a_file() -> None:
    assert [int(path.name[:2]) for path in QUESTIONS] == list(range(1, 11))


def test_the_measures_and_metrics_for_bi_tools_add_up_what_was_published(
    published: Warehouse,
) -> None:
    target = published.home / "dbt" / "target"
    layer = json.loads((target / "semantic_manifest.json").read_text(encoding="utf-8"))
    assert len(layer["semantic_models"]) >= 8
    columns = {}
    for model in layer["semantic_models"]:
        table = model["node_relation"]["alias"]
        time = model["defaults"]["agg_time_dimension"]
        for measure in model["measures"]:
            expression = measure["expr"] or measure["name"]
            columns[measure["name"]] = (table, f"{measure['agg']}({expression})", time)
        names = {dimension["expr"] or dimension["name"] for dimension in model["dimensions"]}
        names |= {entity["expr"] or entity["name"] for entity in model["entities"]}
        assert published.query(f"select {', '.join(sorted(names))} from marts.{table} limit 1")
    simple = [metric for metric in layer["metrics"] if metric["type"] == "simple"]
    assert len(simple) >= 12
    with connect(published.url, "reader") as connection:
        for metric in simple:
            table, measure, time = columns[metric["type_params"]["measure"]["name"]]
            filters = (metric["filter"] or {"where_filters": []})["where_filters"]
            where = [
                re.sub(r"\{\{ Dimension\('\w+?__(\w+)'\) \}\}", r"\1", one["where_sql_template"])
                for one in filters
            ]
            query = f"select {measure}, count(distinct {time}) from marts.{table}" + (
                f" where {' and '.join(where)}" if where else ""
            )
            (row,) = connection.execute(query.encode()).fetchall()
            assert min(value or 0 for value in row) > 0, metric["name"]


def test_a_total_is_not_added_to_its_parts(published: Warehouse) -> None:
    rows = published.query(
        "select (select sum(arrivals_count) from marts.fct_arrivals_month "
        "where market_kind = 'total' and transport_mode = 'all'), "
        "(select sum(arrivals_count) from marts.fct_arrivals_month where is_total "
        "and transport_mode = 'all'), (select sum(arrivals_count) from marts.fct_arrivals_month)"
    )
    assert rows[0][0] == rows[0][1] < rows[0][2]


def test_sqlalchemy_reads_the_marts_with_the_address_that_a_bi_tool_is_given(
    published: Warehouse,
) -> None:
    with published.active() as settings:
        address = sqlalchemy.make_url(reader_url(settings))
    engine = sqlalchemy.create_engine(address.set(drivername="postgresql+psycopg2"))
    with engine.connect() as connection:
        found = sqlalchemy.inspect(connection)
        assert "mart_story_week" in found.get_table_names(schema="marts")
        assert found.get_pk_constraint("mart_story_week", "marts")["constrained_columns"]
        assert all(column["comment"] for column in found.get_columns("mart_story_week", "marts"))
        with pytest.raises(sqlalchemy.exc.DBAPIError):
            connection.execute(sqlalchemy.text("delete from marts.mart_story_week"))
    engine.dispose()


def test_a_tool_that_reads_information_schema_finds_every_key(published: Warehouse) -> None:
    with connect(published.url, "reader") as connection:
        tables = connection.execute(
            """
            select tables.table_name, count(key_column_usage.column_name)
            from information_schema.tables
            left join information_schema.table_constraints
                using (table_schema, table_name)
            left join information_schema.key_column_usage
                using (table_schema, table_name, constraint_name)
            where table_schema = 'marts' and constraint_type = 'PRIMARY KEY'
            group by tables.table_name
            """
        ).fetchall()
    marts = published.query("select count(*) from pg_tables where schemaname = 'marts'")
    assert len(tables) == marts[0][0] > 40
    assert all(columns for _, columns in tables)


def test_an_edition_is_verified_from_its_receipts(published: Warehouse) -> None:
    ids = [
        row[0]
        for row in published.query("select edition_id from ops.editions order by recorded_at")
    ]
    with published.active() as settings:
        newest = verify(settings, published.url, ids[-1])
        assert newest.is_equal, list(describe(newest))
        assert len(newest.receipts) >= 30
        assert all(newest.receipts.values())
        assert newest.figures.n_equal > 1000
        # the slot that came late, and a day more of registers, restate the one before
        older = verify(settings, published.url, ids[0])
        assert not older.altered
        assert not older.is_equal
        assert older.restated
        assert older.figures.different or older.figures.gone
        with pytest.raises(TiengVangError, match="no published edition"):
            verify(settings, published.url, "VNM-1999-01-01-daily-1")


def test_a_receipt_that_is_pasted_gives_its_rows(published: Warehouse) -> None:
    folders = sorted((published.home / "editions").glob("VNM-*"))
    receipts = [json.loads(path.read_bytes()) for path in (folders[-1] / "receipts").glob("*.json")]
    assert len(receipts) >= 30
    with connect(published.url, "reader") as connection:
        for receipt in receipts:
            rows = connection.execute(receipt["sql"].encode()).fetchall()
            assert len(rows) == receipt["n_rows"], receipt["name"]
            if receipt["stories_sql"]:
                assert connection.execute(receipt["stories_sql"].encode()).fetchall()


def test_each_printed_figure_is_what_its_own_query_gives(published: Warehouse) -> None:
    folder = sorted((published.home / "editions").glob("VNM-*"))[-1]
    with connect(published.url, "reader") as connection:
        found = check_figures(connection, folder)
        assert found.different == ()
        assert found.gone == ()
        assert found.n_equal > 1000
        # every one by itself, as a reader pastes it, gives one value
        paths = sorted((folder / "receipts" / "figures").glob("*.json"))
        sections = {path.stem: json.loads(path.read_bytes()) for path in paths}
        for name, section in sections.items():
            for figure in section["blocks"][0]["figures"]:
                rows = connection.execute(figure["sql"].encode()).fetchall()
                assert len(rows) == len(rows[0]) == 1, (name, figure["id"])
            for behind in section["stories"].values():
                assert (
                    len(connection.execute(behind["sql"].encode()).fetchall()) >= behind["n_held"]
                )
    assert {"edition", "stories", "voice", "tone", "trust"} <= set(sections)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_printed_number_of_an_edition_is_without_a_receipt(
    published: Warehouse, language: str
) -> None:
    folder = sorted((published.home / "editions").glob("VNM-*"))[-1]
    with connect(published.url, "reader") as connection:
        request = request_of(json.loads((folder / "manifest.json").read_bytes()))
        names = names_of(read_facts(connection, request))
    left, n = unmarked((folder / language / "index.html").read_text(encoding="utf-8"), names)
    assert left == []
    assert n > 1000


def test_a_figure_that_changed_or_went_is_named(published: Warehouse, tmp_path: Path) -> None:
    folder = sorted((published.home / "editions").glob("VNM-*"))[-1]
    shutil.copytree(folder / "receipts", tmp_path / "receipts")
    path = tmp_path / "receipts" / "figures" / "voice.json"
    section = json.loads(path.read_bytes())
    cells = [
        one for block in section["blocks"] for one in block["figures"] if one["kind"] == "cell"
    ]
    cells[0]["value"] += 1e-13
    cells[1]["sql"] = cells[1]["sql"].replace("where ", "where false and ", 1)
    cells[2]["sql"] = "select 1 from marts.no_such_mart;"
    path.write_text(json.dumps(section), encoding="utf-8")
    with connect(published.url, "reader") as connection:
        found = check_figures(connection, tmp_path)
        skipped = check_figures(connection, tmp_path, ["receipts/figures/voice.json"])
    assert [one.id for one in found.different] == [cells[0]["id"]]
    assert [one.id for one in found.gone] == [cells[1]["id"], cells[2]["id"]]
    assert skipped.is_equal
    assert skipped.n_equal < found.n_equal


def test_a_file_that_was_changed_afterwards_is_found(published: Warehouse) -> None:
    edition_id = published.query("select max(edition_id) from ops.editions")[0][0]
    page = published.home / "editions" / edition_id / "en" / "index.html"
    before = page.read_bytes()
    page.write_bytes(before.replace(b"stories", b"tales", 1))
    try:
        with published.active() as settings:
            found = verify(settings, published.url, edition_id)
    finally:
        page.write_bytes(before)
    assert found.altered == ("en/index.html",)
    assert not found.is_equal


def test_what_was_done_to_an_editions_files_is_said_cell_by_cell(published: Warehouse) -> None:
    edition_id = published.query("select max(edition_id) from ops.editions")[0][0]
    folder = published.home / "editions" / edition_id
    cell, gone, damaged = (
        folder / name
        for name in ("data/coverage_daily.csv", "receipts/voice.json", "receipts/tone.json")
    )
    before = {path: path.read_bytes() for path in (cell, gone, damaged, folder / "manifest.json")}
    with cell.open(encoding="utf-8-sig", newline="") as file:
        header, first, *others = csv.reader(file)
    column = header.index("n_documents")
    was, first[column] = first[column], "987654"
    try:
        with cell.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([header, first, *others])
        gone.unlink()
        damaged.write_text("{")
        with published.active() as settings:
            found = verify(settings, published.url, edition_id)
            (folder / "manifest.json").write_text("{")
            with pytest.raises(TiengVangError, match="is not the one that was recorded"):
                verify(settings, published.url, edition_id)
            (folder / "manifest.json").unlink()
            with pytest.raises(TiengVangError, match="are gone"):
                verify(settings, published.url, edition_id)
    finally:
        for path, payload in before.items():
            path.write_bytes(payload)
    assert set(found.altered) == {path.relative_to(folder).as_posix() for path in [*before][:3]}
    assert found.missing == ("receipts/voice.json",)
    assert [(c.column, c.published, c.today) for c in found.falsified] == [
        ("n_documents", was, "987654")
    ]
    said = list(describe(found))
    assert said[0].startswith(f"edition {edition_id}: not the files that were published; ")
    assert "  gone since it was published: receipts/voice.json" in said
    assert "  altered since it was published: receipts/tone.json" in said
    assert any(line.endswith(f"n_documents: published {was}, now 987654") for line in said)


def test_the_second_edition_says_what_it_would_change_in_the_first(published: Warehouse) -> None:
    """Between them a slot came late, the audit was answered, and a release was revised."""
    (first, second) = published.query(
        "select edition_id from ops.editions where status = 'published' order by recorded_at"
    )
    rows = published.query(
        "select file_name, row_key, column_name, published, today, reasons from ops.restatements "
        f"where found_by = '{second[0]}' and edition_id = '{first[0]}'"
    )
    slots = {row[5][0] for row in rows if row[2] == "slots_received" and int(row[4]) > int(row[3])}
    assert slots == {"late_slots"}
    assert not [row for row in rows if "unknown" in row[5]]
    reasons = {(row[0], reason) for row in rows for reason in row[5]}
    assert {("coverage_daily", "audit"), ("outcomes", "revised_worldbank")} <= reasons
    page = published.home / "editions" / second[0] / "vi" / "index.html"
    assert "khung 15 phút đến muộn" in page.read_text(encoding="utf-8")
