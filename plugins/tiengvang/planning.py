"""Which files an ingest run asks for: register what must exist, cut what is due into batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from tiengvang.errors import FetchFailed, WorldMismatch
from tiengvang.sources.records import SourceFile
from tiengvang.sources.source import Source
from tiengvang.warehouse import ledger
from tiengvang.warehouse.connection import Connection, connect
from tiengvang.warehouse.world import LIVE, World, adopt_world, as_of, read_world
from tiengvang.windows import DAY, SLOT, Window, floor_slot

MOST_BATCHES = 500  # Airflow maps at most 1,024 tasks from one list
LOOK_BACK = timedelta(days=7)


def plan(
    source: Source, url: str, *, window: Window | None, interval: Window | None
) -> list[dict[str, str]]:
    """Register what must exist and return the due files' day batches, oldest first; none without a source.

    A window given by hand registers and asks for exactly itself, gaps included. A scheduled run registers
    everything from the last registered slot to the end of its interval, so downtime needs no special
    path, and asks for all that is due. A run without an interval, or in a declared world, ends at the
    warehouse's clock.

    Raises:
        WorldMismatch: the upstream serves another world than the warehouse holds.
        FetchFailed: the upstream cannot be reached.
    """
    with connect(url, "loader") as connection:
        held = read_world(connection)
        offered = _offered_world(source, held)
        if offered is None:
            return []
        if offered is not held:
            adopt_world(connection, offered)
        version = source.watchlist_version()
        if version is not None:
            days = ledger.follow_watchlist(
                connection, source.name, version, source.watchlist_digest
            )
            source.follow_watchlist(connection, days)
        if window is not None:
            files = list(source.expected_files(window, offered))
            # a weekly answer belongs to the week's first day, which may lie before the window
            window = Window(min([window.start, *(f.slot_at for f in files)]), window.end)
            ledger.register(connection, files)
            ledger.reopen(connection, source.name, window)
        else:
            reach = _scheduled_reach(connection, source.name, offered, interval)
            ledger.register(connection, source.expected_files(reach, offered))
            ledger.set_registered_until(connection, source.name, reach.end)
        files = ledger.due(connection, source.name, as_of(connection), window, source.ask_again_for)
    least = source.days_in_batch * offered.calendar.days_like_one
    return [batch.as_dict() for batch in _batches(files, window, least)]


def posted_since(url: str, name: str, interval: Window | None) -> Window:
    """Return the time in which a publisher may have posted what a scheduled run lacks.

    It begins with the newest period that is known, or a month before the run's reach: a site that was
    down for long is asked for all that it posted since.
    """
    with connect(url, "loader") as connection:
        reach = _scheduled_reach(connection, name, read_world(connection) or World(), interval)
        newest = ledger.newest_registered(connection, name)
    start = reach.start - timedelta(days=31)
    return Window(min(start, newest or start), reach.end)


def _offered_world(source: Source, held: World | None) -> World | None:
    """Ask the upstream which world it serves; a warehouse known to be live needs no answer.

    Some real sources answer an unknown address with a server error. A folder of a sample world says
    its name and has no clock: that of the warehouse is kept.
    """
    try:
        offered = source.describe_world()
    except FetchFailed:
        if held is None or held.name != LIVE:
            raise
        return held
    if offered is None or offered.declared_as_of is not None:
        return offered
    if held is not None and (held.name, held.is_synthetic) == (offered.name, offered.is_synthetic):
        return held
    if held is None and offered.name != LIVE:
        raise WorldMismatch(
            f"{source.name}: its files belong to the world {offered.name!r}, whose clock they do not "
            "tell; read another source of that world first"
        )
    return offered


def _scheduled_reach(
    connection: Connection, name: str, world: World, interval: Window | None
) -> Window:
    """Say what a scheduled run registers: from where the last one ended, else from near what is there."""
    if interval is None or world.declared_as_of is not None:
        end = floor_slot(as_of(connection))
        interval = Window(end - SLOT, end)
    until = ledger.registered_until(connection, name)
    newest = ledger.newest_registered(connection, name)
    if until is not None:
        start = until
    elif newest is not None and newest >= interval.start - LOOK_BACK:
        start = newest
    else:
        start = min(interval.start, world.calendar.begin or interval.start)
    return Window(min(start, interval.end), interval.end)


def _batches(files: list[SourceFile], window: Window | None, least: int) -> Iterator[Window]:
    """Yield windows of whole days that cover the files, clipped to a window given by hand.

    ``least`` is how many days that have files a window holds, where there are so many.
    """
    days = sorted({file.slot_at.date() for file in files})
    size = max(least, -(-len(days) // MOST_BATCHES))
    queue = iter(days)
    while chunk := list(islice(queue, size)):
        start = datetime(
            chunk[0].year, chunk[0].month, chunk[0].day, tzinfo=files[0].slot_at.tzinfo
        )
        end = start + (chunk[-1] - chunk[0]) + DAY
        yield (
            Window(max(start, window.start), min(end, window.end)) if window else Window(start, end)
        )
