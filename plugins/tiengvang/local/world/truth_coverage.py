"""What follows from the planted pages: boilerplate, coverage, eligibility, stories.

Every function takes the documents that are loaded, and no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from itertools import combinations
from math import fsum
from typing import NamedTuple

from tiengvang.local.world.outlets import OUTLET_FAMILIES
from tiengvang.local.world.spec import read_wire_slot
from tiengvang.local.world.truth_rows import DocumentTruth

BOILERPLATE_WITHIN = timedelta(days=7)
STORY_WITHIN = timedelta(hours=72)
# (country, language) that an audit suppresses
Suppressed = Collection[tuple[str, str]]
OWN_TITLES, TITLES_ACROSS = 2, 3
# What drops a document, in this order; the first counts.
OUTCOMES = (
    "boilerplate", "length", "about", "audit", "domestic", "owned", "same_language_abroad",
    "unknown_origin", "eligible",
)  # fmt: skip


class Coverage(NamedTuple):
    """Documents about one country in one source country and day, its own media included."""

    documents: int
    outlets: int
    tone_mean: float


def find_boilerplate(documents: Iterable[DocumentTruth], watched: Collection[str]) -> set[str]:
    """Return the record ids of watched documents that are scored on a text of other titles.

    Copies have the title of their original; any other two titles are unlike each other.
    """
    by_text: dict[str, list[DocumentTruth]] = {}
    for d in documents:
        if not d.mentions.keys().isdisjoint(watched):
            by_text.setdefault(d.text_key, []).append(d)
    found: set[str] = set()
    for sharing in by_text.values():
        if len({d.story_key for d in sharing}) >= OWN_TITLES:
            found.update(d.record_id for d in sharing if _is_notice(d, sharing))
    return found


def _is_notice(d: DocumentTruth, sharing: Sequence[DocumentTruth]) -> bool:
    moment = read_wire_slot(d.slot)
    near = [x for x in sharing if abs(read_wire_slot(x.slot) - moment) <= BOILERPLATE_WITHIN]
    own = {x.story_key for x in near if family(x.outlet_domain) == family(d.outlet_domain)}
    return len(own) >= OWN_TITLES or len({x.story_key for x in near}) >= TITLES_ACROSS


def family(outlet_domain: str) -> str:
    """Return the domain under which a newsroom's sites are counted as one."""
    return OUTLET_FAMILIES.get(outlet_domain, outlet_domain)


def outcome(
    d: DocumentTruth, iso3: str, boilerplate: Collection[str], suppressed: Suppressed = ()
) -> str:
    """Return the first gate that a document of a country fails, or ``eligible``."""
    if d.record_id in boilerplate:
        return "boilerplate"
    if not d.is_long_enough():
        return "length"
    if not d.is_about(iso3):
        return "about"
    if (iso3, d.outlet.language) in suppressed:
        return "audit"
    series = d.series(iso3)
    return {"foreign": "eligible", "unknown": "unknown_origin"}.get(series, series)


def count_outcomes(
    documents: Iterable[DocumentTruth],
    watched: Collection[str],
    boilerplate: Collection[str],
    suppressed: Suppressed = (),
) -> dict[tuple[str, str, str], Counter[str]]:
    """Count documents by outcome for each (country, ``YYYY-MM-DD``, stream)."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for d in documents:
        if d.mentions.keys().isdisjoint(watched):
            # A page that only names a country is never kept.
            continue
        for iso3 in watched:
            if d.places_or_names(iso3):
                found = counts.setdefault((iso3, d.day, d.stream), Counter())
                found[outcome(d, iso3, boilerplate, suppressed)] += 1
    return dict(sorted(counts.items()))


def is_coverage(
    d: DocumentTruth, iso3: str, boilerplate: Collection[str], suppressed: Suppressed = ()
) -> bool:
    """Say whether a document is text about a country that counts, whoever published it."""
    is_text = d.is_long_enough() and d.record_id not in boilerplate
    return is_text and d.is_about(iso3) and (iso3, d.outlet.language) not in suppressed


def count_coverage(
    documents: Iterable[DocumentTruth],
    watched: Collection[str],
    boilerplate: Collection[str],
    suppressed: Suppressed = (),
) -> dict[tuple[str, str, str], Coverage]:
    """Count by (country, source country or ``unknown``, ``YYYY-MM-DD``).

    Outlets abroad in a country's own language are no foreign opinion of it: they are left out.
    """
    groups: dict[tuple[str, str, str], list[DocumentTruth]] = {}
    for d in documents:
        for iso3 in watched:
            if not is_coverage(d, iso3, boilerplate, suppressed):
                continue
            if d.series(iso3) != "same_language_abroad":
                source = d.source_country_iso3 or "unknown"
                groups.setdefault((iso3, source, d.day), []).append(d)
    return {
        key: Coverage(
            len(group),
            len({d.outlet_domain for d in group}),
            fsum(d.tone for d in group) / len(group),
        )
        for key, group in sorted(groups.items())
    }


def tell_stories(
    documents: Iterable[DocumentTruth],
    iso3: str,
    series: str,
    boilerplate: Collection[str],
    suppressed: Suppressed = (),
) -> dict[str, list[DocumentTruth]]:
    """Return the stories about a country in one series, by the record id of their first document.

    Pages of one original are one story, and no page joins more than 72 hours after the first.
    """
    groups: dict[str, list[DocumentTruth]] = {}
    for d in documents:
        if is_coverage(d, iso3, boilerplate, suppressed) and d.series(iso3) == series:
            groups.setdefault(d.story_key, []).append(d)
    stories: dict[str, list[DocumentTruth]] = {}
    for group in groups.values():
        first: DocumentTruth | None = None
        for d in sorted(group, key=lambda d: (d.slot, d.record_id)):
            if first is None or read_wire_slot(d.slot) - read_wire_slot(first.slot) > STORY_WITHIN:
                first = d
            stories.setdefault(first.record_id, []).append(d)
    return stories


def pair_up(stories: Iterable[Sequence[DocumentTruth]]) -> set[tuple[str, str]]:
    """Return every two record ids of one story, the smaller first."""
    return {
        (min(one.record_id, other.record_id), max(one.record_id, other.record_id))
        for story in stories
        for one, other in combinations(story, 2)
    }
