"""A build costs what changed and says what a full refresh says; a killed one leaves nothing half done."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

import psycopg
import pytest
from hand_made_days import DbtWarehouse
from harness import Warehouse
from raw_rows import RawRows, at

from tiengvang.errors import BuildFailed
from tiengvang.transform import dbt_environment

DAYS = (3, 4, 5, 6, 7, 12)
GAP = 5  # nothing of this day was ever received
# Published every day: what is within 72 hours of its first document is one story.
HEADLINE = "Vietnam opens a new port for large ships"
OUTLETS = (
    "lemonde.fr",
    "lefigaro.fr",
    "journal.fr",
    "spiegel.de",
    "vnexpress.net",
    "x.io",
    "y.co.jp",
)
REFRESH = ("run", "--full-refresh")


def write_day(raw: RawRows, day: int, dice: random.Random) -> set[date]:
    """One day's files: documents, events, and mentions of events of up to seven days before."""
    raw.load()
    slots = [at(f"{day:02} {hour:02}:00") for hour in (0, 23)]
    for slot in slots:
        raw.slot(slot, status="gap" if day == GAP else "loaded")
    if day == GAP:
        return {date(2026, 7, day)}
    for _ in range(12):
        places = {"VM": dice.randint(1, 4), "TH": dice.randint(1, 4), "FR": dice.randint(1, 4)}
        raw.document(
            dice.choice(slots), dice.choice(OUTLETS), places, tone=dice.uniform(-9, 9),
            record_id=f"{day}-{raw.documents}",
        )  # fmt: skip
    raw.document(slots[0], "spiegel.de", {"VM": 2}, record_id=f"port-{day}", title=HEADLINE)
    raw.event(day, slots[0])
    for line, event_day in enumerate((day, day - 1, day - 5), start=1):
        if event_day in DAYS and event_day != GAP:
            event_slot = at(f"{event_day:02} 00:00")
            raw.mention(event_day, event_slot, slots[1], line, dice.choice(OUTLETS))
    return {date(2026, 7, day)}


@pytest.fixture(scope="module")
def growing(new_warehouse: Callable[[str], Warehouse]) -> DbtWarehouse:
    """A warehouse that was built when it was empty, then four times: days in any order, one slot late."""
    made = DbtWarehouse(new_warehouse("growing"))
    made.build(is_full_refresh=True)
    order = list(DAYS)
    random.Random(20260713).shuffle(order)
    assert order != sorted(order)
    for batch in (order[:3], order[3:5], order[5:]):
        claimed: set[date] = set()
        with made.raw() as raw:
            for day in batch:
                claimed |= write_day(raw, day, random.Random(day))
        made.build(*claimed)
    with made.raw() as raw:
        raw.load()
        raw.slot(at("04 12:00"), stream="translation")
        raw.document(at("04 12:00"), "z.kr", {"VM": 5}, stream="translation", record_id="late")
    made.build(date(2026, 7, 4))
    return made


def test_days_in_any_order_give_what_a_full_refresh_gives(growing: DbtWarehouse) -> None:
    kept = [
        f"intermediate.{name}" for name in ("int_coverage_months_counted", "int_attention_days")
    ]
    grown = growing.candidates(), [growing.warehouse.table(name) for name in kept]
    growing.build(is_full_refresh=True)
    assert all(grown[1])
    assert grown == (growing.candidates(), [growing.warehouse.table(name) for name in kept])
    assert len(grown[0]["fct_event"]) == len(DAYS) - 1
    assert any("late" in row for row in grown[0]["fct_document_country"])
    mentions = growing.query("select sum(n_mentions) from warehouse.fct_event")
    assert mentions == growing.query("select count(*) from raw.gdelt__mentions")


def test_a_day_is_built_again_on_which_an_older_story_went_on(growing: DbtWarehouse) -> None:
    before = growing.candidates()
    told = growing.query(
        "select first_date, last_slot_at from warehouse.mart_story_week where title is not null"
        " order by 1"
    )
    assert told[0] == (date(2026, 7, 3), at("06 00:00"))
    growing.build(date(2026, 7, 7))
    assert growing.candidates() == before


def test_only_claimed_days_are_rebuilt(growing: DbtWarehouse) -> None:
    rows = "select slot_date, xmin::text from warehouse.fct_document_country where record_id = "
    before = {name: growing.query(f"{rows}'{name}'") for name in ("late", "6-1")}
    events = "select slot_date, xmin::text from warehouse.fct_event order by 1"
    events_before = dict(growing.query(events))
    growing.claim(date(2026, 7, 12))
    growing.dbt("run", "--select", "fct_document_country", "fct_event")
    assert {name: growing.query(f"{rows}'{name}'") for name in before} == before
    rebuilt = {day.day for day, seen in growing.query(events) if seen != events_before[day]}
    assert rebuilt == {6, 7, 12}, "a mention reaches events of the seven days before it"


