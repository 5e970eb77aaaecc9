"""Pageviews, positions and flows from a sample world into the warehouse, and on to dbt's views."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from harness import Warehouse, ingest, reading
from pytest_httpserver import HTTPServer

from tiengvang.errors import BuildFailed, FetchFailed, SettingsError
from tiengvang.http_client import HttpClient
from tiengvang.local.world import partners
from tiengvang.local.world.build import World
from tiengvang.local.world.pageviews import PUBLISHED_AFTER, has_count, views_on
from tiengvang.settings import Settings
from tiengvang.sources import imf
from tiengvang.sources.pageviews import Article, read_articles
from tiengvang.sources.pageviews_source import PageviewsSource
from tiengvang.sources.records import SourceFile
from tiengvang.transform import run_dbt
from tiengvang.warehouse import ledger, ledger_outcomes
from tiengvang.warehouse.connection import connect
from tiengvang.warehouse.load import load_file, open_load
from tiengvang.windows import Window, parse_instant

VIEWS = "select project, article_title, view_date, views_count from raw.pageviews__article_days"
LEDGER = "select status, count(*) from ops.source_files where source = '{}' group by 1 order by 1"
MODELS = "stg_pageviews__article_days stg_pageviews__article_months qc_articles_without_views"
ONE_DAY = Window(parse_instant("2026-07-13"), parse_instant("2026-07-14"))
JUNE = [date(2026, 6, 1) + timedelta(days=n) for n in range(30)]


@pytest.fixture(scope="module")
def warehouse(new_warehouse: Callable[[str], Warehouse]) -> Warehouse:
    return new_warehouse("partners")


@pytest.fixture(scope="module")
def outcomes(warehouse: Warehouse, small_world: World) -> list[tuple[list[Any], dict[str, int]]]:
    """What pageviews held and did at each of the two instants, and when asked again at the second."""
    found = []
    for instant in (*small_world.instants, small_world.instants[-1]):
        with reading(warehouse, small_world.folder, instant):
            outcome = ingest("pageviews")
            found.append((warehouse.query(VIEWS), outcome))
    with reading(warehouse, small_world.folder, small_world.instants[-1]):
        ingest("imf")
        ingest("oecd")
    return found


def planted(world: World, instant: datetime) -> set[tuple[str, str, date, int]]:
    return {
        (article.project, article.title, day, views_on(world.spec.seed, article, day))
        for article in read_articles()
        for day in JUNE
        if has_count(article, day)
        and datetime.combine(day, time(), UTC) + PUBLISHED_AFTER <= instant
    }


def test_the_running_month_is_read_again_as_it_grows(
    outcomes: list[tuple[list[Any], dict[str, int]]], small_world: World
) -> None:
    basket = len(read_articles())
    for (rows, outcome), instant in zip(outcomes, small_world.instants, strict=False):
        expected = planted(small_world, instant)
        assert len(rows) == len(expected) > 4000
        assert set(rows) == expected
        assert outcome["loaded"] == basket - 1, "one article of the basket is unknown to the site"
        assert (outcome["missing"], outcome["refused"], outcome["unreachable"]) == (1, 0, 0)
    again = outcomes[2][1]
    assert (again["loaded"], again["unchanged"], again["missing"]) == (0, basket - 1, 1)
    assert set(outcomes[2][0]) == set(outcomes[1][0])


def test_a_day_stays_with_the_load_that_brought_it(
    outcomes: list[Any], warehouse: Warehouse, small_world: World
) -> None:
    days = [len({row[2] for row in rows}) for rows, _ in outcomes[:2]]
    loads = warehouse.query(
        "select load_id, min(view_date), max(view_date), count(distinct view_date)"
        " from raw.pageviews__article_days group by 1 order by 1"
    )
    assert [row[3] for row in loads] == [days[0], days[1] - days[0]]
    assert loads[0][2] < loads[1][1]


def test_what_the_door_refuses_hides_no_day_that_was_in_force(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("pageviews_refused")
    article = Article("en.wikipedia", "Hanoi")
    in_force = (
        "select view_date, views_count from raw.pageviews__article_days join ops.loads using (load_id)"
        " where status = 'passed' order by 1"
    )
    now = datetime(2026, 6, 12, tzinfo=UTC)
    with warehouse.active(TIENGVANG_PAGEVIEWS_BASE_URL=tmp_path.as_uri()) as settings:
        for views, status in (
            ({1: 5, 2: 6}, "passed"),
            ({1: 5, 2: 7, 3: 8}, "quarantined"),
            ({1: 5, 2: 6, 3: 9}, "passed"),
            ({1: 5, 3: 9}, "passed"),
        ):
            month_file(tmp_path, article, {date(2026, 6, day): n for day, n in views.items()})
            load_june(settings, warehouse, article, now, status)
            found = warehouse.query(in_force)
            if status == "passed":
                assert found == [(date(2026, 6, day), n) for day, n in views.items()]
            else:
                assert found == [(date(2026, 6, 1), 5)]


def load_june(
    settings: Settings, warehouse: Warehouse, article: Article, now: datetime, status: str
) -> None:
    """Read the article's June at an instant, and give the load a verdict."""
    june = datetime(2026, 6, 1, tzinfo=UTC)
    name = f"{article.project}/{article.title}@2026-06"
    file = SourceFile("pageviews", "article_days", name, None, june)
    with HttpClient() as client, connect(warehouse.url, "loader") as connection:
        ledger.register(connection, [file])
        source = PageviewsSource(settings, client)
        source.prepare(connection, [file])
        source._instant = now
        parsed, received = source.parse(file, source.fetch(file))
        load_id = open_load(connection, "pageviews", "test", ONE_DAY)
        assert load_file(connection, file, parsed, received, load_id, write=source.write)
        ledger_outcomes.close_load(connection, load_id, None if status == "passed" else "by hand")


