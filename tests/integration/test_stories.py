"""Titles, families, boilerplate and stories on a real Postgres: any order of arrival, the same tables."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from harness import Warehouse

from tiengvang.claims import Build
from tiengvang.stories.reading import read_documents
from tiengvang.stories.step import group_documents
from tiengvang.warehouse.connection import connect

START = datetime(2026, 6, 1, tzinfo=UTC)
TABLES = ("document_titles", "outlet_mirrors", "boilerplate_documents", "story_documents")
# What the dbt models of phase 1 make of raw documents, cut down to one country and series.
SCREENED = """
    create or replace view intermediate.int_documents_screened as
    select
        documents.record_id, 'VNM'::text as country_code_iso3, documents.slot_at,
        (documents.slot_at at time zone 'UTC')::date as slot_date, documents.stream,
        documents.outlet_domain, domains.registered_domain, 'foreign'::text as series,
        documents.language_code_iso639_3, titles.title_text, titles.title_key, titles.url_key,
        titles.title_word_count, documents.word_count,
        md5(documents.tone::text || documents.word_count::text) as tone_key,
        documents.word_count >= 80 as passes_length, true as passes_about, true as passes_audit
    from raw.gdelt__documents as documents
    inner join computed.document_titles as titles on documents.record_id = titles.record_id
    inner join computed.outlet_domains as domains
        on documents.outlet_domain = domains.outlet_domain
    inner join ops.loads as loads on documents.load_id = loads.load_id and loads.status = 'passed'
