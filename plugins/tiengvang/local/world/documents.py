"""The newsroom of the sample world: who writes about what, in which tone, and who copies it."""

from __future__ import annotations

from collections import deque
from datetime import timedelta

from tiengvang.local.world import pillars
from tiengvang.local.world.countries import FOCUS, PEERS, TITLED, WATCHED
from tiengvang.local.world.dice import Dice, Weighted
from tiengvang.local.world.outlets import OUTLETS, Outlet
from tiengvang.local.world.pages import (
    MIN_WORDS,
    Document,
    Tone,
    address,
    draw_places,
    draw_tone,
)
from tiengvang.local.world.spec import WorldSpec, read_wire_slot
from tiengvang.local.world.titles import (
    COPY_KINDS,
    NO_COUNTRY,
    TITLE_FORMS,
    WAR,
    Headlines,
    daily_title,
    republish,
    short_title,
)

COPY_SHARE = 0.14
SHORT_SHARE = 0.06
NOTICE_SHARE = 0.15
POOL_PER_LANGUAGE = 80
# Agency stories are few and printed by many.
WIRE_SHARE = 0.015
WIRES_PER_LANGUAGE = 3
COPIED_WITHIN = timedelta(hours=48)
# A mirror prints what its principal prints, as long as there is something new.
MIRRORED_SHARE = 0.85
MIRRORED_BACKLOG = 40
MOST_DRAWS = 100
# Hosts whose outlets write enough for every measure; the others show what too little looks like.
MAIN_HOSTS = ("JPN", "USA", "KOR", "GBR")
# Sites with a page that comes every morning under one title.
DAILY_OUTLETS = {
    "english": "quaysideobserver.example",
    "translation": "kazehayanippo.example",
}
DAILY_HOUR = 6
UNNAMED_SHARE = 0.06
SHORT_TITLE_SHARE = 0.02
WAR_SHARE = 0.12
_FORMS = Weighted(TITLE_FORMS, (0.955, 0.015, 0.015, 0.015))


def _subjects(outlet: Outlet) -> Weighted[tuple[str, str | None]]:
    """Weights of (kind, subject) for an outlet; subject None is drawn among the background."""
    home = outlet.country_iso3
    near_focus = outlet.outlet_type in {"domestic", "owned", "same_language_abroad"}
    weights: dict[tuple[str, str | None], float] = {
        ("about", FOCUS): 14.0 if near_focus else 3.0,
        ("named", FOCUS): 0.2,
        ("passing", None): 1.6,
        ("other", None): 5.0,
    }
    for peer in PEERS:
        weights["about", peer] = 6.0 if peer == home else 0.6
        weights["named", peer] = 0.04
    return Weighted(tuple(weights), tuple(weights.values()))


def _desk(outlets: list[Outlet]) -> Weighted[Outlet]:
    weights = []
    for n, outlet in enumerate(outlets):
        is_main = outlet.country_iso3 in MAIN_HOSTS and outlet.outlet_type == "foreign"
        weights.append(1.2 + 0.1 * (n % 3) if is_main else 0.7 + 0.3 * (n % 3))
    return Weighted(outlets, weights)


