"""Events of the sample world as rows of GDELT's 61 columns: who did what to whom, where, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from tiengvang.local.world.countries import BACKGROUND, COUNTRIES, WATCHED, Place
from tiengvang.local.world.dice import Dice, Weighted
from tiengvang.local.world.gkg import PEOPLE
from tiengvang.local.world.pages import Document
from tiengvang.local.world.spec import read_wire_slot

# event code, base code, root code, quad class, Goldstein scale; most is talk, and friendly
_ACTIONS = Weighted(
    (
        ("036", "036", "03", 1, "4.0"), ("040", "040", "04", 1, "1.0"),
        ("042", "042", "04", 1, "1.9"), ("043", "043", "04", 1, "2.8"),
        ("051", "051", "05", 1, "3.4"), ("057", "057", "05", 1, "8.0"),
        ("061", "061", "06", 2, "6.4"), ("071", "071", "07", 2, "7.4"),
        ("111", "111", "11", 3, "-2.0"), ("130", "130", "13", 3, "-4.4"),
        ("141", "141", "14", 3, "-6.5"), ("173", "173", "17", 4, "-5.0"),
    ),
    (8, 7, 8, 6, 7, 5, 5, 4, 4, 3, 2, 2),
)  # fmt: skip
# With whom the watched countries deal most, whoever writes about it.
_PARTNERS = Weighted(("CHN", "USA", "JPN", "KOR", "IND", "AUS", "FRA"), (7, 6, 6, 4, 2, 1, 1))
_TYPES = ("GOV", "BUS", "", "MED", "")
# A relative phrase ("last year") dates an event exactly so many days back.
_PHRASES = (1, 7, 30, 365, 3650)


class Facts(NamedTuple):
    """What an event row says: who to whom (ISO 3166-1 alpha-3, or none), what, where, on which day."""

    actor1: str | None
    actor2: str | None
    event_date: str
    is_root: bool
    root_code: str
    quad_class: int
    place: str


@dataclass(frozen=True, slots=True)
class Event:
    """One planted event; ``is_watched`` says whether it involves a watched country.

    An event that was never exported has no facts.
    """

    event_id: int
    slot: str
    stream: str
    is_watched: bool
    document: Document | None
    row: str
    facts: Facts | None


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


def _partner(dice: Dice, document: Document) -> str | None:
    point = dice.unit()
    if point < 0.35:
        return document.outlet.country_iso3
    return dice.draw(_PARTNERS) if point < 0.85 else dice.pick(BACKGROUND)


def make_event(dice: Dice, event_id: int, document: Document) -> Event:
    """Return what a page says that its subject and another country did."""
    partner = _partner(dice, document)
    second = None if partner == document.subject or dice.chance(0.2) else partner
    first: str | None = document.subject
    if second and dice.chance(0.4):
        first, second = second, first
    places = COUNTRIES[document.subject].places
    place = dice.pick(places)
    moment = read_wire_slot(document.slot)
    if dice.chance(0.025):
        moment -= timedelta(days=dice.pick(_PHRASES))
    day = f"{moment.year}{moment.month:02}{moment.day:02}"
    year = f"{moment.year + (30 * (moment.month - 1) + moment.day) / 365:.4f}"
    mentions = dice.between(1, 10)
    is_root = dice.chance(0.7)
    action = dice.draw(_ACTIONS)
    cells = [
        str(event_id), day, day[:6], day[:4], year,
        *_actor(dice, first), *_actor(dice, second),
        "1" if is_root else "0", *map(str, action),
        str(mentions), "1", str(mentions), f"{document.tone.value:.15g}",
        *_geo(_whole(first)), *_geo(_whole(second)), *_geo(place),
        document.slot, document.url,
    ]  # fmt: skip
    facts = Facts(first, second, cells[1], is_root, action[2], action[3], place.feature_id)
    is_watched = first in WATCHED or second in WATCHED
    return Event(
        event_id, document.slot, document.stream, is_watched, document, "\t".join(cells), facts
    )


def _whole(iso3: str | None) -> Place | None:
    return COUNTRIES[iso3].places[0] if iso3 else None


def again(event: Event, event_id: int, document: Document) -> Event:
    """Return an event as the source reports it again: under a new id, found on another page."""
    cells = event.row.split("\t")
    cells[0], cells[-2], cells[-1] = str(event_id), document.slot, document.url
    return Event(
        event_id, document.slot, document.stream, event.is_watched, document, "\t".join(cells),
        event.facts,
    )  # fmt: skip
