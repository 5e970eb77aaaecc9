"""What was planted, row by row: pages, events, mentions, and what follows from one row alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tiengvang.local.world.event_rows import Event
from tiengvang.local.world.outlets import BY_DOMAIN, Outlet
from tiengvang.local.world.pages import MIN_WORDS, Document

SALIENCE = 0.25
MIN_MENTIONS = 2
# Languages of the world that are spoken chiefly in one watched country.
DISTINCTIVE_LANGUAGES = {"VNM": "vie", "THA": "tha", "IDN": "ind"}


class DocumentTruth(NamedTuple):
    """One document; ``mentions`` counts place mentions by country, an unresolved source is None.

    ``kind`` is ``about`` (a watched country, salient), ``named`` (the title names one that is not
    salient), ``passing`` (one is mentioned, no more) or ``other``; ``text_kind`` is ``article``,
    ``short`` (under 80 words) or ``notice`` (a page that is scored on its boilerplate); a copy names
    its original's record id and a copy kind. ``title`` is clean; ``title_kind`` and ``title_form``
    are those of ``Document``. ``named`` and ``subnational`` list countries, the watched ones that
    the title names and those with a place below the level of the country. ``text_key`` is the same
    exactly where the tone vector is.
    """

    record_id: str
    slot: str
    stream: str
    outlet_domain: str
    source_country_iso3: str | None
    kind: str
    subject_iso3: str
    mentions: Mapping[str, int]
    word_count: int
    tone: float
    text_kind: str
    copy_of: str | None
    copy_kind: str | None
    title: str
    title_kind: str
    title_form: str
    named: list[str]
    subnational: list[str]
    text_key: str
    pillar: str
    theme_codes: list[str]

    @classmethod
    def of(cls, d: Document) -> DocumentTruth:
        """Return the truth of a planted page."""
        return cls(
            d.record_id, d.slot, d.stream, d.outlet.domain, d.outlet.country_iso3, d.kind,
            d.subject, d.mentions_by_country(), d.tone.words, d.tone.value, d.text_kind,
            d.copy_of, d.copy_kind, d.title, d.title_kind, d.title_form, d.named(),
            d.subnational(), d.tone.key, d.pillar, sorted(d.themes),
        )  # fmt: skip

    @property
    def day(self) -> str:
        """The UTC day of its slot, ``YYYY-MM-DD``."""
        return f"{self.slot[:4]}-{self.slot[4:6]}-{self.slot[6:8]}"

    @property
    def outlet(self) -> Outlet:
        """The outlet that published it."""
        return BY_DOMAIN[self.outlet_domain]

    @property
    def story_key(self) -> str:
        """What it shares with every page of its story: the original, or the page of every morning."""
        if self.title_kind == "daily":
            return f"daily:{self.outlet_domain}"
        return self.copy_of or self.record_id

    def places_or_names(self, iso3: str) -> bool:
        """Say whether the document is one of a watched country's at all."""
        return iso3 in self.mentions or iso3 in self.named

    def is_long_enough(self) -> bool:
        """Say whether it has 80 words."""
        return self.word_count >= MIN_WORDS

    def is_salient(self, iso3: str) -> bool:
        """Say whether the country has two place mentions and a quarter of all of them."""
        own = self.mentions.get(iso3, 0)
        return own >= MIN_MENTIONS and own >= SALIENCE * sum(self.mentions.values())

    def is_about(self, iso3: str) -> bool:
        """Say whether its title names the country, or it is salient.

        A translated page that is salient must also mention a place below the country's level.
        """
        if iso3 in self.named:
            return True
        return self.is_salient(iso3) and (self.stream == "english" or iso3 in self.subnational)

    def series(self, iso3: str) -> str:
        """Return whose voice it is, seen from a country."""
        if self.source_country_iso3 is None:
            return "unknown"
        outlet_type = self.outlet.outlet_type
        if self.source_country_iso3 == iso3:
            return "owned" if outlet_type == "owned" else "domestic"
        is_in_its_language = self.outlet.language == DISTINCTIVE_LANGUAGES.get(iso3)
        if is_in_its_language and outlet_type != "aggregator":
            return "same_language_abroad"
        return "foreign"


class EventTruth(NamedTuple):
    """One exported event, with the outlet of the page that it was found on."""

    event_id: int
    slot: str
    stream: str
    is_watched: bool
    outlet_domain: str
    actor1_iso3: str | None
    actor2_iso3: str | None
    event_date: str
    is_root: bool
    root_code: str
    quad_class: int
    place: str

    @classmethod
    def of(cls, event: Event) -> EventTruth:
        """Return the truth of a planted event.

        Raises:
            ValueError: the event was never exported.
        """
        if event.facts is None or event.document is None:
            raise ValueError(f"event {event.event_id} was never exported")
        domain = event.document.outlet.domain
        return cls(event.event_id, event.slot, event.stream, event.is_watched, domain, *event.facts)


class MentionTruth(NamedTuple):
    """One mention of an exported event that involves a watched country, at most seven days old."""

    event_id: int
    event_slot: str
    slot: str
    stream: str
    outlet_domain: str
    confidence: int
