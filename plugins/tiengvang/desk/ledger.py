"""The ledger of the last days, hour by hour and source by source, for the eye and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from psycopg.rows import dict_row

from tiengvang.warehouse.connection import Connection

DAYS = 14
State = Literal["loaded", "missing", "gap", "rejected"]
# The worst first: an hour shows the worst of its files.
WORST_FIRST: tuple[State, ...] = ("rejected", "gap", "missing", "loaded")
# What a reader is told of a file, by its status in the ledger.
STATES: dict[str, State] = {
    "loaded": "loaded",
    "expected": "missing",
    "missing": "missing",
    "gap": "gap",
    "empty": "gap",  # published without a row: a gap, never a zero
    "refused": "rejected",
}
HOURS = """
select date_trunc('hour', slot_at, 'UTC') as hour_at, status, count(*) as files
from ops.source_files
where source = 'gdelt' and slot_at >= %(start)s and slot_at <= %(end)s
group by 1, 2
"""
# Only GDELT's files are many. All others by two ranges of the index, not by a scan for "<>".
SOURCES = """
with files as (
    select source, slot_at, status from ops.source_files
    where source = 'gdelt' and slot_at >= %(start)s and slot_at <= %(end)s
    union all
    select source, slot_at, status from ops.source_files where source < 'gdelt'
    union all
    select source, slot_at, status from ops.source_files where source > 'gdelt'
)

select
    source, status, count(*) as files, max(slot_at) filter (where status = 'loaded') as newest_at
from files
group by source, status
"""
FRESHNESS = """
select
    split_part(source_table, '.', 1) as source,
    bool_and(status <> 'pass') as is_silent,
    min(max_loaded_at) as newest_at,
    min(as_of_at) as checked_at
from ops.source_freshness
group by 1
"""
FIRST_YEAR = 1  # what dbt says of a source that has no row at all


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of both streams: how many files are in which state; empty where none was due."""

    files: Mapping[State, int]

    @property
    def state(self) -> State | None:
        """The worst state of a file of this hour."""
        return next((state for state in WORST_FIRST if self.files.get(state)), None)


@dataclass(frozen=True, slots=True)
class Day:
    """One day (UTC) of the heat map."""

    label: str
    hours: tuple[Hour, ...]

    @property
    def files(self) -> Counter[State]:
        """How many files of the day are in which state."""
        return sum((Counter(hour.files) for hour in self.hours), Counter())


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source: its files by state, the newest slot, and whether it is silent for too long.

    ``is_silent`` is null where no freshness is asked for; ``has_data`` is false before the first load.
    """

    name: str
    files: Mapping[State, int]
    newest_at: datetime | None
    is_silent: bool | None
    checked_at: datetime | None
    has_data: bool


def first_day(as_of: datetime) -> datetime:
    """Return the first instant of the days of which slots are shown; today (UTC) is the last of them."""
    today = as_of.replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS - 1)


def read_days(connection: Connection, as_of: datetime) -> list[Day]:
    """Return the last days of GDELT's slots, the newest first, each with 24 hours (UTC)."""
    start = first_day(as_of)
    hours: dict[datetime, Counter[State]] = {}
    for row in _rows(connection, HOURS, {"start": start, "end": as_of}):
        hours.setdefault(row["hour_at"], Counter())[STATES[row["status"]]] += row["files"]
    return [
        Day(
            f"{day:%Y-%m-%d}",
            tuple(Hour(hours.get(day + timedelta(hours=hour), Counter())) for hour in range(24)),
        )
        for day in (start + timedelta(days=number) for number in reversed(range(DAYS)))
    ]


def read_sources(connection: Connection, as_of: datetime) -> list[SourceState]:
    """Return every source that has files or is asked for its freshness; of GDELT the last days."""
    files: dict[str, Counter[State]] = {}
    newest: dict[str, datetime] = {}
    for row in _rows(connection, SOURCES, {"start": first_day(as_of), "end": as_of}):
        files.setdefault(row["source"], Counter())[STATES[row["status"]]] += row["files"]
        if row["newest_at"] is not None:
            newest[row["source"]] = row["newest_at"]
    fresh = {row["source"]: row for row in _rows(connection, FRESHNESS)}
    return [
        _source(name, files.get(name, Counter()), newest.get(name), fresh.get(name))
        for name in sorted(files | fresh)
    ]


def _source(
    name: str, files: Mapping[State, int], newest: datetime | None, fresh: Mapping[str, Any] | None
) -> SourceState:
    if fresh is None:
        return SourceState(name, files, newest, None, None, has_data=newest is not None)
    loaded = fresh["newest_at"]
    has_data = loaded is not None and loaded.year > FIRST_YEAR
    return SourceState(
        name=name,
        files=files,
        newest_at=newest or (loaded if has_data else None),
        is_silent=bool(fresh["is_silent"]) and has_data,
        checked_at=fresh["checked_at"],
        has_data=has_data,
    )


def _rows(
    connection: Connection, query: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query.encode(), parameters).fetchall()
