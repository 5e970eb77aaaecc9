"""Whether coverage moved between two periods, as far as a handful of days can tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp, log1p

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.intervals import holm, paired_p_value

FULL_DAY_SHARE = 0.9
SIGNIFICANCE = 0.05
MIN_PAIRS = 5
MIN_DOCUMENTS_TO_COMPARE = 20


@dataclass(frozen=True, slots=True)
class Change:
    """This period against the one before, on documents per received slot of paired weekdays.

    ``verdict`` is ``rose``, ``fell``, ``unclear`` or ``cannot_tell``; ``ratio`` is now / before
    (null when it cannot be told).
    """

    verdict: str
    ratio: float | None


CANNOT_TELL = Change("cannot_tell", None)


def day_slots(facts: EditionFacts) -> dict[date, tuple[int, int]]:
    """Return received and expected slots by day, of those that carry documents about the focus.

    Days that the mart does not know are not in it.
    """
    rows = facts.coverage[facts.coverage["country_code_iso3"] == facts.focus_iso3]
    days = rows.groupby("coverage_date")[["slots_received", "slots_expected"]].max().fillna(0)
    return {
        day: (int(received), int(expected))
        for day, received, expected in zip(
            days.index, days["slots_received"], days["slots_expected"], strict=True
        )
    }


def _pairs(facts: EditionFacts, counts: dict[date, int]) -> list[tuple[float, float]]:
    """Documents per full day (before, now), for pairs of weekdays that are both nearly whole."""
    slots = day_slots(facts)
    rates: dict[date, float] = {}
    for day, count in counts.items():
        received, expected = slots.get(day, (0, 0))
        if expected and received / expected >= FULL_DAY_SHARE:
            rates[day] = count * expected / received
    pairs = zip(facts.previous_dates, facts.dates, strict=True)
    return [(rates[a], rates[b]) for a, b in pairs if a in rates and b in rates]


def _verdict(pairs: list[tuple[float, float]], p_value: float) -> Change:
    differences = [log1p(now) - log1p(before) for before, now in pairs]
    mean = sum(differences) / len(differences)
    before, now = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    ratio = now / before if before else exp(mean)
    if p_value >= SIGNIFICANCE:
        return Change("unclear", ratio)
    return Change("rose" if mean > 0 else "fell", ratio)


def changes(facts: EditionFacts, counts_by_name: dict[str, dict[date, int]]) -> dict[str, Change]:
    """Compare each series with the period before; one family of comparisons, Holm-corrected."""
    pairs = {name: _pairs(facts, counts) for name, counts in counts_by_name.items()}
    testable = {
        name: found
        for name, found in pairs.items()
        if len(found) >= MIN_PAIRS and sum(a + b for a, b in found) >= MIN_DOCUMENTS_TO_COMPARE
    }
    p_values = holm(
        {
            name: paired_p_value([log1p(now) - log1p(before) for before, now in found])
            for name, found in testable.items()
        }
    )
    return {
        name: _verdict(testable[name], p_values[name]) if name in testable else CANNOT_TELL
        for name in counts_by_name
    }
