"""The page that Airflow shows: what it says of a warehouse, to whom, how fast, and what it never does."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import psycopg
import pytest
from fastapi import Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient
from harness import Warehouse

from tiengvang.desk import texts
from tiengvang.desk.app import make_app
from tiengvang.gate_docs import page_name
from tiengvang.warehouse.connection import connect_to_read

pytestmark = pytest.mark.filterwarnings("ignore:Using `httpx`")

HOSTILE = "<script>alert('x')</script>\u202eevil\u202c & <img src=x onerror=y>"
EDITION = "VNM-2026-07-06-weekly-1"
FILLED = f"""
insert into ops.world (world_name, is_synthetic, declared_as_of)
values ('a fiction', true, '2026-07-06 03:20+00');
insert into ops.source_files (source, table_name, file_name, stream, slot_at, status, reason)
select 'gdelt', 'export', 'file ' || slot_at, 'english', slot_at, 'loaded', null
from generate_series('2026-07-04 00:00+00'::timestamptz, '2026-07-06 03:15+00', interval '15 minutes')
    as slot_at;
update ops.source_files set status = 'gap' where slot_at = '2026-07-04 05:30+00';
update ops.source_files set status = 'empty' where slot_at = '2026-07-04 06:30+00';
update ops.source_files set status = 'refused' where slot_at = '2026-07-05 07:45+00';
update ops.source_files set status = 'missing' where slot_at = '2026-07-06 02:15+00';
update ops.source_files set status = 'expected' where slot_at = '2026-07-06 03:15+00';
insert into ops.source_files (source, table_name, file_name, slot_at, status)
values ('nso', 'workbook', 'a', '2020-01-01 00:00+00', 'loaded');
insert into ops.source_freshness values
    ('gdelt.documents', '2026-07-06 03:00+00', '2026-07-06 03:20+00', 1200, 'pass'),
    ('tranco.ranks', '2026-01-01 00:00+00', '2026-07-06 03:20+00', 16000000, 'error'),
    ('imf.positions', '0001-01-01 00:00+00', '2026-07-06 03:20+00', 6e10, 'error');
insert into ops.loads (source, run_id, window_start, window_end, status, reason) values
    ('gdelt', 'scheduled__1', '2026-07-05', '2026-07-06', 'quarantined', 'tone is off its scale'),
    ('gdelt', 'scheduled__2', '2026-07-05', '2026-07-06', 'passed', null),
    ('nso', 'scheduled__2', '2020-01-01', '2020-01-02', 'passed', null);
insert into ops.builds (as_of_at, project_digest, status, reason) values
    ('2026-07-06', 'd', 'published', null), ('2026-07-06', 'd', 'held', 'the gate'),
    ('2026-07-06', 'd', 'failed', 'dbt: %(hostile)s');
insert into ops.publications (build_id, as_of_at, project_digest, rows_deleted, rows_inserted)
values (1, '2026-07-06', 'd', 0, 1);
insert into ops.editions (
    edition_id, publication_id, status, reasons, cadence, period_start, period_end, as_of_at, folder,
    recorded_at
) values
    ('{EDITION}', 1, 'published', '[]', 'weekly', '2026-06-29', '2026-07-06', '2026-07-06',
     '{EDITION}', now() - interval '1 hour'),
    ('VNM-2026-07-06-daily-2', 1, 'held', '[{{"en": "Too few slots.", "vi": "Quá ít khung giờ."}}]',
     'daily', '2026-06-29', '2026-07-06', '2026-07-06', null, now());
insert into ops.corrections (edition_id, office, wrong_en, wrong_vi, reason, given_at)
values ('{EDITION}', 'Press desk', '%(hostile)s', 'Đúng là 4 tin.', 'A list was read twice.', '2026-07-06'),
    ('{EDITION}', 'Press desk', 'It was 9.', 'Đúng là 9.', 'A mistaken statement.', '2026-07-06');
insert into ops.corrections (edition_id, office, wrong_en, wrong_vi, reason, given_at, withdraws)
select edition_id, 'Data desk', wrong_en, wrong_vi, 'A slip.', given_at, correction_id
from ops.corrections where wrong_en = 'It was 9.';
insert into ops.gate_results (
    door, subject, suite, expectation, severity, is_success, observed, sentence_en, sentence_vi
) values
    ('marts', 'build 2', 's', 'e', 'critical', false, '%(hostile)s', 'A key repeats.', 'Khóa bị lặp.'),
    ('marts', 'build 2', 's', 'e', 'warning', false, null, 'Thin days.', 'Ngày mỏng.'),
    ('marts', 'build 2', 's', 'e', 'critical', true, null, 'Fine.', 'Ổn.'),
    ('raw', 'load 1', 's', 'e', 'critical', false, '500', 'Tone has a scale.', 'Sắc thái có thang.');
