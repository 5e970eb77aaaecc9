"""The step that writes the candidate tables: which weeks and rows, the same whichever build wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from benchmarks.tone_worlds import COUNTRIES, Design, tone_units
from harness import Warehouse

from tiengvang.claims import Build
from tiengvang.measures import compute
from tiengvang.warehouse.connection import Connection, connect

WEEKS = [date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 15)]
AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
TABLES = ("share_of_voice", "tone_premiums", "message_gaps")
DDL = """
    create table intermediate.int_weeks (
        week_start_date date, window_start_date date, window_end_date date);
    create table intermediate.int_attention_totals (
        week_start_date date, source_country_code_iso3 text, stream text, outlet_family text,
        n_all_documents bigint);
    create table intermediate.int_attention_counts (
        week_start_date date, country_code_iso3 text, source_country_code_iso3 text, stream text,
        outlet_family text, n_documents bigint);
    create table intermediate.int_tone_units (
        first_date date, country_code_iso3 text, source_country_code_iso3 text, stratum text,
        story_id text, outlet_family text, z double precision);
    create table intermediate.int_story_pillars (
        first_date date, country_code_iso3 text, series text, source_country_code_iso3 text,
        language_code_iso639_3 text, story_id text, pillar text, weight double precision);
    create table intermediate.int_response_weeks (
        week_start_date date, window_start_date date, window_end_date date, case_code text,
        decision text, outcome text, hours double precision, target_hours double precision);
    create table intermediate.int_response_versions (
        case_code text, claim_url text, statement_url text, is_latest boolean);
    create table seeds.watchlist (
        country_code_iso3 text, role text, valid_from date, valid_to date);
    create table seeds.countries (country_code_iso3 text, region_name_en text);
    create table seeds.pillars (pillar text);
    insert into seeds.watchlist
    select code, case code when 'VNM' then 'focus' else 'peer' end, date '2015-01-01', null
    from unnest(array['VNM', 'THA', 'IDN', 'MYS', 'PHL', 'SGP']) as code;
    insert into seeds.watchlist values ('LAO', 'donor', '2015-01-01', null);
    update seeds.watchlist set valid_to = '2026-06-15' where country_code_iso3 = 'SGP';
    insert into seeds.countries values ('FRA', 'Western Europe');
    insert into seeds.pillars values ('economy'), ('culture');