def month_file(folder: Path, article: Article, views: dict[date, int]) -> None:
    """Write an article's answer for the month of the first of these days."""
    items = [
        {
            "project": article.project, "article": article.title, "granularity": "daily",
            "timestamp": f"{day:%Y%m%d}00", "access": "all-access", "agent": "user", "views": count,
        }
        for day, count in views.items()
    ]  # fmt: skip
    path = folder / "per-article" / article.project / article.title / f"{min(views):%Y-%m}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"items": items}), "utf-8")


def test_no_data_for_an_article_is_a_known_state(
    outcomes: list[Any], warehouse: Warehouse, small_world: World
) -> None:
    statuses = warehouse.query(LEDGER.format("pageviews"))
    assert statuses == [("loaded", len(read_articles()) - 1), ("missing", 1)]
    ((name, reason),) = warehouse.query(
        "select file_name, reason from ops.source_files where source = 'pageviews' and status = 'missing'"
    )
    assert name == "vi.wikipedia/Băng_Cốc@2026-06"
    assert "no data" in reason
    assert "status 404" in reason


def test_what_has_no_views_is_shown_and_counted(outcomes: list[Any], warehouse: Warehouse) -> None:
    with warehouse.active() as settings:
        run_dbt(settings, warehouse.url, ["seed", "--select", "pageview_articles", "countries"])
        run_dbt(settings, warehouse.url, ["run", "--select", *MODELS.split()])
        counts = run_dbt(
            settings, warehouse.url, ["test", "--select", *MODELS.split(), "pageview_articles"]
        )
    assert sum(counts.values()) > 10
    assert warehouse.query(
        "select country_code_iso3, topic, article_title, n_months_asked, n_months_with_views,"
        " last_month_without_date, is_checked from qc.qc_articles_without_views"
    ) == [("THA", "capital", "Băng_Cốc", 1, 0, date(2026, 6, 1), False)]
    ((rows, zeros),) = warehouse.query(
        "select count(*), count(*) filter (where views_count = 0) from staging.stg_pageviews__article_days"
    )
    assert (rows, zeros) == (len(outcomes[1][0]), 0)


def test_a_negative_count_is_seen_by_dbt(outcomes: list[Any], warehouse: Warehouse) -> None:
    one = "project = 'en.wikipedia' and article_title = 'Bali' and view_date = '2026-06-02'"
    with_owner(
        warehouse, f"update raw.pageviews__article_days set views_count = -views_count where {one}"
    )
    with warehouse.active() as settings, pytest.raises(BuildFailed, match="between_stg_pageviews"):
        run_dbt(settings, warehouse.url, ["test", "--select", "stg_pageviews__article_days"])
    with_owner(
        warehouse, f"update raw.pageviews__article_days set views_count = -views_count where {one}"
    )