class Newsroom:
    """Writes the documents of one slot after the other; call it in the order of time."""

    def __init__(self, spec: WorldSpec) -> None:
        self.spec = spec
        outlets = OUTLETS[: spec.outlets]
        self.shifts = dict(spec.tone_shifts)
        self.outlet_tone = {
            o.domain: 0.5 * Dice(f"{spec.seed}:outlet:{o.domain}").bell() for o in outlets
        }
        self._headlines = Headlines()
        self._subjects = {o.domain: _subjects(o) for o in outlets}
        self._pools: dict[str, deque[Document]] = {}
        self._wires: dict[str, deque[Document]] = {}
        self._printed: dict[str, deque[Document]] = {
            o.mirror_of: deque(maxlen=MIRRORED_BACKLOG) for o in outlets if o.mirror_of
        }
        self._notices = {o.domain: self._notice(o) for o in outlets if o.notice}
        # Every text has a score of its own (in worlds of months, all but a few short ones), so that
        # a shared score is one that was planted.
        self._scores = set(self._notices.values())
        self._desks = {
            stream: _desk([o for o in outlets if o.stream == stream])
            for stream in ("english", "translation")
        }
        self._dailies = {
            stream: next((o for o in outlets if o.domain == domain), None)
            for stream, domain in DAILY_OUTLETS.items()
        }

    def write(self, slot: str, stream: str, count: int) -> list[Document]:
        """Return the documents of one slot and stream."""
        dice = Dice(f"{self.spec.seed}:{stream}:{slot}")
        mark = "T" if stream == "translation" else ""
        record_ids = [f"{slot}-{mark}{n}" for n in range(count)]
        daily = self._dailies[stream]
        documents = []
        if daily and _is_daily_slot(slot):
            documents.append(self._original(dice, slot, stream, record_ids.pop(0), daily, "daily"))
        documents.extend(self._document(dice, slot, stream, name) for name in record_ids)
        return documents

    def _notice(self, outlet: Outlet) -> Tone:
        name = outlet.domain if outlet.notice == "own" else "vendor"
        dice = Dice(f"{self.spec.seed}:notice:{name}")
        words = dice.between(110, 160)
        return Tone(
            dice.between(1, 6), dice.between(1, 6), dice.between(20, 40), dice.below(6), words
        )

    def _document(self, dice: Dice, slot: str, stream: str, record_id: str) -> Document:
        outlet = dice.draw(self._desks[stream])
        pool = self._pools.setdefault(outlet.language, deque(maxlen=POOL_PER_LANGUAGE))
        wires = self._wires.setdefault(outlet.language, deque(maxlen=WIRES_PER_LANGUAGE))
        original = self._to_copy(dice, outlet, pool, wires)
        if original:
            is_fresh = read_wire_slot(slot) - read_wire_slot(original.slot) <= COPIED_WITHIN
            if is_fresh and outlet.domain not in original.carriers:
                return self._copy(dice, slot, stream, record_id, outlet, original)
        document = self._original(dice, slot, stream, record_id, outlet)
        if document.text_kind == "article":
            (wires if dice.chance(WIRE_SHARE) else pool).append(document)
            if outlet.domain in self._printed:
                self._printed[outlet.domain].append(document)
        return document

    def _to_copy(
        self, dice: Dice, outlet: Outlet, pool: deque[Document], wires: deque[Document]
    ) -> Document | None:
        if outlet.mirror_of and dice.chance(MIRRORED_SHARE):
            printed = self._printed[outlet.mirror_of]
            return next((d for d in printed if outlet.domain not in d.carriers), None)
        if pool and dice.chance(COPY_SHARE):
            return dice.pick(wires if wires and dice.chance(0.6) else pool)
        return None

    def _copy(
        self, dice: Dice, slot: str, stream: str, record_id: str, outlet: Outlet, original: Document
    ) -> Document:
        kind = dice.pick(COPY_KINDS)
        separator = dice.pick((" - ", " | "))
        if original.title_kind == "short":
            # Two words cannot be changed and stay alike.
            kind = "exact"
        original.carriers.add(outlet.domain)
        return Document(
            record_id, slot, stream, outlet,
            url=address(outlet, slot, record_id),
            title=republish(original.title, outlet.language, kind, outlet.name, separator),
            title_kind=original.title_kind, title_form="plain",
            kind=original.kind, subject=original.subject, places=original.places,
            tone=original.tone, text_kind="article",
            pillar=original.pillar, themes=original.themes,
            copy_of=original.record_id, copy_kind=kind,
        )  # fmt: skip

    def _original(
        self, dice: Dice, slot: str, stream: str, record_id: str, outlet: Outlet,
        title_kind: str | None = None,
    ) -> Document:  # fmt: skip
        kind, drawn = dice.draw(self._subjects[outlet.domain])
        if title_kind == "daily":
            kind, drawn = "about", FOCUS
        subject = drawn or dice.pick(TITLED)
        title_kind = title_kind or _title_kind(dice, kind, subject)
        notice = None
        if outlet.notice and title_kind in {"plain", "unnamed"} and dice.chance(NOTICE_SHARE):
            text_kind, tone = "notice", self._notices[outlet.domain]
            notice = outlet.domain if outlet.notice == "own" else "vendor"
        else:
            is_short = title_kind != "daily" and dice.chance(SHORT_SHARE)
            text_kind = "short" if is_short else "article"
            tone = self._tone(dice, outlet, subject, text_kind)
        is_owned = outlet.outlet_type == "owned" and subject == FOCUS
        pillar = pillars.draw_pillar(dice, is_owned)
        return Document(
            record_id, slot, stream, outlet,
            url=address(outlet, slot, record_id),
            title=self._title(dice, outlet.language, subject, title_kind, pillar, notice),
            title_kind=title_kind, title_form=dice.draw(_FORMS),
            kind=kind, subject=subject, places=draw_places(dice, kind, subject, title_kind),
            tone=tone, text_kind=text_kind,
            pillar=pillar, themes=pillars.draw_themes(dice, pillar), carriers={outlet.domain},
        )  # fmt: skip

    def _title(
        self, dice: Dice, language: str, subject: str, title_kind: str, pillar: str,
        notice: str | None,
    ) -> str:  # fmt: skip
        if title_kind == "short":
            return short_title(language, subject)
        if title_kind == "daily":
            return daily_title(language, subject)
        name = {"unnamed": NO_COUNTRY, "war": WAR}.get(title_kind, subject)
        return self._headlines.write(dice, language, name, pillar, notice)

    def _tone(self, dice: Dice, outlet: Outlet, subject: str, text_kind: str) -> Tone:
        tone = self._draw_tone(dice, outlet, subject, text_kind)
        for _ in range(MOST_DRAWS):
            if tone not in self._scores:
                break
            tone = self._draw_tone(dice, outlet, subject, text_kind)
        self._scores.add(tone)
        return tone

    def _draw_tone(self, dice: Dice, outlet: Outlet, subject: str, text_kind: str) -> Tone:
        words = dice.between(20, 79) if text_kind == "short" else dice.between(MIN_WORDS, 900)
        target = self.outlet_tone[outlet.domain] + 2.0 * dice.bell()
        if subject == FOCUS:
            target += self.shifts.get(outlet.country_iso3 or "", 0.0)
        elif subject not in WATCHED:
            target -= 1.0
        return draw_tone(dice, words, target)


def _title_kind(dice: Dice, kind: str, subject: str) -> str:
    if kind == "about":
        if dice.chance(UNNAMED_SHARE):
            return "unnamed"
        return "short" if subject == FOCUS and dice.chance(SHORT_TITLE_SHARE) else "plain"
    return "war" if kind == "passing" and dice.chance(WAR_SHARE) else "plain"


def _is_daily_slot(slot: str) -> bool:
    """Say whether the morning page is due: on the hour one day, a slot later the next."""
    moment = read_wire_slot(slot)
    minute = 15 * (moment.toordinal() % 2)
    return (moment.hour, moment.minute) == (DAILY_HOUR, minute)