"""


@pytest.fixture(scope="module")
def filled(new_warehouse: Callable[[str], Warehouse]) -> Warehouse:
    """Records of every kind, an edition's files and a page of Data Docs."""
    warehouse = new_warehouse("desk")
    with psycopg.connect(warehouse.url) as connection:
        connection.execute((FILLED % {"hostile": HOSTILE.replace("'", "''")}).encode())
    for path, text in {
        f"editions/{EDITION}/en/index.html": "<!doctype html><title>the brief</title>",
        f"editions/{EDITION}/manifest.json": "{}",
        f"data_docs/marts/{page_name('marts', 'build 2')}": "<!doctype html><title>docs</title>",
        "secrets/pgpass": "the password",
    }.items():
        file = warehouse.home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return warehouse


def returned(dag_id: str, run_id: str) -> dict[str, Any]:
    """What tasks returned: as Airflow would say."""
    values: dict[str, Any] = {"claim_days": 2} if dag_id == "build_warehouse" else {}
    return {"render_edition": {"edition_id": EDITION}} if dag_id == "publish_edition" else values


def refuse() -> None:
    raise HTTPException(401, "Not authenticated")


def client(warehouse: Warehouse, *signed_in: Any, root: str = "") -> Iterator[TestClient]:
    """The desk mounted as Airflow mounts it."""
    app = FastAPI(root_path=root)
    desk = make_app(signed_in=[*map(Depends, signed_in)], may_read_run=[], returned=returned)
    app.mount("/tiengvang", desk)
    with warehouse.active(), TestClient(app, base_url="http://airflow.example") as found:
        yield found


@pytest.fixture
def desk(filled: Warehouse) -> Iterator[TestClient]:
    yield from client(filled)


def squares(page: str) -> dict[str, str]:
    """The state of every hour of the heat map, by its title."""
    found = re.findall(r'<td class="(\w+)" title="([\d-]+ \d\d:00) UTC', page)
    return {title: state for state, title in found}


def test_every_hour_shows_the_worst_of_its_files(desk: TestClient) -> None:
    page = desk.get("/tiengvang/").text
    hours = squares(page)
    assert len(hours) == 3 * 24, "days before the first file are no days of gaps"
    odd = {hour: state for hour, state in hours.items() if state not in ("loaded", "none")}
    assert odd == {
        "2026-07-04 05:00": "gap",
        "2026-07-04 06:00": "gap",
        "2026-07-05 07:00": "rejected",
        "2026-07-06 02:00": "missing",
        "2026-07-06 03:00": "missing",
    }
    assert hours["2026-07-06 04:00"] == "none"
    assert "201 loaded, 2 missing, 2 gaps, 1 rejected" in page
    assert 'role="img" aria-label="Files of the last 14 days: 201 loaded' in page


def test_sources_are_silent_fresh_without_data_or_without_a_threshold(desk: TestClient) -> None:
    page = desk.get("/tiengvang/").text
    found = dict(re.findall(r'<th scope="row">(\w+)</th><td><span class="state (\w+)">', page))
    assert found == {"gdelt": "fresh", "imf": "nothing_yet", "nso": "untimed", "tranco": "silent"}


def test_a_check_of_freshness_that_is_days_old_is_no_comfort(
    new_warehouse: Callable[[str], Warehouse],
) -> None:
    warehouse = new_warehouse("stale_desk")
    notice = texts.ENGLISH["unchecked_for_long"]
    with psycopg.connect(warehouse.url, autocommit=True) as connection:
        connection.execute(
            "insert into ops.source_freshness values "
            "('gdelt.documents', now() - interval '23 hours', now() - interval '23 hours', 0, 'pass')"
        )
        for desk in client(warehouse):
            assert notice not in desk.get("/tiengvang/").text
            connection.execute(
                "update ops.source_freshness set as_of_at = now() - interval '25 hours'"
            )
            assert notice in desk.get("/tiengvang/").text


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_held_is_said_in_both_languages(desk: TestClient, language: str) -> None:
    page = desk.get("/tiengvang/", params={"lang": language}).text
    assert f'<html lang="{language}">' in page
    held = page.partition('<section id="held">')[2].partition("</section>")[0]
    for sentence in (
        "Too few slots.",
        "Quá ít khung giờ.",
        "A key repeats.",
        "Khóa bị lặp.",
        "Tone has a scale.",
        "Sắc thái có thang.",
    ):
        assert sentence in held
    assert "Thin days." not in held, "a warning holds nothing"
    assert texts.TEXTS[language]["synthetic"] in page


