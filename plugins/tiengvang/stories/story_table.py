"""The tables of stories: what was grouped the last time, and what changed since.

``computed.story_documents`` is a function of the documents that are there. ``computed.story_aliases`` is not:
it records that a story was once known by another id, because an earlier document arrived late or the first
one went. It depends on the order of arrival, so no measure may read it, and it is no part of "the same
result": it serves who follows a story from an older edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tiengvang.stories.claimed_days import day_of
from tiengvang.stories.grouping import WINDOW_DAYS, RowKey
from tiengvang.stories.regrouping import Change, Day, StoredStory, regroup
from tiengvang.stories.similarity import Row
from tiengvang.warehouse.connection import Connection

_ROWS = """
    select
        documents.country_code_iso3, documents.series, documents.language_code_iso639_3,
        documents.record_id, extract(epoch from documents.slot_at)::bigint, documents.url_key,
        documents.title_key, documents.title_word_count, documents.tone_key
    from intermediate.int_documents_screened as documents
    left join computed.boilerplate_documents as boilerplate
        on documents.record_id = boilerplate.record_id
    where
        documents.slot_date = %s
        and documents.passes_length
        and documents.passes_about
        and documents.passes_audit
        and boilerplate.record_id is null
"""
_STORED = """
    select
        members.country_code_iso3, members.series, members.record_id, members.story_id,
        extract(epoch from openers.slot_at)::bigint
    from computed.story_documents as members
    inner join computed.story_documents as openers
        on
            members.country_code_iso3 = openers.country_code_iso3
            and members.story_id = openers.record_id
    where members.slot_date = %s
"""

Group = tuple[str, str, str]  # country, series, language


_DELETE = """
    delete from computed.story_documents as members
    using unnest(%s::text[], %s::text[]) as gone (country_code_iso3, record_id)
    where
        members.country_code_iso3 = gone.country_code_iso3
        and members.record_id = gone.record_id
"""
_COPY = """
    copy computed.story_documents (
        country_code_iso3, series, record_id, slot_at, slot_date, story_id
    ) from stdin
"""
_FOLLOW_ALIASES = """
    update computed.story_aliases as aliases
    set story_id = renamed.story_id
    from unnest(%s::text[], %s::text[], %s::text[], %s::text[])
        as renamed (country_code_iso3, series, old_story_id, story_id)
    where
        aliases.country_code_iso3 = renamed.country_code_iso3
        and aliases.story_id = renamed.old_story_id
"""
_ADD_ALIASES = """
    insert into computed.story_aliases (country_code_iso3, series, old_story_id, story_id)
    select * from unnest(%s::text[], %s::text[], %s::text[], %s::text[])
        as renamed (country_code_iso3, series, old_story_id, story_id)
    on conflict (country_code_iso3, series, old_story_id)
    do update set story_id = excluded.story_id
"""
# A story lives while the document that it is called after opens it.
_CLEAN_ALIASES = """
    delete from computed.story_aliases as aliases
    where
        exists (
            select from computed.story_documents as openers
            where
                openers.country_code_iso3 = aliases.country_code_iso3
                and openers.record_id = aliases.old_story_id
                and openers.story_id = aliases.old_story_id
        )
        or not exists (
            select from computed.story_documents as openers
            where
                openers.country_code_iso3 = aliases.country_code_iso3
                and openers.record_id = aliases.story_id
                and openers.story_id = aliases.story_id
        )
"""


def write_stories(connection: Connection, days: set[int]) -> set[int]:
    """Bring ``computed.story_documents`` up to changes of days; return the days that became different."""
    table = _Table(connection)
    for change in regroup(days, table.read_day):
        table.write(change)
    _write_aliases(connection, table.renamed)
    return table.changed


class _Table:
    def __init__(self, connection: Connection) -> None:
        self.changed: set[int] = set()
        # By country and old story: the series and new story of the earliest document that changed over.
        self.renamed: dict[tuple[str, str], tuple[str, str]] = {}
        self._connection = connection
        self._groups: dict[str, Group] = {}
        self._slots: dict[int, dict[RowKey, int]] = {}

    def read_day(self, day: int) -> Day:
        """Read the rows to group, and the stories of the last time."""
        rows: list[Any] = self._connection.execute(_ROWS, (day_of(day),)).fetchall()
        members = [Row(self._name(tuple(row[:3])), *row[3:]) for row in rows]
        names = {
            (*row[:2], row[3]): member.group for row, member in zip(rows, members, strict=True)
        }
        self._slots = {
            known: slots for known, slots in self._slots.items() if known >= day - 2 * WINDOW_DAYS
        }
        self._slots[day] = {(member.group, member.record_id): member.slot for member in members}
        stored: list[Any] = self._connection.execute(_STORED, (day_of(day),)).fetchall()
        return Day(
            members,
            {
                # A row that is no longer in its series is one that went.
                (
                    names.get((country, series, record)) or self._name((country, series, "")),
                    record,
                ): StoredStory(story, opened)
                for country, series, record, story, opened in stored
            },
        )

    def write(self, change: Change) -> None:
        """Write one day's change, and remember what was renamed by it."""
        self.changed.add(change.day)
        gone = [(self._groups[group][0], record) for group, record in change.before]
        self._connection.execute(
            _DELETE, ([country for country, _ in gone], [record for _, record in gone])
        )
        slots = self._slots[change.day]
        come = sorted(
            (slots[key], key, story) for key, story in change.after.items() if story is not None
        )
        with self._connection.cursor().copy(_COPY) as copy:
            for slot, (group, record), story in come:
                country, series, _ = self._groups[group]
                instant = datetime.fromtimestamp(slot, UTC)
                copy.write_row((country, series, record, instant, day_of(change.day), story))
                old = change.before.get((group, record))
                if old is not None:
                    self.renamed.setdefault((country, old), (series, story))

    def _name(self, group: tuple[Any, ...]) -> str:
        name = "|".join(group)
        self._groups[name] = (group[0], group[1], group[2])
        return name


def _write_aliases(
    connection: Connection, renamed: Mapping[tuple[str, str], tuple[str, str]]
) -> None:
    """Record new ids of stories that are no more, and drop aliases that lead nowhere or are not needed."""
    named = sorted((country, series, old, new) for (country, old), (series, new) in renamed.items())
    columns = [list(column) for column in zip(*named, strict=True)] or [[], [], [], []]
    connection.execute(_FOLLOW_ALIASES, columns)
    connection.execute(_ADD_ALIASES, columns)
    connection.execute(_CLEAN_ALIASES)
