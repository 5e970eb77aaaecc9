"""Question 4: which pillars travel from the focus's own outlets into foreign coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.intervals import SIGNIFICANCE, holm, log_ratio_interval
from tiengvang.edition.sourced import records

WORLD, ALL_LANGUAGES = "world", "all"


@dataclass(frozen=True, slots=True)
class Pillar:
    """One pillar: its share on either side and ln(owned / foreign) with its 95 % interval.

    ``verdict`` is ``told_more`` (the pillar travels less than it is told), ``carried_more`` or
    ``unclear``: the mart's permutation test, corrected by Holm over the pillars of a comparison.
    """

    name: str
    owned: float
    foreign: float
    log_ratio: float
    low: float
    high: float
    p_value: float
    verdict: str = "unclear"


@dataclass(frozen=True, slots=True)
class Gap:
    """The focus's own outlets against foreign coverage of one area in one language, or in ``all``.

    ``pillars`` is empty where ``reason`` suppresses it; most told beside carried first.
    ``is_distinct``: the permutation test finds the two mixes different, corrected by Holm over
    all comparisons. Only within one language may a pillar be said not to have travelled.
    """

    area: str
    language: str
    n_owned: int
    n_foreign: int
    pillars: tuple[Pillar, ...]
    divergence: float | None
    p_value: float | None
    reason: str | None
    is_distinct: bool = False

    def found(self, verdict: str) -> list[str]:
        """Return the pillars of a verdict; none while the mixes are not told apart."""
        return [p.name for p in self.pillars if self.is_distinct and p.verdict == verdict]


@dataclass(frozen=True, slots=True)
class Messages:
    """The message gaps of the newest rolling 28 days: world first, then most stories first."""

    window: tuple[date, date] | None
    gaps: tuple[Gap, ...]

    @property
    def world(self) -> Gap | None:
        """The comparison with all foreign coverage, which the page draws."""
        return next((gap for gap in self.gaps if _key(gap) == (WORLD, ALL_LANGUAGES)), None)

    @property
    def untravelled(self) -> list[Gap]:
        """Comparisons within one language in which a pillar did not travel."""
        return [
            gap for gap in self.gaps if gap.language != ALL_LANGUAGES and gap.found("told_more")
        ]


def message_gaps(facts: EditionFacts) -> Messages:
    """Compute question 4 from the mart's shares, counts and p-values."""
    if facts.messages.empty:
        return Messages(None, ())
    first = facts.messages.iloc[0]
    keys = ["source_country_code_iso3", "language_code_iso639_3"]
    gaps = [_gap(records("messages", rows)) for _, rows in facts.messages.groupby(keys)]
    adjusted = holm({_key(gap): gap.p_value for gap in gaps if gap.p_value is not None})
    judged = [replace(gap, is_distinct=adjusted.get(_key(gap), 1.0) < SIGNIFICANCE) for gap in gaps]
    judged.sort(key=_place)
    return Messages((first["window_start_date"], first["window_end_date"]), tuple(judged))


def _key(gap: Gap) -> tuple[str, str]:
    return gap.area, gap.language


def _place(gap: Gap) -> tuple[bool, bool, int, bool, str, str]:
    shown, all_languages = bool(gap.pillars), gap.language == ALL_LANGUAGES
    return (gap.area != WORLD, not shown, -gap.n_foreign, not all_languages, *_key(gap))


def _gap(rows: Sequence[dict[Any, Any]]) -> Gap:
    first = rows[0]
    owned, foreign = first["n_owned_stories"], first["n_foreign_stories"]
    pillars = [_pillar(row) for row in rows if not pd.isna(row["log_ratio"])]
    adjusted = holm({pillar.name: pillar.p_value for pillar in pillars})
    judged = [_judged(pillar, adjusted[pillar.name]) for pillar in pillars]
    return Gap(
        area=first["source_country_code_iso3"],
        language=first["language_code_iso639_3"],
        n_owned=owned,
        n_foreign=foreign,
        pillars=tuple(sorted(judged, key=lambda pillar: (-pillar.log_ratio, pillar.name))),
        divergence=first["js_divergence_bits"] if pillars else None,
        p_value=first["p_value"] if pillars else None,
        reason=None if pd.isna(first["suppressed_reason"]) else str(first["suppressed_reason"]),
    )


def _pillar(row: dict[Any, Any]) -> Pillar:
    owned, foreign = row["owned_share"], row["foreign_share"]
    return Pillar(
        row["pillar"],
        owned,
        foreign,
        row["log_ratio"],
        *log_ratio_interval(owned, foreign, row["n_owned_stories"], row["n_foreign_stories"]),
        row["log_ratio_p_value"],
    )


def _judged(pillar: Pillar, p_value: float) -> Pillar:
    more = "told_more" if pillar.log_ratio > 0 else "carried_more"
    return replace(pillar, verdict=more if p_value < SIGNIFICANCE else "unclear")