def test_positions_and_flows_are_the_planted_ones(
    outcomes: list[Any], warehouse: Warehouse, small_world: World
) -> None:
    truth: Any = small_world.truth.summary["partners"]
    tables = (
        ("imf__positions", "counterpart_code", "position_year", "positions", "true"),
        ("oecd__flows", "reporter_code", "flow_year", "flows", "entity_type = 'ALL'"),
    )
    for table, partner, year, name, where in tables:
        found = warehouse.query(
            f"select country_code_iso3, {partner}, value_usd from raw.{table}"
            f" where {year} = {partners.LAST_YEAR} and {where} and {partner} <> 'G001'"
        )
        assert {(country, code): value for country, code, value in found} == {
            (country, code): None if value is None else Decimal(value)
            for country, values in truth[name].items()
            for code, value in values.items()
        }
        assert len(found) > 150
    with warehouse.active() as settings:
        models = ["stg_imf__positions", "stg_oecd__flows"]
        run_dbt(settings, warehouse.url, ["build", "--select", *models])
    confidential = warehouse.query(
        "select 'imf', count(*), count(position_usd) from staging.stg_imf__positions where is_confidential"
        " union all select 'oecd', count(*), count(flow_usd) from staging.stg_oecd__flows"
        " where is_confidential order by 1"
    )
    years = len(partners.YEARS)
    assert confidential == [("imf", 6 * years, 0), ("oecd", 6 * years * 2, 0)]


def folder_of(tmp_path: Path, **messages: Any) -> str:
    folder = tmp_path / "data/dataflow/IMF.STA/DIP"
    folder.mkdir(parents=True, exist_ok=True)
    for country, message in messages.items():
        (folder / f"{country}.json").write_text(json.dumps(message), "utf-8")
    return tmp_path.as_uri()