"""
OPENERS = ("Vietnam", "Hanoi", "Danang", "Ministry", "Court", "Port", "Bank", "School")
DEEDS = ("signs", "delays", "reviews", "rejects", "welcomes", "questions", "cancels", "extends")
THINGS = ("rice quota", "rail plan", "data law", "coffee tax", "fishing talks", "visa rules")
ENDS = ("after long debate", "as floods recede", "before the congress", "despite warnings")


@dataclass(frozen=True)
class Page:
    """One raw document; its load is named after the batch that it arrives in."""

    record_id: str
    slot_at: datetime
    outlet: str
    title: str
    tone: float
    words: int


def pages(seed: int, days: int = 12) -> list[Page]:
    """Originals with copies, a notice that one outlet shows, a notice of many, and a pair of mirrors."""
    dice = random.Random(seed)
    made: list[Page] = []

    def add(slot_at: datetime, outlet: str, title: str, tone: float, words: int) -> None:
        stamp = slot_at.strftime("%Y%m%d%H%M%S")
        made.append(Page(f"{stamp}-{len(made)}", slot_at, outlet, title, tone, words))

    for number in range(150):
        slot_at = START + timedelta(minutes=15 * dice.randrange(days * 96))
        chosen = (dice.choice(part) for part in (OPENERS, DEEDS, THINGS, ENDS))
        title = f"{' '.join(chosen)} in week {dice.randrange(9)}"
        outlet = f"outlet{dice.randrange(12)}.com"
        add(slot_at, outlet, title, number / 7, 100 + number)
        for _ in range(dice.randrange(3)):
            later = slot_at + timedelta(minutes=15 * dice.randrange(96 * 3))
            add(
                later,
                f"paper{dice.randrange(12)}.com",
                f"{title} | World",
                number / 7,
                100 + number,
            )
        if number % 9 == 0:
            add(slot_at, "mirror-a.com", f"{title} again", -number / 7, 300 + number)
            add(
                slot_at + timedelta(hours=5),
                "mirror-b.net",
                f"{title} again",
                -number / 7,
                300 + number,
            )
        if number % 11 == 0:
            add(slot_at, "paywalled.com", title, 3.25, 120)
            add(slot_at, f"consent{number}.com", title, 1.75, 140)
    return made


@pytest.fixture
def warehouse(new_warehouse: Callable[[str], Warehouse]) -> Warehouse:
    made = new_warehouse("stories")
    with psycopg.connect(made.url) as connection:
        connection.execute("set role tiengvang_builder")
        connection.execute(SCREENED)
    return made


def load(warehouse: Warehouse, batch: Sequence[Page], status: str = "passed") -> int:
    """Write pages as one load that door one has judged; return its id."""
    with psycopg.connect(warehouse.url) as connection:
        row: Any = connection.execute(
            """
            insert into ops.loads (source, run_id, window_start, window_end, status)
            values ('gdelt', 'test', now(), now(), %s) returning load_id
            """,
            (status,),
        ).fetchone()
        with connection.cursor() as cursor:
            cursor.executemany(
                """
                insert into raw.gdelt__documents (
                    record_id, slot_at, stream, outlet_domain, url, title, language_code_iso639_3,
                    tone, word_count, theme_codes, load_id
                ) values (%s, %s, 'english', %s, %s, %s, 'eng', %s, %s, '{}', %s)
                """,
                [
                    (
                        p.record_id, p.slot_at, p.outlet, f"https://www.{p.outlet}/{p.record_id}",
                        p.title, p.tone, p.words, row[0],
                    )
                    for p in batch
                ],
            )  # fmt: skip
            change(cursor, sorted({p.slot_at.date() for p in batch}), row[0])
    return int(row[0])


def change(cursor: psycopg.Cursor[Any], days: Sequence[Any], load_id: int | None) -> None:
    cursor.executemany(
        "insert into ops.changed_days (source, day, load_id) values ('gdelt', %s, %s)",
        [(day, load_id) for day in days],
    )


def group(warehouse: Warehouse, *, is_full_refresh: bool = False) -> set[Any]:
    """Run both steps as one build that claims what is open; return the days claimed at its end."""
    with connect(warehouse.url, "builder") as connection:
        row: Any = connection.execute(
            """
            insert into ops.builds (as_of_at, project_digest, is_full_refresh)
            values (now(), '', %s) returning build_id
            """,
            (is_full_refresh,),
        ).fetchone()
        build = Build(row[0], START, is_full_refresh, "")
        connection.execute(
            "update ops.changed_days set build_id = %s where not is_done", (build.build_id,)
        )
        connection.commit()
        read_documents(connection, build)
        group_documents(connection, build)
        days: list[Any] = connection.execute(
            """
            update ops.changed_days set is_done = true where build_id = %s returning day
            """,
            (build.build_id,),
        ).fetchall()
        connection.execute("update ops.builds set status = 'published'")
    return {day for (day,) in days}


def tables(warehouse: Warehouse) -> dict[str, list[str]]:
    """Every computed table but the aliases; none of them empty."""
    found = {name: warehouse.table(f"computed.{name}") for name in TABLES}
    assert all(found.values()), {name: len(rows) for name, rows in found.items()}
    return found


def split(batch: Sequence[Page], parts: int, seed: int) -> Iterator[list[Page]]:
    dice = random.Random(seed)
    where = [dice.randrange(parts) for _ in batch]
    for part in range(parts):
        yield [page for page, place in zip(batch, where, strict=True) if place == part]


def test_arrivals_in_any_order_give_the_same_tables(
    warehouse: Warehouse, new_warehouse: Callable[[str], Warehouse]
) -> None:
    everything = pages(seed=1)
    load(warehouse, everything)
    group(warehouse)
    expected = tables(warehouse)
    stories = [
        story for (story,) in warehouse.query("select story_id from computed.story_documents")
    ]
    assert len(set(stories)) < len(stories) < len(everything)

    group(warehouse, is_full_refresh=True)
    assert tables(warehouse) == expected

    other = new_warehouse("stories_split")
    with psycopg.connect(other.url) as connection:
        connection.execute("set role tiengvang_builder")
        connection.execute(SCREENED)
    for part in split(everything, parts=6, seed=2):
        load(other, part)
        group(other)
    assert tables(other) == expected


def test_a_quarantined_load_leaves_no_trace(warehouse: Warehouse) -> None:
    everything = pages(seed=3)
    lost, *kept = split(everything, parts=4, seed=4)
    load(warehouse, [page for part in kept for page in part])
    group(warehouse)
    expected = tables(warehouse)
    load_id = load(warehouse, lost)
    group(warehouse)
    assert tables(warehouse) != expected
    with psycopg.connect(warehouse.url) as connection:
        connection.execute(
            "update ops.loads set status = 'quarantined' where load_id = %s", (load_id,)
        )
        change(connection.cursor(), sorted({page.slot_at.date() for page in lost}), None)
    group(warehouse)
    assert tables(warehouse) == expected


def test_days_that_change_beside_the_claim_are_claimed(warehouse: Warehouse) -> None:
    """A notice becomes one when a third outlet shows it, six days later."""
    first = [
        Page("20260601000000-1", START, "a.com", "Floods close roads near the coast", 2.5, 130),
        Page(
            "20260602000000-1",
            START + timedelta(days=1),
            "b.com",
            "Bank cuts its rates again",
            2.5,
            130,
        ),
    ]
    load(warehouse, first)
    assert group(warehouse) == {page.slot_at.date() for page in first}
    assert warehouse.table("computed.boilerplate_documents") == []
    assert len(warehouse.table("computed.story_documents")) == 2

    late = Page(
        "20260607000000-1",
        START + timedelta(days=6),
        "c.com",
        "Team wins the regional cup",
        2.5,
        130,
    )
    load(warehouse, [late])
    assert group(warehouse) == {page.slot_at.date() for page in [*first, late]}
    assert len(warehouse.table("computed.boilerplate_documents")) == 3
    assert warehouse.table("computed.story_documents") == []


def test_a_late_arrival_that_is_earlier_gives_the_story_its_name(warehouse: Warehouse) -> None:
    title = "Hanoi opens the longest bridge over the Red River"
    early, middle, late = (
        Page(
            f"2026060{day}000000-1", START + timedelta(days=day - 1), f"o{day}.com", title, day, 100
        )
        for day in (1, 2, 3)
    )
    for page in (late, middle, early):
        load(warehouse, [page])
        group(warehouse)
    aliases = "select old_story_id, story_id from computed.story_aliases order by 1"
    assert warehouse.query(aliases) == [
        (middle.record_id, early.record_id),
        (late.record_id, early.record_id),
    ]
    assert {
        story for (story,) in warehouse.query("select story_id from computed.story_documents")
    } == {early.record_id}


def test_a_load_that_is_not_judged_is_not_read(warehouse: Warehouse) -> None:
    load(warehouse, pages(seed=5)[:3], status="loading")
    group(warehouse)
    assert warehouse.table("computed.document_titles") == []
