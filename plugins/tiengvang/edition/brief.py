"""What both pages are written from: the findings of one edition, and names in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from tiengvang.edition import findings
from tiengvang.edition.changes import Change
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.locales import Language, Numbers
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.summary import summary

Level = Literal["good", "watch", "bad"]
LEVELS: tuple[Level, ...] = ("good", "watch", "bad")
SHOWN_DOCUMENTS = 12
TITLE_LENGTH = 160

# The value up to which a component is good, and up to which it is to be watched; beyond is bad.
AT_MOST = {
    "freshness": (30.0, 360.0),
    "unknown_outlets": (0.5, 0.8),
    "rejected_rows": (0.005, 0.05),
}


@dataclass(frozen=True, slots=True)
class TrustItem:
    """One component of the trust strip: its value (null when it cannot be told) and its level."""

    key: str
    value: float | None
    level: Level


@dataclass(frozen=True, slots=True)
class Brief:
    """An edition's findings, without a language."""

    request: EditionRequest
    facts: EditionFacts
    numbers: dict[str, Any]
    change: Change
    by_source: pd.DataFrame
    daily: pd.DataFrame
    tone: pd.DataFrame
    peers: pd.DataFrame
    sifting: dict[str, int]
    trust_items: tuple[TrustItem, ...]
    documents: pd.DataFrame

    @property
    def worst(self) -> Level:
        """The level of the worst trust component, never an average."""
        return max((item.level for item in self.trust_items), key=LEVELS.index)

    @property
    def has_data(self) -> bool:
        """Whether any slot of the period was received."""
        received = self.numbers["slots_received"]
        return not pd.isna(received) and bool(received > 0)


def _level(key: str, value: float | None) -> Level:
    if value is None:
        return "bad"
    if key == "slots":
        return "good" if value >= 0.99 else "watch" if value >= 0.9 else "bad"
    if key == "translated":
        return "good" if 0.2 <= value <= 0.9 else "watch"
    good, watch = AT_MOST[key]
    return "good" if value <= good else "watch" if value <= watch else "bad"


def trust_items(numbers: dict[str, Any]) -> tuple[TrustItem, ...]:
    """Return the five components of the trust strip; a null is bad, because nothing vouches."""
    columns = {
        "slots": "received_share",
        "freshness": "freshness_minutes",
        "unknown_outlets": "unknown_outlet_share",
        "translated": "translated_share",
        "rejected_rows": "rejected_row_share",
    }
    items = []
    for key, column in columns.items():
        value = None if pd.isna(numbers[column]) else float(numbers[column])
        items.append(TrustItem(key, value, _level(key, value)))
    return tuple(items)


def documents_to_read(documents: pd.DataFrame) -> pd.DataFrame:
    """Return up to twelve foreign documents, one per outlet and per title.

    First those that mention the focus most often; ties by record id.
    """
    rows = documents[(documents["source_relation"] == "foreign") & documents["title"].notna()]
    rows = rows.sort_values(["place_mentions", "record_id"], ascending=[False, True])
    titles = rows["title"].str.casefold()
    rows = rows[~titles.duplicated()].drop_duplicates("outlet_domain")
    return rows.head(SHOWN_DOCUMENTS).reset_index(drop=True)


def make_brief(facts: EditionFacts, request: EditionRequest) -> Brief:
    """Compute everything that the pages and data files of an edition say."""
    row = summary(facts)
    numbers = {str(name): row[name].tolist()[0] for name in row.columns}
    return Brief(
        request=request,
        facts=facts,
        numbers=numbers,
        change=findings.total_change(facts),
        by_source=findings.coverage_by_source(facts),
        daily=findings.coverage_daily(facts),
        tone=findings.tone_by_source(facts),
        peers=findings.peers(facts),
        sifting=findings.sifting(facts),
        trust_items=trust_items(numbers),
        documents=documents_to_read(facts.documents),
    )


class Page:
    """A brief in one language: its numbers' formats and its countries' names."""

    def __init__(self, brief: Brief, language: Language) -> None:
        self.brief = brief
        self.language: Language = language
        self.numbers = Numbers(language)
        countries = brief.facts.countries
        given = countries[f"country_name_{language}"]
        self._names = {
            code: self.numbers.territory(iso2) or (code if pd.isna(name) else name)
            for code, iso2, name in zip(
                countries["country_code_iso3"], countries["country_code_iso2"], given, strict=True
            )
        }

    @property
    def focus(self) -> str:
        """The focus country's name."""
        return self.name(self.brief.request.focus_iso3)

    def name(self, iso3: str) -> str:
        """Return a country's name in the page's language; the code when it has none."""
        return str(self._names.get(iso3, iso3))

    def names(self, codes: Iterable[str]) -> list[str]:
        """Return several countries' names in the given order."""
        return [self.name(code) for code in codes]
