"""Step 2 of a build: families, boilerplate and stories of the days that changed, in one transaction.

Each part is a function of the documents that are there, and each writes only what became different: a day
that changed outside the claim is claimed beside it, so that the models behind rebuild it as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from tiengvang import audit
from tiengvang.claims import Build
from tiengvang.stories.boilerplate import WINDOW_SECONDS as BOILERPLATE_SECONDS
from tiengvang.stories.boilerplate import Page, find_boilerplate
from tiengvang.stories.claimed_days import (
    around,
    claim_more,
    claimed_days,
    day_number,
    day_of,
    midnight,
    stretches,
)
from tiengvang.stories.families import WINDOW_DAYS as FAMILY_DAYS
from tiengvang.stories.families import Mirrors
from tiengvang.stories.grouping import DAY_SECONDS
from tiengvang.stories.story_table import write_stories
from tiengvang.warehouse.connection import Connection

BOILERPLATE_DAYS = BOILERPLATE_SECONDS // DAY_SECONDS
DAYS_AT_A_TIME = 30

_SIGHTINGS = """
    select distinct record_id, tone_key, registered_domain
    from intermediate.int_documents_screened
    where slot_date = %s and tone_key is not null
"""
# Once a document, whatever number of countries it is about.
_PAGES = """
    with near as (
        select distinct record_id, slot_at, registered_domain, title_key, tone_key
        from intermediate.int_documents_screened
        where slot_date between %(first)s and %(last)s and tone_key is not null
    )

    select
        record_id, extract(epoch from slot_at)::bigint, registered_domain, title_key, tone_key
    from near
    where tone_key in (
        select tone_key from near group by tone_key having count(distinct title_key) > 1
    )
"""


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a grouping changed: the number of days on which each of its tables became different."""

    family_days: int
    boilerplate_days: int
    story_days: int


def group_documents(connection: Connection, build: Build) -> Grouped:
    """Bring outlet families, boilerplate and stories up to the documents of a build.

    Reads ``intermediate.int_documents_screened``; writes ``computed.outlet_mirrors``,
    ``boilerplate_documents``, ``story_documents`` and ``story_aliases``. A changed document moves
    families of the 30 days from its own, boilerplate of seven days before and behind it, and stories as
    ``regrouping`` says; an audit of a language moves stories only; the work follows these days, and what
    is held the documents of a month that share a tone vector.
    """
    with connection.transaction():
        claimed = _changed_days(connection, build)
        family_days = _write_families(connection, around(claimed, 0, FAMILY_DAYS - 1))
        judged = around(claimed, BOILERPLATE_DAYS, BOILERPLATE_DAYS) | family_days
        boilerplate_days = _write_boilerplate(connection, judged)
        # a language that an audit suppresses, or clears again, leaves families as they are
        audited = claimed_days(connection, build, audit.SOURCE)
        story_days = write_stories(connection, claimed | boilerplate_days | audited)
        if not build.is_full_refresh:
            claim_more(connection, build, family_days | boilerplate_days | story_days)
    return Grouped(len(family_days), len(boilerplate_days), len(story_days))


def _changed_days(connection: Connection, build: Build) -> set[int]:
    """Return the claimed days; in a full refresh every day that has documents or has had any."""
    if not build.is_full_refresh:
        return claimed_days(connection, build)
    row: Any = connection.execute(
        """
        select min(first_date), max(last_date) from (
            select min(slot_date) as first_date, max(slot_date) as last_date
            from intermediate.int_documents_screened
            union all
            select min(slot_date), max(slot_date) from computed.story_documents
            union all
            select min(slot_date), max(slot_date) from computed.boilerplate_documents
            union all
            select min(family_date), max(family_date) from computed.outlet_mirrors
        ) as tables
        """
    ).fetchone()
    if row[0] is None:
        return set()
    return set(range(day_number(row[0]), day_number(row[1]) + 1))


def _write_families(connection: Connection, days: set[int]) -> set[int]:
    """Write the families of days; return the days on which they became different."""
    changed = set()
    for first, last in stretches(days, len(days)):
        mirrors = Mirrors()
        for day in range(first - FAMILY_DAYS + 1, last + 1):
            rows: list[Any] = connection.execute(_SIGHTINGS, (day_of(day),)).fetchall()
            mirrors.add((vector, domain) for _, vector, domain in rows)
            if day >= first and _replace_families(connection, day_of(day), mirrors.families()):
                changed.add(day)
    return changed


def _replace_families(connection: Connection, day: date, families: Mapping[str, str]) -> bool:
    if families == _families_on(connection, day):
        return False
    connection.execute("delete from computed.outlet_mirrors where family_date = %s", (day,))
    connection.execute(
        """
        insert into computed.outlet_mirrors (registered_domain, outlet_family, family_date)
        select named.registered_domain, named.outlet_family, %s
        from unnest(%s::text[], %s::text[]) as named (registered_domain, outlet_family)
        """,
        (day, list(families), list(families.values())),
    )
    return True


def _families_on(connection: Connection, day: date) -> dict[str, str]:
    rows: list[Any] = connection.execute(
        "select registered_domain, outlet_family from computed.outlet_mirrors where family_date = %s",
        (day,),
    ).fetchall()
    return dict(rows)


def _write_boilerplate(connection: Connection, days: set[int]) -> set[int]:
    """Write which documents of days are boilerplate; return the days on which that changed."""

    @lru_cache(maxsize=DAYS_AT_A_TIME)
    def families_on(day: int) -> dict[str, str]:
        return _families_on(connection, day_of(day))

    changed = set()
    for first, last in stretches(days, DAYS_AT_A_TIME):
        dates = {"first": day_of(first), "last": day_of(last)}
        wide = {
            "first": day_of(first - BOILERPLATE_DAYS), "last": day_of(last + BOILERPLATE_DAYS),
        }  # fmt: skip
        rows: list[Any] = connection.execute(_PAGES, wide).fetchall()
        slots = {row[0]: row[1] for row in rows}
        found = find_boilerplate(
            (Page(*row) for row in rows),
            lambda slot: families_on(slot // DAY_SECONDS),
            first_slot=int(midnight(first).timestamp()),
            end_slot=int(midnight(last + 1).timestamp()),
        )
        stored: list[Any] = connection.execute(
            """
            select record_id, slot_date from computed.boilerplate_documents
            where slot_date between %(first)s and %(last)s
            """,
            dates,
        ).fetchall()
        known = {record_id: day_number(day) for record_id, day in stored}
        gone, come = known.keys() - found, sorted(found - known.keys())
        connection.execute(
            "delete from computed.boilerplate_documents where record_id = any(%s)", (sorted(gone),)
        )
        with connection.cursor().copy(
            "copy computed.boilerplate_documents (record_id, slot_date) from stdin"
        ) as copy:
            for record_id in come:
                copy.write_row((record_id, day_of(slots[record_id] // DAY_SECONDS)))
        changed |= {known[record_id] for record_id in gone}
        changed |= {slots[record_id] // DAY_SECONDS for record_id in come}
    return changed