def test_the_published_edition_stays_when_a_newer_one_is_held(desk: TestClient) -> None:
    page = desk.get("/tiengvang/").text
    assert "VNM-2026-07-06-daily-2, is held. Readers keep this one." in page
    assert f'href="editions/{EDITION}/vi/index.html"' in page


def test_text_of_others_is_shown_harmlessly(desk: TestClient) -> None:
    page = desk.get("/tiengvang/").text
    assert "&lt;script&gt;alert" in page
    assert page.count("&lt;script&gt;") == 3, (
        "the build's reason, the observed value, the correction"
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("root", ["", "/air/flow"])
def test_every_link_is_relative_and_leads_somewhere(filled: Warehouse, root: str) -> None:
    for desk in client(filled, root=root):
        for page in ("/tiengvang/", "/tiengvang/run?dag_id=build_warehouse&run_id=r"):
            path = root + page
            answer = desk.get(path)
            assert answer.status_code == 200
            links = re.findall(r'href="([^"]*)"', answer.text)
            assert not [link for link in links if re.match(r"[a-z]+://|/", link)]
            followed = [link for link in links if not link.startswith(("data:", "#"))]
            assert len(followed) >= 5
            missing = {
                link
                for link in followed
                if desk.get(urljoin(path, link.replace("&amp;", "&"))).status_code != 200
            }
            # files that were not laid there for this test
            assert missing <= {f"editions/{EDITION}/vi/index.html"}


def test_the_other_language_is_of_the_same_run(desk: TestClient) -> None:
    page = desk.get("/tiengvang/run?dag_id=ingest_gdelt&run_id=a%2Bb&lang=vi").text
    other = re.findall(r'href="(\?[^"]*)"', page)
    assert other == ["?dag_id=ingest_gdelt&amp;run_id=a%2Bb&amp;lang=en"]


def test_the_browsers_language_is_used_where_none_is_asked_for(desk: TestClient) -> None:
    page = desk.get("/tiengvang/", headers={"Accept-Language": "vi-VN,en;q=0.5"}).text
    assert '<html lang="vi">' in page


def test_a_run_shows_what_it_left(desk: TestClient) -> None:
    def section(dag_id: str, run_id: str) -> str:
        page = desk.get("/tiengvang/run", params={"dag_id": dag_id, "run_id": run_id}).text
        return page.partition('<section id="run">')[2].partition("</section>")[0]

    ingest = section("ingest_gdelt", "scheduled__1")
    assert "gdelt 1" in ingest
    assert "tone is off its scale" in ingest
    assert "Tone has a scale." in ingest
    assert "nso 3" not in section("ingest_gdelt", "scheduled__2"), "another DAG's run of that name"
    assert "build 2" in section("build_warehouse", "r")
    assert f'href="data-docs/marts/{page_name("marts", "build 2")}"' in section(
        "build_warehouse", "r"
    )
    assert EDITION in section("publish_edition", "r")
    assert "has left nothing" in section("maintain_warehouse", "r")
    assert desk.get("/tiengvang/run").status_code == 404


def test_files_have_a_strict_policy_and_secrets_none(desk: TestClient) -> None:
    answer = desk.get(f"/tiengvang/editions/{EDITION}/en/index.html")
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in (
        "editions/../secrets/pgpass",
        "editions/%2e%2e/secrets/pgpass",
        f"editions/{EDITION}/..%2f..%2fsecrets/pgpass",
        f"editions/{EDITION}/%2e%2e/%2e%2e/secrets/pgpass",
        "data-docs/..%2Fsecrets%2Fpgpass",
        "data-docs/%2e%2e%5csecrets/pgpass",
    ):
        refused = desk.get(f"/tiengvang/{path}")
        assert refused.status_code == 404, path
        assert "password" not in refused.text


def test_nobody_gets_anything_without_a_login(filled: Warehouse) -> None:
    app = make_app(signed_in=[Depends(refuse)], may_read_run=[], returned=returned)
    paths = {str(getattr(route, "path", "")) for route in app.routes}
    assert paths == {"/", "/run", "/editions/{path:path}", "/data-docs/{path:path}"}
    for desk in client(filled, refuse):
        for path in (
            "",
            "run?dag_id=build_warehouse&run_id=r",
            f"editions/{EDITION}/en/index.html",
            f"data-docs/marts/{page_name('marts', 'build 2')}",
        ):
            answer = desk.get(f"/tiengvang/{path}")
            assert answer.status_code == 401, path
            assert answer.json() == {"detail": "Not authenticated"}
        assert desk.get("/tiengvang/openapi.json").status_code == 404


def test_a_warehouse_that_is_down_is_said_and_nothing_else_is_told(
    filled: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreachable = urlsplit(filled.url)._replace(netloc="somebody:secret@127.0.0.1:9").geturl()
    for desk in client(Warehouse(unreachable, tmp_path / "home")):
        given = desk.get("/tiengvang/")
        monkeypatch.delenv("TIENGVANG_WAREHOUSE_URL")
        embedded = desk.get("/tiengvang/")
    assert "OperationalError" in given.text
    assert "the embedded server is not running" in embedded.text
    for answer in (given, embedded):
        assert answer.status_code == 503
        assert "The warehouse cannot be asked" in answer.text
        assert "secret" not in answer.text
        assert "somebody" not in answer.text
    assert not (tmp_path / "home").exists(), "a page starts no server"


def test_an_empty_warehouse_has_a_page(new_warehouse: Callable[[str], Warehouse]) -> None:
    for desk in client(new_warehouse("empty_desk")):
        page = desk.get("/tiengvang/").text
        assert "The warehouse is empty" in page
        assert "No edition was published yet." in page
        assert "No file was due in these days." in page


def test_the_page_can_only_read(filled: Warehouse) -> None:
    with (
        connect_to_read(filled.url) as connection,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
    ):
        connection.execute("delete from ops.editions")


def test_a_page_takes_less_than_a_second_on_a_year_of_slots(
    new_warehouse: Callable[[str], Warehouse],
) -> None:
    """210,000 files, as many as a year has, and 20,000 loads."""
    warehouse = new_warehouse("year_desk")
    with psycopg.connect(warehouse.url) as connection:
        connection.execute(
            """
            insert into ops.world (world_name, is_synthetic, declared_as_of)
            values ('live', false, '2026-07-06 03:20+00');
            insert into ops.source_files (source, table_name, file_name, slot_at, status)
            select 'gdelt', 'export', kind || ' ' || slot_at, slot_at, 'loaded'
            from generate_series(1, 6) as kind, generate_series(
                '2025-07-06 03:15+00'::timestamptz, '2026-07-06 03:15+00', interval '15 minutes'
            ) as slot_at;
            insert into ops.loads (source, run_id, window_start, window_end, status)
            select 'gdelt', 'run ' || n, '2026-07-05', '2026-07-06', 'passed'
            from generate_series(1, 20000) as n;
            insert into ops.gate_results (
                door, subject, suite, expectation, severity, is_success, sentence_en, sentence_vi
            ) select 'raw', 'load ' || n, 's', 'e', 'critical', true, 'a', 'b'
            from generate_series(1, 20000) as n, generate_series(1, 3);
            analyze ops.source_files; analyze ops.gate_results; analyze ops.loads;
            """
        )
    for desk in client(warehouse):
        paths = ("/tiengvang/", "/tiengvang/run?dag_id=ingest_gdelt&run_id=run+77")
        pages = [desk.get(path).text for path in paths]
        # the quickest of five: how busy the machine is says nothing of the page
        for path in paths:
            took = []
            for _ in range(5):
                began = time.perf_counter()
                assert desk.get(path).status_code == 200
                took.append(time.perf_counter() - began)
            assert min(took) < 1, path
        assert all("8,0" in page for page in pages)
        assert "gdelt 77" in pages[1]


def test_both_languages_have_the_same_words() -> None:
    english, vietnamese = texts.TEXTS["en"], texts.TEXTS["vi"]
    assert list(english) == list(vietnamese)
    fields = {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in english.items()}
    assert fields == {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in vietnamese.items()}


def test_a_correction_stands_at_the_edition(desk: TestClient) -> None:
    for language, words in (("en", "Correction of"), ("vi", "Đính chính kỳ")):
        page = desk.get(f"/tiengvang/?lang={language}").text
        (section,) = re.findall(r'<section id="edition">.*?</section>', page, re.S)
        assert f"{words} {EDITION}." in section
        assert "&lt;script&gt;" in section
        assert "<script" not in section
        assert "Đúng là 4 tin." in section
        assert "A list was read twice." in section


def test_a_withdrawal_stands_there_in_place_of_what_it_withdraws(desk: TestClient) -> None:
    for language, words in (
        ("en", "Withdrawn: the correction of"),
        ("vi", "Rút lại đính chính kỳ"),
    ):
        page = desk.get(f"/tiengvang/?lang={language}").text
        (section,) = re.findall(r'<section id="edition">.*?</section>', page, re.S)
        assert f"{words} {EDITION}." in section
        assert "Data desk" in section
        assert "A slip." in section
        assert "A mistaken statement." not in section