def test_tests_look_at_what_the_build_changed(growing: DbtWarehouse) -> None:
    damage = (
        "update warehouse.mart_coverage_day set slots_received = slots_received {} 1000"
        " where coverage_date = '2026-07-12'"
    )
    execute(growing, damage.format("+"))
    try:
        growing.claim(date(2026, 7, 7))
        growing.dbt("test", "--select", "assert_gaps_are_null")
        growing.claim(date(2026, 7, 12))
        with pytest.raises(BuildFailed, match="assert_gaps_are_null"):
            growing.dbt("test", "--select", "assert_gaps_are_null")
    finally:
        execute(growing, damage.format("-"))


def execute(warehouse: DbtWarehouse, statement: str) -> None:
    with psycopg.connect(warehouse.warehouse.url) as connection:
        assert connection.execute(statement.encode()).rowcount > 0


def test_a_killed_build_leaves_no_half_partition(growing: DbtWarehouse) -> None:
    before = growing.candidates()
    growing.claim(date(2026, 7, 6))
    with psycopg.connect(growing.warehouse.url, autocommit=True) as connection:
        connection.execute(
            "create function wait_long() returns trigger language plpgsql as"
            " $$ begin perform pg_sleep(60); return new; end $$"
        )
        connection.execute(
            "create trigger waiting before insert on warehouse.fct_document_country"
            " for each row execute function wait_long()"
        )
        process = start_dbt(growing, "run", "--select", "fct_document_country")
        try:
            backend = await_backend(connection, process)
        finally:
            process.kill()
            process.wait()
        connection.execute("select pg_terminate_backend(%s, 10000)", (backend,))
        connection.execute("drop function wait_long cascade")
    assert growing.candidates() == before
    growing.dbt("run", "--select", "fct_document_country")
    assert growing.candidates() == before


def english_day(warehouse: DbtWarehouse) -> tuple[object, ...]:
    """6 July: facts, then slots expected, received, missing by the trust, received by the coverage."""
    (facts,) = warehouse.query(
        "select count(*) from warehouse.fct_document_country"
        " where slot_date = '2026-07-06' and record_id = 'during'"
    )
    (trust,) = warehouse.query(
        "select slots_expected, slots_received, slots_missing from warehouse.mart_data_trust"
        " where trust_date = '2026-07-06' and stream = 'english'"
    )
    (coverage,) = warehouse.query(
        "select distinct slots_received from warehouse.mart_coverage_day"
        " where coverage_date = '2026-07-06'"
    )
    return (*facts, *trust, *coverage)


def test_a_load_that_passes_during_a_build_waits_for_the_next(growing: DbtWarehouse) -> None:
    day, slot = date(2026, 7, 6), at("06 12:00")
    read = "select count(*) from staging.stg_gdelt__documents where record_id = 'during'"
    claimed = growing.claim(day)
    with growing.raw() as raw:
        raw.load()
        raw.slot(slot)
        raw.document(slot, "lemonde.fr", {"VM": 2}, record_id="during")
        raw.changed_day(day)
    growing.transform(claimed)
    assert english_day(growing) == (0, 3, 2, 1, 2)
    assert growing.query(read) == [(0,)]
    waited = growing.candidates()
    growing.dbt(*REFRESH)
    assert growing.candidates() == waited
    with psycopg.connect(growing.warehouse.url) as connection:
        connection.execute("update ops.builds set status = 'published'")
    assert growing.query(read) == [(1,)], "without a running build every load that passed is read"
    build_id = growing.claim()
    with psycopg.connect(growing.warehouse.url) as connection:
        connection.execute(
            "update ops.changed_days set build_id = %s, is_done = false where load_id is not null",
            (build_id,),
        )
    growing.transform(build_id)
    assert english_day(growing) == (1, 3, 3, 0, 3)


def start_dbt(warehouse: DbtWarehouse, *arguments: str) -> subprocess.Popen[bytes]:
    with warehouse.warehouse.active() as settings:
        environment = os.environ | dbt_environment(settings, warehouse.warehouse.url)
    call = f"from dbt.cli.main import dbtRunner; dbtRunner().invoke({json.dumps(arguments)})"
    return subprocess.Popen(
        [sys.executable, "-c", call], env=environment, stdout=subprocess.DEVNULL
    )


def await_backend(connection: psycopg.Connection[object], process: subprocess.Popen[bytes]) -> int:
    """The process id of the server's side that is inside the insert, after the delete."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        row = connection.execute(
            "select pid from pg_stat_activity where wait_event = 'PgSleep'"
            " and query ilike '%%insert into%%fct_document_country%%'"
        ).fetchone()
        if row is not None:
            return int(str(row[0]))  # type: ignore[index]
        time.sleep(0.1)
    raise AssertionError("dbt did not reach the insert")
