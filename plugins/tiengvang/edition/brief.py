"""What both pages are written from: the findings of one edition, and names in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tiengvang.edition.alerts import Alerts, alerts
from tiengvang.edition.areas import Areas
from tiengvang.edition.claims import Claims, claims
from tiengvang.edition.daily import coverage_daily
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.leads import Leads, leads
from tiengvang.edition.locales import Language, Numbers
from tiengvang.edition.markets import Markets
from tiengvang.edition.markets_reading import markets
from tiengvang.edition.messages import Messages, message_gaps
from tiengvang.edition.premium import Tone, tone_premiums
from tiengvang.edition.programme import Programme, programme
from tiengvang.edition.readiness import Readiness, readiness
from tiengvang.edition.relations import Relations, relations
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.stories import StoryWeek, story_week
from tiengvang.edition.summary import by_the_clock, sourced, summary
from tiengvang.edition.trust import LEVELS, Level, TrustItem, trust_items
from tiengvang.edition.uplifts import Uplifts, uplifts
from tiengvang.edition.voice import Voice, share_of_voice
from tiengvang.metrics import bundled


@dataclass(frozen=True, slots=True)
class Brief:
    """An edition's findings, without a language."""

    request: EditionRequest
    facts: EditionFacts
    numbers: dict[str, Any]
    daily: pd.DataFrame
    stories: StoryWeek
    voice: Voice
    tone: Tone
    messages: Messages
    relations: Relations
    markets: Markets
    leads: Leads
    programme: Programme
    claims: Claims
    readiness: Readiness
    alerts: Alerts
    uplifts: Uplifts
    trust_items: tuple[TrustItem, ...]

    @property
    def worst(self) -> Level:
        """The level of the worst trust component, never an average."""
        return max((item.level for item in self.trust_items), key=LEVELS.index)

    @property
    def has_data(self) -> bool:
        """Whether any slot of the period was received."""
        received = self.numbers["slots_received"]
        return not pd.isna(received) and bool(received > 0)


def make_brief(facts: EditionFacts, request: EditionRequest) -> Brief:
    """Compute everything that the pages and data files of an edition say."""
    row = by_the_clock(summary(facts), facts, request)
    numbers = {
        str(name): sourced(name, row[name].tolist()[0], facts, request) for name in row.columns
    }
    return Brief(
        request=request,
        facts=facts,
        numbers=numbers,
        daily=coverage_daily(facts),
        stories=story_week(facts),
        voice=share_of_voice(facts),
        tone=tone_premiums(facts),
        messages=message_gaps(facts),
        relations=relations(facts),
        markets=markets(facts),
        leads=leads(facts),
        programme=programme(facts, request.today),
        claims=claims(facts),
        readiness=readiness(facts, request.today),
        alerts=alerts(facts),
        uplifts=uplifts(facts),
        trust_items=trust_items(numbers, facts, request),
    )


class Page:
    """A brief in one language: its numbers' formats and its areas' names."""

    def __init__(self, brief: Brief, language: Language) -> None:
        self.brief = brief
        self.language: Language = language
        self.numbers = Numbers(language)
        self._areas = Areas(language, self.numbers, brief.facts.countries)

    @property
    def focus(self) -> str:
        """The focus country's name."""
        return self.name(self.brief.request.focus_iso3)

    def name(self, code: str) -> str:
        """Return the name of a country, region or the world; the code when it has none."""
        return self._areas.name(code)

    def names(self, codes: Iterable[str]) -> list[str]:
        """Return several areas' names in the given order."""
        return [self.name(code) for code in codes]

    def in_force(self, mark: str) -> str:
        """Write a threshold of the registry of metrics: ``min_salience:percent``, without braces.

        Raises:
            KeyError: the registry has no such threshold.
        """
        return bundled().thresholds.written(mark, self.language)

    def filled(self, text: str) -> str:
        """Return a text with the thresholds that it names in braces; other braces stay."""
        return bundled().thresholds.fill(text, self.language)
