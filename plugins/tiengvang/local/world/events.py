"""Events of the sample world and their mentions, as rows of GDELT's 61 and 16 columns."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from tiengvang.local.world.countries import BACKGROUND, COUNTRIES, FOCUS, PEERS, WATCHED, Place
from tiengvang.local.world.dice import Dice, Weighted
from tiengvang.local.world.documents import Document
from tiengvang.local.world.gkg import PEOPLE, translation_info
from tiengvang.local.world.spec import read_wire_slot, wire_slot
from tiengvang.windows import STREAMS

# Ids of one slot and stream lie in a block of their own, after a base like the source's of 2026.
FIRST_EVENT_ID = 1_310_000_000
EVENTS_PER_BLOCK = 2_000
NEVER_EXPORTED_FROM = 1_300_000_000
RECENT_EVENTS = 400
TOO_LATE = timedelta(days=7)

# event code, base code, root code, quad class, Goldstein scale
_ACTIONS = (
    ("036", "036", "03", 1, "4.0"), ("040", "040", "04", 1, "1.0"), ("042", "042", "04", 1, "1.9"),
    ("043", "043", "04", 1, "2.8"), ("051", "051", "05", 1, "3.4"), ("057", "057", "05", 1, "8.0"),
    ("061", "061", "06", 2, "6.4"), ("071", "071", "07", 2, "7.4"), ("111", "111", "11", 3, "-2.0"),
    ("130", "130", "13", 3, "-4.4"), ("141", "141", "14", 3, "-6.5"),
    ("173", "173", "17", 4, "-5.0"),
)  # fmt: skip
_CONFIDENCES = Weighted((10, 20, 30, 40, 50, 60, 80, 100), (12, 26, 7, 13, 7, 9, 7, 17))
_TYPES = ("GOV", "BUS", "", "MED", "")
# A relative phrase ("last year") dates an event exactly so many days back.
_PHRASES = (1, 7, 30, 365, 3650)


@dataclass(frozen=True, slots=True)
class Event:
    """One planted event; ``is_watched`` says whether it involves a watched country."""

    event_id: int
    slot: str
    stream: str
    is_watched: bool
    url: str
    row: str


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


def _geo(place: Place | None) -> list[str]:
    if place is None:
        return ["0", "", "", "", "", "", "", ""]
    return [
        str(place.kind), place.name, place.fips, place.adm1, place.adm2,
        place.latitude, place.longitude, place.feature_id,
    ]  # fmt: skip


def _actor(dice: Dice, iso3: str | None) -> list[str]:
    role = dice.pick(_TYPES)
    code = COUNTRIES[iso3].cameo if iso3 else ""
    name = COUNTRIES[iso3].name.upper() if iso3 else role
    ethnic = religion = ""
    if dice.chance(0.1):
        # Names, religion and ethnicity are planted to be dropped.
        name, ethnic, religion = dice.pick(PEOPLE).upper(), "zvq", "XRL"
    return [f"{code}{ethnic}{religion}{role}", name, code, "", ethnic, religion, "", role, "", ""]


def _event_row(dice: Dice, event_id: int, document: Document) -> tuple[str, bool]:
    partner = document.outlet.country_iso3 if dice.chance(0.5) else dice.pick(BACKGROUND)
    second = None if partner == document.subject or dice.chance(0.2) else partner
    places = COUNTRIES[document.subject].places
    place = dice.pick(places)
    elsewhere = COUNTRIES[second].places[0] if second else None
    moment = read_wire_slot(document.slot)
    if dice.chance(0.025):
        moment -= timedelta(days=dice.pick(_PHRASES))
    year = f"{moment.year + (30 * (moment.month - 1) + moment.day) / 365:.4f}"
    mentions = dice.between(1, 10)
    cells = [
        str(event_id), moment.strftime("%Y%m%d"), moment.strftime("%Y%m"), str(moment.year), year,
        *_actor(dice, document.subject), *_actor(dice, second),
        "1" if dice.chance(0.7) else "0", *map(str, dice.pick(_ACTIONS)),
        str(mentions), "1", str(mentions), f"{document.tone.value:.15g}",
        *_geo(places[0]), *_geo(elsewhere), *_geo(place),
        document.slot, document.url,
    ]  # fmt: skip
    return "\t".join(cells), document.subject in WATCHED or second in WATCHED


class NewsDesk:
    """Makes events out of documents, and mentions of events old, new, coming and never exported."""

    def __init__(self, seed: int, first_slot: datetime) -> None:
        self.seed = seed
        self.first_slot = first_slot
        self._recent: deque[Event] = deque(maxlen=RECENT_EVENTS)
        self._archive: deque[Event] = deque()

    def events(self, slot: datetime, stream: str, documents: list[Document]) -> list[Event]:
        """Return the events of one export file, ids rising."""
        name = wire_slot(slot)
        dice = Dice(f"{self.seed}:events:{stream}:{name}")
        block = 2 * ((slot - self.first_slot) // timedelta(minutes=15)) + STREAMS.index(stream)
        next_id = FIRST_EVENT_ID + block * EVENTS_PER_BLOCK
        events: list[Event] = []
        for document in documents:
            keen = document.subject == FOCUS or document.subject in PEERS
            # The first page always makes one: a file without rows would be a fault.
            least = 1 if document is documents[0] else 0
            for _ in range(max(least, dice.below(3) if keen else dice.below(2))):
                row, is_watched = _event_row(dice, next_id, document)
                events.append(Event(next_id, name, stream, is_watched, document.url, row))
                next_id += 1
                if dice.chance(0.08):
                    # The source repeats about one event in twelve under a new id.
                    again = f"{next_id}\t{row.partition(chr(9))[2]}"
                    events.append(Event(next_id, name, stream, is_watched, document.url, again))
                    next_id += 1
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
        by_url = {document.url: document for document in documents}
        found = []
        for event in events:
            found.append(_mention(dice, event, name, stream, by_url[event.url]))
            if dice.chance(0.03):
                found.append(_mention(dice, event, name, stream, by_url[event.url]))
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
        event = Event(event_id, when, stream, is_watched=False, url="", row="")
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
