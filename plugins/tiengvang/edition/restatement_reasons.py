"""Why a published number would be different today: what the ledger says changed under it since.

A reason is a recorded change of something that the number rests on; it is not a proof that this change
alone moved it. Several may apply. Of the press's files those of the row's own days count, and those of days
that it only looks back or ahead on where none of its own has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tiengvang.edition.restatements import Change, Window
from tiengvang.edition.texts.data_files import FILES
from tiengvang.warehouse.connection import Connection

PRESS = "gdelt"
# A text is known for certain to be no notice seven days later, and a story's copies come for three.
AHEAD = timedelta(days=7)
# How far before its own days a file's numbers look: the same seven days, or what they are held against.
BEHIND = timedelta(days=7)
LOOKS_BACK = {
    "tone_premium": timedelta(days=365),
    "relations": timedelta(days=364),
    "anomaly_alerts": timedelta(days=112),
    "anomaly_calibrations": timedelta(days=365),
    "tone_shifts": timedelta(days=112),
    "data_trust": timedelta(days=28),
    "event_uplifts": timedelta(days=365),
    "event_uplift_days": timedelta(days=365),
    "event_uplift_donors": timedelta(days=365),
    "lead_lag": timedelta(days=3650),
}
# Files whose rows are of the edition's week, and name no day.
OF_THE_WEEK = frozenset({"stories_by_source"})
# The days of the ledger's files that came in builds after one and up to another.
ARRIVED = """
select distinct files.source, (files.slot_at at time zone 'UTC')::date
from ops.source_files as files
where files.load_id in (
    select load_id from ops.changed_days
    where build_id > %(before)s and build_id <= %(now)s and load_id is not null
)
"""
# A slot is asked for during a day, then closed: those that were closed between two instants.
CLOSED = """
select distinct (slot_at at time zone 'UTC')::date from ops.source_files
where source = 'gdelt' and status = 'gap'
    and slot_at >= %(published_at)s - interval '1 day' and slot_at < %(as_of_at)s - interval '1 day'
"""
# An audit's answers hold for months: the days that they made due.
AUDITED = """
select distinct changed.day from ops.changed_days as changed
where changed.source = 'audit' and changed.build_id > %(before)s and changed.build_id <= %(now)s
"""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed between two publications, for an edition of a period and a week.

    ``slots`` are days of the period, or before it, of which the press's files came later; ``later_days``
    those after it; ``closed_slots`` days with slots that will not come; ``audited`` days for which the
    audit has other answers; ``sources`` the other sources of which something came. ``is_other_project``:
    the models, lists or code are others.
    """

    period: Window
    week: Window
    slots: frozenset[date]
    later_days: frozenset[date]
    closed_slots: frozenset[date]
    audited: frozenset[date]
    sources: frozenset[str]
    is_other_project: bool


def read_since(
    connection: Connection,
    builds: tuple[int, int],
    instants: tuple[datetime, datetime],
    period: Window,
    week: Window,
    *,
    is_other_project: bool,
) -> Since:
    """Read what changed after one build and up to another.

    Args:
        connection: may read ``ops``.
        builds: the build that the earlier edition shows, and the newest published one.
        instants: the warehouse's clock at these editions.
        period: first and last day of the earlier edition's period.
        week: first and last day of its week.
        is_other_project: whether models, lists or code differ.
    """
    values = dict(zip(("before", "now"), builds, strict=True))
    arrived: list[Any] = connection.execute(ARRIVED, values).fetchall()
    closed: list[Any] = connection.execute(
        CLOSED, dict(zip(("published_at", "as_of_at"), instants, strict=True))
    ).fetchall()
    audited: list[Any] = connection.execute(AUDITED, values).fetchall()
    press = {day for source, day in arrived if source == PRESS}
    return Since(
        period=period,
        week=week,
        slots=frozenset(day for day in press if day <= period[1]),
        later_days=frozenset(day for day in press if day > period[1]),
        closed_slots=frozenset(day for (day,) in closed),
        audited=frozenset(day for (day,) in audited),
        sources=frozenset(source for source, _ in arrived) - {PRESS, "audit"},
        is_other_project=is_other_project,
    )


def reasons(change: Change, since: Since) -> Iterator[str]:
    """Yield the codes of what changed under a number since it was published, in a fixed order."""
    file = change.restatement.file
    if change.is_other_method:
        yield "method"
    if since.is_other_project:
        yield "project"
    sources = FILES[file].sources
    if PRESS in sources:
        yield from _of_the_press(file, change, since)
    if "registers" in sources and "registers" in since.sources:
        yield "registers"
    yield from (f"revised_{name}" for name in sources if name in since.sources - {"registers"})


def _of_the_press(file: str, change: Change, since: Since) -> list[str]:
    """Return what changed on a row's own days, else on those that it looks back and ahead on."""
    first, last = change.days or (since.week if file in OF_THE_WEEK else since.period)
    wider = first - LOOKS_BACK.get(file, BEHIND), last + AHEAD
    return _on((first, last), since) or _on(wider, since)


def _on(days: Window, since: Since) -> list[str]:
    kinds = {
        "late_slots": since.slots,
        "closed_slots": since.closed_slots,
        "later_days": since.later_days,
        "audit": since.audited,
    }
    return [
        code for code, found in kinds.items() if any(days[0] <= day <= days[1] for day in found)
    ]
