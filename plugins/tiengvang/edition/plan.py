"""Which edition is due: its period, its cadence, and the slots that it must rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tiengvang.edition.request import Cadence
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.world import World, as_of
from tiengvang.watchlist import watchlist_on
from tiengvang.windows import DAY, STREAMS, Window, floor_slot

PERIOD_DAYS = 7
MONDAY = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition's focus, cadence and days (``start <= day < end``), and the clock that decided them.

    ``today`` is the clock's day in the editions' time zone, which offices write in registers.
    """

    focus_iso3: str
    cadence: Cadence
    start: date
    end: date
    as_of_at: datetime
    today: date


def make_plan(connection: Connection, settings: Settings, window: Window | None) -> Plan:
    """Return the edition that is due now: the last seven whole UTC days, or those of a window."""
    instant = as_of(connection)
    local = instant.astimezone(ZoneInfo(settings.edition_time_zone))
    if window is None:
        end = instant.date()
        start = end - timedelta(days=PERIOD_DAYS)
    else:
        days = list(window.dates())
        start, end = days[0], days[-1] + DAY
    return Plan(
        focus_iso3=watchlist_on(end - DAY).focus_iso3,
        cadence="weekly" if local.weekday() == MONDAY else "daily",
        start=start,
        end=end,
        as_of_at=instant,
        today=local.date(),
    )


def expected_slots(connection: Connection, world: World, plan: Plan) -> list[datetime]:
    """Return the slots of both streams that the period must have by the clock, oldest first.

    They follow from the calendar and not from the marts: a publication that is days old does not know
    what it misses. The period begins with its first registered slot, where history begins inside it.
    """
    start, end = (datetime.combine(day, time(), UTC) for day in (plan.start, plan.end))
    row: Any = connection.execute(
        """
        select min(slot_at) from ops.source_files
        where source = 'gdelt' and slot_at >= %s and slot_at < %s
        """,
        (start, end),
    ).fetchone()
    start = row[0] or start
    window = Window(start, max(start, min(end, floor_slot(plan.as_of_at))))
    return sorted(slot for stream in STREAMS for slot in world.calendar.slots(stream, window))


def awaited_slots(connection: Connection, plan: Plan) -> int:
    """Count the period's slots, per stream, of which a file is missing and still asked for."""
    start, end = (datetime.combine(day, time(), UTC) for day in (plan.start, plan.end))
    row: Any = connection.execute(
        """
        select count(distinct (slot_at, stream)) from ops.source_files
        where source = 'gdelt' and status = 'missing' and slot_at >= %s and slot_at < %s
        """,
        (start, end),
    ).fetchone()
    return int(row[0])
