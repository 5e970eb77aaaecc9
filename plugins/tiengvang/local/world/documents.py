"""The newsroom of the sample world: who writes about what, in which tone, and who copies it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

from tiengvang.local.world.countries import (
    BACKGROUND,
    COUNTRIES,
    FOCUS,
    PEERS,
    TITLED,
    WATCHED,
    Place,
)
from tiengvang.local.world.dice import Dice, Weighted
from tiengvang.local.world.outlets import OUTLETS, Outlet
from tiengvang.local.world.spec import WorldSpec, read_wire_slot
from tiengvang.local.world.titles import COPY_KINDS, Headlines, republish

COPY_SHARE = 0.14
SHORT_SHARE = 0.06
NOTICE_SHARE = 0.15
POOL_PER_LANGUAGE = 80
# Agency stories are few and printed by many.
WIRE_SHARE = 0.015
WIRES_PER_LANGUAGE = 3
COPIED_WITHIN = timedelta(hours=48)
MIN_WORDS = 80


@dataclass(frozen=True, slots=True)
class Tone:
    """A scored text as counts of words: positive, negative, active, self or group, all."""

    positive: int
    negative: int
    active: int
    group: int
    words: int

    @property
    def value(self) -> float:
        """Tone in points: positive minus negative words per hundred."""
        return 100 * (self.positive - self.negative) / self.words


@dataclass(slots=True)
class Document:
    """One planted page: ``subject`` is whom it is about, ``places`` counts mentions of places."""

    record_id: str
    slot: str
    stream: str
    outlet: Outlet
    url: str
    title: str
    kind: str
    subject: str
    places: tuple[tuple[Place, int], ...]
    tone: Tone
    text_kind: str
    copy_of: str | None = None
    copy_kind: str | None = None
    carriers: set[str] = field(default_factory=set)

    def mentions_by_country(self) -> dict[str, int]:
        """Return the number of place mentions per country (ISO 3166-1 alpha-3)."""
        counts: dict[str, int] = {}
        for place, mentions in self.places:
            counts[place.iso3] = counts.get(place.iso3, 0) + mentions
        return counts


def _subjects(outlet: Outlet) -> Weighted[tuple[str, str | None]]:
    """Weights of (kind, subject) for an outlet; subject None is drawn among the background."""
    home = outlet.country_iso3
    near_focus = outlet.outlet_type in {"domestic", "owned", "same_language_abroad"}
    weights: dict[tuple[str, str | None], float] = {
        ("about", FOCUS): 14.0 if near_focus else 3.0,
        ("passing", None): 1.6,
        ("other", None): 5.0,
    }
    for peer in PEERS:
        weights["about", peer] = 6.0 if peer == home else 0.6
    return Weighted(tuple(weights), tuple(weights.values()))


class Newsroom:
    """Writes the documents of one slot after the other; call it in the order of time."""

    def __init__(self, spec: WorldSpec) -> None:
        self.spec = spec
        self.outlets = OUTLETS[: spec.outlets]
        self.shifts = dict(spec.tone_shifts)
        self.outlet_tone = {
            o.domain: 0.5 * Dice(f"{spec.seed}:outlet:{o.domain}").bell() for o in self.outlets
        }
        self._headlines = Headlines()
        self._subjects = {o.domain: _subjects(o) for o in self.outlets}
        self._pools: dict[str, deque[Document]] = {}
        self._wires: dict[str, deque[Document]] = {}
        self._notices = {
            o.domain: self._notice(o.domain if o.notice == "own" else "vendor")
            for o in self.outlets
            if o.notice
        }
        self._desks = {
            stream: self._desk([o for o in self.outlets if o.stream == stream])
            for stream in ("english", "translation")
        }

    def write(self, slot: str, stream: str, count: int) -> list[Document]:
        """Return the documents of one slot and stream."""
        dice = Dice(f"{self.spec.seed}:{stream}:{slot}")
        mark = "T" if stream == "translation" else ""
        return [self._document(dice, slot, stream, f"{slot}-{mark}{n}") for n in range(count)]

    def _desk(self, outlets: list[Outlet]) -> Weighted[Outlet]:
        return Weighted(outlets, [1.0 + 0.5 * (n % 4) for n in range(len(outlets))])

    def _notice(self, name: str) -> Tone:
        dice = Dice(f"{self.spec.seed}:notice:{name}")
        words = dice.between(110, 160)
        return Tone(
            dice.between(1, 6), dice.between(1, 6), dice.between(20, 40), dice.below(6), words
        )

    def _document(self, dice: Dice, slot: str, stream: str, record_id: str) -> Document:
        outlet = dice.draw(self._desks[stream])
        pool = self._pools.setdefault(outlet.language, deque(maxlen=POOL_PER_LANGUAGE))
        wires = self._wires.setdefault(outlet.language, deque(maxlen=WIRES_PER_LANGUAGE))
        if pool and dice.chance(COPY_SHARE):
            original = dice.pick(wires if wires and dice.chance(0.6) else pool)
            is_fresh = read_wire_slot(slot) - read_wire_slot(original.slot) <= COPIED_WITHIN
            if is_fresh and outlet.domain not in original.carriers:
                return self._copy(dice, slot, stream, record_id, outlet, original)
        document = self._original(dice, slot, stream, record_id, outlet)
        if document.text_kind == "article":
            (wires if dice.chance(WIRE_SHARE) else pool).append(document)
        return document

    def _copy(
        self, dice: Dice, slot: str, stream: str, record_id: str, outlet: Outlet, original: Document
    ) -> Document:
        kind = dice.pick(COPY_KINDS)
        original.carriers.add(outlet.domain)
        return Document(
            record_id, slot, stream, outlet,
            url=_url(outlet, slot, record_id),
            title=republish(original.title, outlet.language, kind, outlet.name),
            kind=original.kind, subject=original.subject, places=original.places,
            tone=original.tone, text_kind="article",
            copy_of=original.record_id, copy_kind=kind,
        )  # fmt: skip

    def _original(
        self, dice: Dice, slot: str, stream: str, record_id: str, outlet: Outlet
    ) -> Document:
        kind, drawn = dice.draw(self._subjects[outlet.domain])
        subject = drawn or dice.pick(TITLED)
        if outlet.notice and dice.chance(NOTICE_SHARE):
            text_kind, tone = "notice", self._notices[outlet.domain]
        else:
            text_kind = "short" if dice.chance(SHORT_SHARE) else "article"
            tone = self._tone(dice, outlet, subject, text_kind)
        return Document(
            record_id, slot, stream, outlet,
            url=_url(outlet, slot, record_id),
            title=self._headlines.write(dice, outlet.language, subject),
            kind=kind, subject=subject, places=_places(dice, kind, subject),
            tone=tone, text_kind=text_kind, carriers={outlet.domain},
        )  # fmt: skip

    def _tone(self, dice: Dice, outlet: Outlet, subject: str, text_kind: str) -> Tone:
        words = dice.between(20, 79) if text_kind == "short" else dice.between(MIN_WORDS, 900)
        target = self.outlet_tone[outlet.domain] + 2.0 * dice.bell()
        if subject == FOCUS:
            target += self.shifts.get(outlet.country_iso3 or "", 0.0)
        elif subject not in WATCHED:
            target -= 1.0
        return Tone(
            positive=max(0, round(words * (3.5 + target / 2) / 100)),
            negative=max(0, round(words * (3.5 - target / 2) / 100)),
            active=round(words * (20 + dice.below(80) / 10) / 100),
            group=dice.below(1 + words // 40),
            words=words,
        )


def _url(outlet: Outlet, slot: str, record_id: str) -> str:
    return f"https://www.{outlet.domain}/{slot[:4]}/{slot[4:6]}/{slot[6:8]}/{record_id[8:]}.html"


def _places(dice: Dice, kind: str, subject: str) -> tuple[tuple[Place, int], ...]:
    counts: dict[Place, int] = {}

    def mention(iso3: str, times: int) -> None:
        places = COUNTRIES[iso3].places
        for _ in range(times):
            place = places[0] if dice.chance(0.5) else dice.pick(places)
            counts[place] = counts.get(place, 0) + 1

    if kind == "passing":
        # One mention of at least five, or two of at least nine: under a quarter.
        passing = dice.between(1, 2)
        mention(FOCUS if dice.chance(0.6) else dice.pick(PEERS), passing)
        mention(subject, 4 * passing + dice.below(4))
    else:
        mentions = dice.between(3, 9)
        mention(subject, mentions)
        if kind == "about" and dice.chance(0.15):
            mention(dice.pick(WATCHED), max(2, mentions // 2))
    if dice.chance(0.6):
        mention(dice.pick(BACKGROUND), dice.between(1, 2))
    return tuple(counts.items())
