"""A planted page: its text as counts of words, the places it mentions, whom its title names."""

from __future__ import annotations

from dataclasses import dataclass, field

from tiengvang.local.world.countries import BACKGROUND, COUNTRIES, FOCUS, PEERS, WATCHED, Place
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.outlets import Outlet

MIN_WORDS = 80
# Titles that name the page's subject; the others name none, or a war of another time.
NAMING_TITLES = frozenset({"plain", "short", "daily"})


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

    @property
    def key(self) -> str:
        """The five counts: they are the same exactly where the wire's seven values are."""
        return f"{self.positive}-{self.negative}-{self.active}-{self.group}-{self.words}"


def draw_tone(dice: Dice, words: int, target: float) -> Tone:
    """Return the score of a text of so many words whose tone is near ``target``, in points."""
    return Tone(
        positive=max(0, round(words * (3.5 + target / 2) / 100)),
        negative=max(0, round(words * (3.5 - target / 2) / 100)),
        active=round(words * (20 + dice.below(80) / 10) / 100),
        group=dice.below(1 + words // 40),
        words=words,
    )


@dataclass(slots=True)
class Document:
    """One planted page: ``subject`` is whom it is about, ``places`` counts mentions of places.

    ``title`` is clean; ``title_form`` says what the wire makes of it, ``title_kind`` what it is:
    ``plain``, ``unnamed`` (names no country), ``war`` (names a war, not the country), ``short``
    (under four words, shared by many pages) or ``daily`` (the same every day).
    """

    record_id: str
    slot: str
    stream: str
    outlet: Outlet
    url: str
    title: str
    title_kind: str
    title_form: str
    kind: str
    subject: str
    places: tuple[tuple[Place, int], ...]
    tone: Tone
    text_kind: str
    pillar: str
    themes: tuple[str, ...]
    copy_of: str | None = None
    copy_kind: str | None = None
    carriers: set[str] = field(default_factory=set)

    def mentions_by_country(self) -> dict[str, int]:
        """Return the number of place mentions per country (ISO 3166-1 alpha-3)."""
        counts: dict[str, int] = {}
        for place, mentions in self.places:
            counts[place.iso3] = counts.get(place.iso3, 0) + mentions
        return counts

    def subnational(self) -> list[str]:
        """Return the countries of which a place below the level of the country is mentioned."""
        return sorted({place.iso3 for place, _ in self.places if place.kind != 1})

    def named(self) -> list[str]:
        """Return the watched countries that the title names."""
        names_it = self.title_kind in NAMING_TITLES and self.subject in WATCHED
        return [self.subject] if names_it else []


def address(outlet: Outlet, slot: str, record_id: str) -> str:
    """Return a page's own address."""
    host = outlet.domain if outlet.domain.startswith("en.") else f"www.{outlet.domain}"
    return f"https://{host}/{slot[:4]}/{slot[4:6]}/{slot[6:8]}/{record_id[8:]}.html"


def draw_places(
    dice: Dice, kind: str, subject: str, title_kind: str
) -> tuple[tuple[Place, int], ...]:
    """Return the places that a page mentions, and how often each."""
    counts: dict[Place, int] = {}

    def mention(iso3: str, times: int, whole: float = 0.5) -> None:
        places = COUNTRIES[iso3].places
        for _ in range(times):
            place = places[0] if dice.chance(whole) else dice.pick(places)
            counts[place] = counts.get(place, 0) + 1

    if kind == "passing":
        # One mention of at least five, or two of at least nine: under a quarter.
        passing = dice.between(1, 2)
        is_of_focus = title_kind == "war" or dice.chance(0.6)
        mention(FOCUS if is_of_focus else dice.pick(PEERS), passing)
        mention(subject, 4 * passing + dice.below(4))
    elif kind == "named":
        mention(subject, 1)
        mention(dice.pick(BACKGROUND), 4 + dice.below(4))
    else:
        mentions = dice.between(3, 9)
        # Most pages whose title names nothing place the country as a whole, and nothing in it.
        is_vague = title_kind == "unnamed" and dice.chance(0.7)
        mention(subject, mentions, 1.0 if is_vague else 0.5)
        if kind == "about" and dice.chance(0.15):
            mention(dice.pick(WATCHED), max(2, mentions // 2))
    if dice.chance(0.6):
        mention(dice.pick(BACKGROUND), dice.between(1, 2))
    return tuple(counts.items())
