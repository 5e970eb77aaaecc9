"""The event desk of the sample world: what is reported, reported again, and mentioned later."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from tiengvang.local.world.countries import FOCUS, PEERS
from tiengvang.local.world.dice import Dice, Weighted
from tiengvang.local.world.event_rows import Event, again, make_event
from tiengvang.local.world.gkg import translation_info
from tiengvang.local.world.pages import Document
from tiengvang.local.world.spec import read_wire_slot, wire_slot
from tiengvang.windows import STREAMS

# Ids of one slot and stream lie in a block of their own, after a base like the source's of 2026.
FIRST_EVENT_ID = 1_310_000_000
EVENTS_PER_BLOCK = 2_000
NEVER_EXPORTED_FROM = 1_300_000_000
RECENT_EVENTS = 400
# The source reports an event again when others do: about five hours of them can come back.
REPEATED_EVENTS = 160
REPEAT_SHARE = 0.12
TOO_LATE = timedelta(days=7)

_CONFIDENCES = Weighted((10, 20, 30, 40, 50, 60, 80, 100), (12, 26, 7, 13, 7, 9, 7, 17))


@dataclass(frozen=True, slots=True)
class Mention:
    """One planted mention; ``is_watched`` says whether its exported event is watched."""

    event_id: int
    event_slot: str
    slot: str
    stream: str
    outlet_domain: str
    confidence: int
    is_watched: bool
    row: str


def is_too_late(slot: str, event_slot: str) -> bool:
    """Say whether a mention comes more than seven days after its event was first seen."""
    return read_wire_slot(slot) - read_wire_slot(event_slot) > TOO_LATE


class NewsDesk:
    """Makes events out of documents, and mentions of events old, new, coming and never exported."""

    def __init__(self, seed: int, first_slot: datetime) -> None:
        self.seed = seed
        self.first_slot = first_slot
        self._recent: deque[Event] = deque(maxlen=RECENT_EVENTS)
        self._archive: deque[Event] = deque()
        self._between_two: deque[Event] = deque(maxlen=REPEATED_EVENTS)

    def events(self, slot: datetime, stream: str, documents: list[Document]) -> list[Event]:
        """Return the events of one export file, ids rising."""
        name = wire_slot(slot)
        dice = Dice(f"{self.seed}:events:{stream}:{name}")
        block = 2 * ((slot - self.first_slot) // timedelta(minutes=15)) + STREAMS.index(stream)
        next_id = FIRST_EVENT_ID + block * EVENTS_PER_BLOCK
        events: list[Event] = []

        def add(event: Event) -> None:
            nonlocal next_id
            events.append(event)
            next_id += 1

        for document in documents:
            keen = document.subject == FOCUS or document.subject in PEERS
            # The first page always makes one: a file without rows would be a fault.
            least = 1 if document is documents[0] else 0
            for _ in range(max(least, dice.below(3) if keen else dice.below(2))):
                event = make_event(dice, next_id, document)
                add(event)
                if dice.chance(0.08):
                    # The source repeats about one event in twelve under a new id.
                    add(again(event, next_id, document))
                if keen and event.facts and event.facts.actor2:
                    self._between_two.append(event)
            if keen and self._between_two and dice.chance(REPEAT_SHARE):
                earlier = dice.pick(self._between_two)
                if earlier.document and earlier.document.subject == document.subject:
                    add(again(earlier, next_id, document))
        return events

    def remember(self, events: list[Event]) -> None:
        """Let later slots mention these events."""
        self._recent.extend(events)
        self._archive.extend(events[:1])

    def mentions(
        self,
        slot: datetime,
        stream: str,
        documents: list[Document],
        events: list[Event],
        coming: list[Event],
    ) -> list[Mention]:
        """Return the mentions of one file: of its slot's own events first, then of all others."""
        name = wire_slot(slot)
        dice = Dice(f"{self.seed}:mentions:{stream}:{name}")
        found = []
        for event in events:
            if event.document:
                found.append(_mention(dice, event, name, stream, event.document))
                if dice.chance(0.03):
                    found.append(_mention(dice, event, name, stream, event.document))
        for document in documents:
            if self._recent and dice.chance(0.6):
                found.append(_mention(dice, dice.pick(self._recent), name, stream, document))
            if coming and dice.chance(0.02):
                # Event dates ahead of the mention's do occur in the translation stream.
                found.append(_mention(dice, dice.pick(coming), name, stream, document))
            if dice.chance(0.01):
                found.append(self._of_never_exported(dice, slot, stream, document))
            if self._is_long_ago(name) and dice.chance(0.01):
                found.append(_mention(dice, self._archive[0], name, stream, document))
        while len(self._archive) > 1 and is_too_late(name, self._archive[1].slot):
            self._archive.popleft()
        return found

    def _is_long_ago(self, slot: str) -> bool:
        return bool(self._archive) and is_too_late(slot, self._archive[0].slot)

    def _of_never_exported(
        self, dice: Dice, slot: datetime, stream: str, document: Document
    ) -> Mention:
        when = wire_slot(slot - timedelta(minutes=15 * dice.between(1, 192)))
        event_id = NEVER_EXPORTED_FROM + dice.below(1_000_000)
        event = Event(event_id, when, stream, is_watched=False, document=None, row="", facts=None)
        return _mention(dice, event, wire_slot(slot), stream, document)


def _mention(dice: Dice, event: Event, slot: str, stream: str, document: Document) -> Mention:
    confidence = dice.draw(_CONFIDENCES)
    at = dice.between(20, 2400)
    host = document.outlet.domain
    cells = (
        str(event.event_id), event.slot, slot, "1", host, document.url, str(1 + at // 180),
        "-1" if dice.chance(0.4) else str(at), str(at + 31), str(at + 12),
        "1" if confidence > 50 else "0", str(confidence), str(6 * document.tone.words),
        f"{document.tone.value:.15g}", translation_info(document.outlet.language), "",
    )  # fmt: skip
    return Mention(
        event.event_id,
        event.slot,
        slot,
        stream,
        host,
        confidence,
        event.is_watched,
        "\t".join(cells),
    )