def test_a_vintage_is_kept_where_values_changed_and_one_bad_answer_keeps_out_no_other(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("imf_folder")
    good = {country: partners.imf_message(7, country) for country in ("VNM", "THA")}
    base = folder_of(tmp_path, **good, IDN={"meta": {}})
    july, august = (
        Window(parse_instant(start), parse_instant(end))
        for start, end in (("2026-07-13", "2026-07-14"), ("2026-08-13", "2026-08-14"))
    )
    vintages = (
        "select country_code_iso3, payload_sha256 from raw.imf__vintages order by 1, vintage_date"
    )
    with warehouse.active(TIENGVANG_IMF_BASE_URL=base):
        outcome = ingest("imf", july)
        assert (outcome["loaded"], outcome["refused"], outcome["missing"]) == (2, 1, 3)
        first = warehouse.query(vintages)
        assert [country for country, _ in first] == ["THA", "VNM"]
        series = good["VNM"]["data"]["dataSets"][0]["series"]
        series["0:0:0:0:0"]["observations"]["15"][0] = "123456789.5"
        folder_of(tmp_path, VNM=good["VNM"])
        # Every vintage here would be of today: the one before is dated back.
        for table in (imf.TABLES.vintages, imf.TABLES.observations):
            with_owner(warehouse, f"update {table} set vintage_date = '2026-07-13'")
        assert ingest("imf", august)["loaded"] == 2
    after = warehouse.query(vintages)
    assert [country for country, _ in after] == ["THA", "VNM", "VNM"]
    assert set(first) < set(after)
    changed = warehouse.query(
        "select counterpart_code, position_year, count(distinct value_usd) from raw.imf__positions"
        " where country_code_iso3 = 'VNM' group by 1, 2 having count(distinct value_usd) > 1"
    )
    assert [row[1:] for row in changed] == [(partners.LAST_YEAR, 2)]


def with_owner(warehouse: Warehouse, statement: str) -> None:
    with psycopg.connect(warehouse.url) as connection:
        assert connection.execute(statement.encode()).rowcount > 0


def site_that_says(httpserver: HTTPServer, status: int) -> str:
    httpserver.expect_request("/world.json").respond_with_data(b"", status=404)
    httpserver.expect_request(re.compile("/(data|per-article)/.*")).respond_with_data(
        b"", status=status
    )
    return httpserver.url_for("").rstrip("/")


def test_a_flow_that_the_imf_does_not_know_is_missing_with_the_reason(
    new_warehouse: Callable[[str], Warehouse], httpserver: HTTPServer
) -> None:
    warehouse = new_warehouse("imf_unknown")
    with warehouse.active(TIENGVANG_IMF_BASE_URL=site_that_says(httpserver, 204)):
        assert ingest("imf", ONE_DAY)["missing"] == 6
    reasons = warehouse.query("select reason from ops.source_files")
    assert len(reasons) == 6
    assert all("status 204" in reason for (reason,) in reasons)


def test_a_client_that_is_shut_out_learns_nothing_about_articles(
    new_warehouse: Callable[[str], Warehouse], httpserver: HTTPServer
) -> None:
    warehouse = new_warehouse("pageviews_403")
    with (
        warehouse.active(TIENGVANG_PAGEVIEWS_BASE_URL=site_that_says(httpserver, 403)),
        pytest.raises(FetchFailed, match="status 403"),
    ):
        ingest("pageviews", ONE_DAY)
    assert warehouse.query(LEDGER.format("pageviews")) == [("expected", len(read_articles()))]


OTHERS = ("worldbank", "oecd", "nso", "fia", "tranco", "pageviews")


def test_a_publisher_that_is_down_fails_alone(
    new_warehouse: Callable[[str], Warehouse], small_world: World
) -> None:
    warehouse = new_warehouse("imf_down")
    with reading(warehouse, small_world.folder, small_world.instants[0]):
        with (
            warehouse.active(TIENGVANG_IMF_BASE_URL="http://127.0.0.1:1"),
            pytest.raises(FetchFailed, match="no answer"),
        ):
            ingest("imf")
        for source in OTHERS:
            assert ingest(source)["loaded"] > 0, source
        assert warehouse.query("select count(*) from raw.imf__positions") == [(0,)]
        # The next run that gets an answer brings it.
        assert ingest("imf")["loaded"] == 6
    passed = warehouse.query("select distinct source from ops.loads where status = 'passed'")
    assert {source for (source,) in passed} == {*OTHERS, "imf"}


def test_an_article_that_had_views_and_has_none_now_keeps_them_and_stays_due(
    new_warehouse: Callable[[str], Warehouse], small_world: World, httpserver: HTTPServer
) -> None:
    warehouse = new_warehouse("pageviews_gone")
    with reading(warehouse, small_world.folder, small_world.instants[0]):
        ingest("pageviews")
    before = warehouse.query(VIEWS)
    world = (small_world.folder / "pageviews" / "world.json").read_bytes()
    httpserver.expect_request("/world.json").respond_with_data(world)
    httpserver.expect_request(re.compile("/per-article/.*")).respond_with_data(b"", status=404)
    with (
        warehouse.active(TIENGVANG_PAGEVIEWS_BASE_URL=httpserver.url_for("").rstrip("/")),
        pytest.raises(FetchFailed, match="loaded before, and now"),
    ):
        ingest("pageviews")
    assert warehouse.query(VIEWS) == before
    still_due = "select count(*) from ops.source_files where watchlist_digest is null"
    assert warehouse.query(still_due) == [(len(read_articles()),)]


def test_a_month_that_has_settled_is_not_asked_for_again(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("pageviews_settled")
    month_file(tmp_path, Article("en.wikipedia", "Hanoi"), dict.fromkeys(JUNE, 5))
    june = Window(parse_instant("2026-06-01"), parse_instant("2026-07-01"))
    with warehouse.active(TIENGVANG_PAGEVIEWS_BASE_URL=tmp_path.as_uri()):
        assert ingest("pageviews", june)["loaded"] == 1
        assert ingest("pageviews", june) == {"loaded": 0, "unchanged": 0, "refused": 0,
            "missing": len(read_articles()) - 1, "unreachable": 0, "rows_kept": 0}  # fmt: skip
    assert len(warehouse.query(VIEWS)) == 30


def test_without_a_contact_the_real_site_is_not_asked(
    new_warehouse: Callable[[str], Warehouse],
) -> None:
    warehouse = new_warehouse("pageviews_contact")
    with (
        warehouse.active() as settings,
        HttpClient() as client,
        connect(warehouse.url, "loader") as connection,
        pytest.raises(SettingsError, match="TIENGVANG_CONTACT is empty"),
    ):
        PageviewsSource(settings, client).prepare(connection, [])