"""


@pytest.fixture(scope="module")
def warehouse(new_warehouse: Callable[[str], Warehouse]) -> Warehouse:
    """What dbt would have counted for three weeks."""
    made = new_warehouse("measures")
    with connect(made.url, "owner") as connection:
        connection.execute(DDL)
        connection.execute(
            "grant select, delete on all tables in schema intermediate, seeds to tiengvang_builder"
        )
        for number, week in enumerate(WEEKS):
            _fill(connection, week, number)
    return made


def _fill(connection: Connection, week: date, number: int) -> None:
    """A window of one day for each week, so that each has documents of its own."""
    units = tone_units(1, 10, 1.0, Design(), seed=number)
    columns = ["country_code_iso3", "stratum", "story_id", "outlet_family", "z"]
    with connection.cursor() as cursor:
        cursor.execute("insert into intermediate.int_weeks values (%s, %s, %s)", (week,) * 3)
        cursor.executemany(
            "insert into intermediate.int_tone_units (first_date, source_country_code_iso3,"
            " country_code_iso3, stratum, story_id, outlet_family, z)"
            " values (%s, 'FRA', %s, %s, %s, %s, %s)",
            [(week, *row) for row in units[columns].itertuples(index=False)],
        )
        cursor.executemany(
            "insert into intermediate.int_attention_totals values (%s, 'FRA', 'english', %s, %s)",
            [(week, f"o{outlet}", 200 + 10 * outlet) for outlet in range(7)],
        )
        cursor.executemany(
            "insert into intermediate.int_attention_counts values (%s, %s, 'FRA', 'english', %s, %s)",
            [
                (week, country, f"o{outlet}", (outlet + place) % 4)
                for outlet in range(6)
                for place, country in enumerate((*COUNTRIES, "LAO"))
            ],
        )
        cursor.executemany(
            "insert into intermediate.int_story_pillars values (%s, 'VNM', %s, %s, 'eng', %s, %s, 1)",
            [
                (week, side, source, f"{side}{i}", "economy" if i % step else "culture")
                for side, source, step in (("owned", "VNM", 2), ("foreign", "FRA", 5))
                for i in range(110)
            ],
        )


@pytest.fixture
def connection(warehouse: Warehouse) -> Iterator[Connection]:
    with connect(warehouse.url, "builder") as opened:
        yield opened
        opened.rollback()


def _build(connection: Connection, *, is_full: bool, days: list[date]) -> Build:
    row = connection.execute(
        "insert into ops.builds (as_of_at, project_digest, is_full_refresh) values (%s, 'd', %s)"
        " returning build_id",
        (AS_OF, is_full),
    ).fetchone()
    assert row is not None
    build = Build(int(str(row[0])), AS_OF, is_full, "d")
    for day in days:
        connection.execute(
            "insert into ops.changed_days (source, day, build_id) values ('gdelt', %s, %s)",
            (day, build.build_id),
        )
    return build


def _table(connection: Connection, name: str) -> list[tuple[object, ...]]:
    query = f"select t::text from computed.{name} as t order by 1"
    return connection.execute(query.encode()).fetchall()


def test_a_full_refresh_writes_every_week(connection: Connection):
    written = compute.measure(connection, _build(connection, is_full=True, days=[]))
    for name in TABLES:
        weeks = connection.execute(
            f"select week_start_date, count(*) from computed.{name} group by 1 order by 1".encode()
        ).fetchall()
        assert [week for week, _ in weeks] == WEEKS
        assert written[name] == sum(int(str(count)) for _, count in weeks) > 0
    shown = connection.execute(
        "select premium_vs_peers, premium_vs_peers_low, premium_vs_peers_high, n_peers, suppressed_reason"
        " from computed.tone_premiums where country_code_iso3 = 'VNM' order by week_start_date"
    ).fetchall()
    assert all(low < middle < high for middle, low, high, *_ in shown)
    assert [row[3:] for row in shown] == [
        (5, None),
        (5, None),
        (4, None),
    ]  # Singapore left the list


def test_sets_and_missing_values_arrive_as_sql_has_them(connection: Connection):
    compute.measure(connection, _build(connection, is_full=True, days=[]))
    (row,) = connection.execute(
        "select compared_country_codes_iso3, n_outlets,"
        " sov_balanced between sov_balanced_low and sov_balanced_high"
        " from computed.share_of_voice where country_code_iso3 = 'VNM' and stream = 'all'"
        " and source_country_code_iso3 = 'world' and week_start_date = '2026-06-15'"
    ).fetchall()
    # the seventh outlet wrote about none of them
    assert row == (["IDN", "MYS", "PHL", "THA", "VNM"], 7, True)
    nan = connection.execute(
        "select count(*) from computed.tone_premiums where premium = 'NaN' or premium_low = 'NaN'"
    ).fetchone()
    assert nan == (0,)


def test_a_claim_rebuilds_its_weeks_alone_and_to_the_same_rows(connection: Connection):
    compute.measure(connection, _build(connection, is_full=True, days=[]))
    before = {name: _table(connection, name) for name in TABLES}
    marked = "update computed.share_of_voice set n_documents = -1"
    connection.execute(marked)
    # 14 June is in the windows of the weeks that begin from 8 June to 11 July
    build = _build(connection, is_full=False, days=[date(2026, 6, 14)])
    compute.measure(connection, build)
    left = connection.execute(
        "select distinct week_start_date from computed.share_of_voice where n_documents = -1"
    ).fetchall()
    assert left == [(WEEKS[0],)]
    compute.measure(connection, _build(connection, is_full=False, days=[date(2026, 5, 10)]))
    assert {name: _table(connection, name) for name in TABLES} == before


def test_a_week_without_rows_is_emptied(connection: Connection):
    compute.measure(connection, _build(connection, is_full=True, days=[]))
    connection.execute("delete from intermediate.int_tone_units where first_date = %s", (WEEKS[2],))
    build = replace(_build(connection, is_full=False, days=[WEEKS[2]]), is_full_refresh=False)
    compute.measure(connection, build)
    weeks = connection.execute(
        "select distinct week_start_date from computed.tone_premiums order by 1"
    ).fetchall()
    assert weeks == [(WEEKS[0],), (WEEKS[1],)]
