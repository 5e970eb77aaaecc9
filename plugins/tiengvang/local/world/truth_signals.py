"""What follows from the planted events: signals between two countries, repeats removed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tiengvang.local.world.outlets import BY_DOMAIN
from tiengvang.local.world.spec import read_wire_slot
from tiengvang.local.world.truth_rows import EventTruth

REPEATED_WITHIN = timedelta(minutes=180)
CONFIDENCES = (20, 50, 80)


class SignalKey(NamedTuple):
    """Monday of a week, the acting country and the other, the stream, and whose media: party, third."""

    week: str
    actor1_iso3: str
    actor2_iso3: str
    stream: str
    media: str


class Signals(NamedTuple):
    """Signals with a confidence of at least so much, and the outlets of those of 50."""

    at_20: int
    at_50: int
    at_80: int
    outlets: int


def media(event: EventTruth) -> str:
    """Say whose outlet reported an event: one of the two countries', another's, or none that is known."""
    country = BY_DOMAIN[event.outlet_domain].country_iso3
    if country is None:
        return "unknown"
    return "party" if country in (event.actor1_iso3, event.actor2_iso3) else "third"


def count_signals(
    events: Iterable[EventTruth],
    confidences: Mapping[int, int],
    watched: Collection[str],
    last_day: date,
) -> dict[SignalKey, Signals]:
    """Count root events between a watched country and another, each once.

    The same two, in the same kind of deed, place and date, within 180 minutes of the last report in
    that stream by media of that kind, is a repeat.

    Args:
        events: those that are loaded.
        watched: the countries of which one must be in the pair.
        confidences: the best confidence of an event's mentions, by event id.
        last_day: events first seen later are not counted.
    """
    between = sorted(
        (
            e
            for e in events
            if e.is_root
            and e.actor1_iso3
            and e.actor2_iso3
            and e.actor1_iso3 != e.actor2_iso3
            and (e.actor1_iso3 in watched or e.actor2_iso3 in watched)
            and read_wire_slot(e.slot).date() <= last_day
        ),
        key=lambda e: (e.slot, e.event_id),
    )
    found: dict[SignalKey, dict[int, list[EventTruth]]] = {}
    for level in CONFIDENCES:
        last_seen: dict[tuple[str | None, ...], datetime] = {}
        for e in between:
            if confidences.get(e.event_id, 0) < level:
                continue
            signature = (
                e.stream, media(e), e.event_date, e.actor1_iso3, e.actor2_iso3, e.root_code,
                e.place,
            )  # fmt: skip
            moment = read_wire_slot(e.slot)
            before = last_seen.get(signature)
            last_seen[signature] = moment
            if before is None or moment - before > REPEATED_WITHIN:
                found.setdefault(_key(e), {}).setdefault(level, []).append(e)
    return {key: _count(found[key]) for key in sorted(found)}


def _count(by_level: Mapping[int, list[EventTruth]]) -> Signals:
    at_20, at_50, at_80 = (len(by_level.get(level, [])) for level in CONFIDENCES)
    return Signals(at_20, at_50, at_80, len({e.outlet_domain for e in by_level.get(50, [])}))


def _key(e: EventTruth) -> SignalKey:
    day = read_wire_slot(e.slot).date()
    monday = day - timedelta(days=day.weekday())
    return SignalKey(
        monday.isoformat(), e.actor1_iso3 or "", e.actor2_iso3 or "", e.stream, media(e)
    )
