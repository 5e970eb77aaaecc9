"""Which days a build claimed for GDELT, and which it has to claim beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tiengvang.claims import Build
from tiengvang.warehouse.connection import Connection

SOURCE = "gdelt"
_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Return the days since 1970."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """Return the day that so many days after 1970 is."""
    return _EPOCH + timedelta(days=number)


def midnight(number: int) -> datetime:
    """Return the instant at which a day begins, in UTC."""
    return datetime.combine(day_of(number), datetime.min.time(), UTC)


def claimed_days(connection: Connection, build: Build, source: str = SOURCE) -> set[int]:
    """Return the days that the build claimed for a source, GDELT by default, as days since 1970."""
    rows: list[Any] = connection.execute(
        """
        select distinct day from ops.changed_days
        where build_id = %s and source = %s and not is_done
        """,
        (build.build_id, source),
    ).fetchall()
    return {day_number(day) for (day,) in rows}


def claim_more(connection: Connection, build: Build, days: Iterable[int]) -> None:
    """Claim days beside the claimed ones: what was computed for them has become different."""
    more = sorted(set(days) - claimed_days(connection, build))
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into ops.changed_days (source, day, build_id) values (%s, %s, %s)",
            [(SOURCE, day_of(day), build.build_id) for day in more],
        )


def around(days: Iterable[int], before: int, after: int) -> set[int]:
    """Return the days and so many before and behind each."""
    return {day + step for day in days for step in range(-before, after + 1)}


def stretches(days: Iterable[int], longest: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last day of each run of days, long runs in pieces."""
    first = last = None
    for day in sorted(days):
        if first is not None and last is not None and day == last + 1 and day - first < longest:
            last = day
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = day
    if first is not None and last is not None:
        yield first, last
