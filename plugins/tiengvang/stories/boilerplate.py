"""Texts that are no article: a notice, a menu or a side bar that was scored in the article's place.

The second half of gate E1. A document is boilerplate if its tone vector, among the watched documents at
most seven days before or after it, is that of two different titles of its own outlet family, or of three
different titles whatever the outlets. Titles are different if they lie in different clusters, where a
similarity of 0.5 or more joins two titles into one: a shared vector with similar titles is a copy, and a
copy of a copy may have drifted from the original.

Similarity is ``2 * LCS / (length + length)`` over the words of two titles' keys (pairs of characters in
scripts without spaces), the site's name being stripped: rapidfuzz's normalised Indel similarity. Over
letters, as ``rapidfuzz.fuzz.ratio`` has it, unrelated titles come too close to 0.5: of random pairs among 309
genuine English titles the median is 0.37 and the 99th percentile 0.45; over words they are 0.00 and 0.17.

Where very many documents share a vector, the 16 before a document and the 16 behind it decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from tiengvang.stories.titles import is_spaceless, runs, tokens

WINDOW_SECONDS = 7 * 86_400
SIMILAR = 0.5
TITLES_OF_A_FAMILY = 2
TITLES_ACROSS_FAMILIES = 3
MOST_NEIGHBOURS = 16


@dataclass(frozen=True, slots=True)
class Page:
    """A watched document with a tone vector; ``slot`` in seconds since 1970 UTC."""

    record_id: str
    slot: int
    registered_domain: str
    title_key: str | None
    tone_key: str


FamiliesOf = Callable[[int], Mapping[str, str]]


def find_boilerplate(
    pages: Iterable[Page], families_of: FamiliesOf, first_slot: int, end_slot: int
) -> set[str]:
    """Return the record ids of the pages from ``first_slot`` until before ``end_slot`` that are boilerplate.

    Args:
        pages: every watched document with a vector that is shared, from seven days before the first
            slot to seven days behind the end; in any order.
        families_of: the families of domains on the day of an instant (seconds); a domain that is
            missing is a family of its own.
        first_slot: in seconds since 1970 UTC.
        end_slot: likewise.
    """
    by_vector: defaultdict[str, list[Page]] = defaultdict(list)
    for page in pages:
        by_vector[page.tone_key].append(page)
    found: set[str] = set()
    for sharing in by_vector.values():
        if len({page.title_key for page in sharing}) > 1:
            found.update(_judge(sorted(sharing, key=_order), families_of, first_slot, end_slot))
    return found


def title_similarity(one: str, other: str) -> float:
    """Return how much two titles' keys have in common: 0 nothing, 1 the same words in the same order."""
    in_pairs = is_spaceless(one) or is_spaceless(other)
    return float(Indel.normalized_similarity(_tokens(one, in_pairs), _tokens(other, in_pairs)))


def _judge(
    pages: Sequence[Page], families_of: FamiliesOf, first_slot: int, end_slot: int
) -> Iterator[str]:
    """Judge the pages of one vector, which are in the order of time."""
    alike = _alike(pages)
    first = last = 0
    for place, page in enumerate(pages):
        if not first_slot <= page.slot < end_slot:
            continue
        while page.slot - pages[first].slot > WINDOW_SECONDS:
            first += 1
        while last < len(pages) and pages[last].slot - page.slot <= WINDOW_SECONDS:
            last += 1
        start = max(first, place - MOST_NEIGHBOURS)
        titles = _titles(alike, start, min(last, place + MOST_NEIGHBOURS + 1))
        if len(set(titles.values())) >= TITLES_ACROSS_FAMILIES:
            yield page.record_id
            continue
        families = families_of(page.slot)
        names = {near: pages[near].registered_domain for near in titles}
        own = families.get(page.registered_domain, page.registered_domain)
        of_family = {
            titles[near] for near in titles if families.get(names[near], names[near]) == own
        }
        if len(of_family) >= TITLES_OF_A_FAMILY:
            yield page.record_id


def _alike(pages: Sequence[Page]) -> list[list[int] | None]:
    """Return for each page the pages shortly before it with a similar title; None without a title.

    Behind one with the same title nothing is looked for: that one has found it.
    """
    found: list[list[int] | None] = []
    for place, page in enumerate(pages):
        title = page.title_key
        if title is None:
            found.append(None)
            continue
        similar = []
        for earlier in range(place - 1, max(place - 2 * MOST_NEIGHBOURS, 0) - 1, -1):
            other = pages[earlier].title_key
            if other is not None and (other == title or title_similarity(title, other) >= SIMILAR):
                similar.append(earlier)
                if other == title:
                    break
        found.append(similar)
    return found


def _titles(alike: Sequence[list[int] | None], start: int, end: int) -> dict[int, int]:
    """Join the pages from ``start`` until before ``end`` by their titles: by page, its cluster."""
    cluster: dict[int, int] = {}
    for place in range(start, end):
        similar = alike[place]
        if similar is None:
            continue
        cluster[place] = place
        for earlier in similar:
            old = cluster.get(earlier, place)
            if old != cluster[place]:
                new = cluster[place]
                cluster = {page: new if name == old else name for page, name in cluster.items()}
    return cluster


@lru_cache(maxsize=1 << 15)
def _tokens(key: str, in_pairs: bool) -> tuple[str, ...]:
    parts = tokens(key)
    return tuple(runs(parts, 2) if in_pairs else parts)


def _order(page: Page) -> tuple[int, str]:
    return page.slot, page.record_id
