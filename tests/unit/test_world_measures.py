"""Two weeks of the sample world hold enough of everything for a measure to be shown, or withheld."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import combinations, pairwise

import pytest
from rapidfuzz.distance import Indel

from tiengvang.local.world import DocumentTruth, Truth, WorldSpec, build_world
from tiengvang.local.world.countries import WATCHED
from tiengvang.local.world.documents import MAIN_HOSTS
from tiengvang.local.world.outlets import OUTLETS
from tiengvang.local.world.pillars import UNKNOWN_CODES
from tiengvang.local.world.spec import read_wire_slot
from tiengvang.local.world.titles import COPY_KINDS, VOCABULARY
from tiengvang.local.world.truth_coverage import family

SPEC = WorldSpec()
SHOWN_HOSTS = {"JPN", "USA", "KOR", "GBR"}
SPACELESS = {"jpn", "zho", "tha"}


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return build_world(SPEC, tmp_path_factory.mktemp("measures") / "world").truth


@pytest.fixture(scope="module")
def at() -> datetime:
    return SPEC.instants[1]


@pytest.fixture(scope="module")
def documents(truth: Truth, at: datetime) -> list[DocumentTruth]:
    return truth.loaded_documents(at)


@pytest.fixture(scope="module")
def stories(truth: Truth, at: datetime) -> dict[str, list[DocumentTruth]]:
    return truth.stories(at, "VNM")


def is_watched(d: DocumentTruth) -> bool:
    return not d.mentions.keys().isdisjoint(WATCHED)


def parts(d: DocumentTruth) -> list[str]:
    """A title's words, or its characters in scripts without spaces."""
    return list(d.title) if d.outlet.language in SPACELESS else d.title.split()


def shingles(d: DocumentTruth) -> set[tuple[str, ...]]:
    words = parts(d)
    length = 4 if d.outlet.language in SPACELESS else 3
    return {tuple(words[n : n + length]) for n in range(max(1, len(words) - length + 1))}


def test_hosts_with_enough_outlets_and_stories_and_hosts_without(
    documents: list[DocumentTruth], stories: dict[str, list[DocumentTruth]]
) -> None:
    assert set(MAIN_HOSTS) == SHOWN_HOSTS
    published = Counter((d.source_country_iso3, family(d.outlet_domain)) for d in documents)
    told: defaultdict[str | None, set[str]] = defaultdict(set)
    for story_id, story in stories.items():
        for d in story:
            told[d.source_country_iso3].add(story_id)
    families = Counter(country for (country, _), count in published.items() if count >= 50)
    for host in SHOWN_HOSTS:
        assert families[host] >= 10, host
        assert len(told[host]) >= 30, host
    shown = {host for host, count in families.items() if count >= 8 and len(told[host]) >= 30}
    assert shown == SHOWN_HOSTS
    assert {"DEU", "ESP", "AUS"} <= families.keys(), "too few families: suppressed"


def test_outlets_of_main_hosts_have_a_baseline_of_their_own(
    documents: list[DocumentTruth],
) -> None:
    baseline: Counter[str] = Counter()
    for d in documents:
        home = d.source_country_iso3 or ""
        if d.is_long_enough() and not d.is_salient("VNM") and not d.is_salient(home):
            baseline[d.outlet_domain] += 1
    main = [o for o in OUTLETS if o.country_iso3 in SHOWN_HOSTS and o.outlet_type == "foreign"]
    few = [o.domain for o in main if baseline[o.domain] < 100 and not o.domain.startswith("en.")]
    assert len(main) > 45
    assert few == []


def test_the_country_s_own_media_tell_other_stories(
    truth: Truth, at: datetime, stories: dict[str, list[DocumentTruth]]
) -> None:
    owned = truth.stories(at, "VNM", "owned")
    assert min(len(owned), len(stories)) >= 100
    assert len({d.outlet_domain for story in owned.values() for d in story}) == 3

    def share(told: dict[str, list[DocumentTruth]], *pillars: str) -> float:
        return sum(story[0].pillar in pillars for story in told.values()) / len(told)

    theirs = ("culture", "tourism", "science_digital")
    others = ("security", "environment")
    assert share(owned, *theirs) > share(stories, *theirs) + 0.2
    assert share(stories, *others) > share(owned, *others) + 0.15


def test_copies_are_of_four_kinds_and_most_stories_are_printed_once(
    documents: list[DocumentTruth], stories: dict[str, list[DocumentTruth]]
) -> None:
    kinds = Counter(d.copy_kind for d in documents if d.copy_of)
    assert set(kinds) == set(COPY_KINDS)
    assert all(0.2 <= kinds[kind] / kinds.total() <= 0.3 for kind in COPY_KINDS)
    sizes = Counter(len(story) for story in stories.values())
    assert sizes[1] > 0.8 * sizes.total()
    assert max(sizes) >= 8, "an agency's story is printed by many"
    suffixes = [d.title for d in documents if d.copy_kind == "site_suffix"]
    assert {" | " in title for title in suffixes} == {True, False}


def test_copies_stay_alike_and_other_stories_do_not(documents: list[DocumentTruth]) -> None:
    by_id = {d.record_id: shingles(d) for d in documents}
    copies = [d for d in documents if d.copy_of in by_id and d.copy_kind != "site_suffix"]
    assert len(copies) > 1000
    for d in copies:
        one, other = by_id[d.record_id], by_id[d.copy_of or ""]
        assert len(one & other) / len(one | other) >= 0.5, (d.title, d.copy_kind)
    originals = defaultdict(list)
    for d in documents:
        is_plain = d.title_kind not in {"short", "daily"} and d.text_kind != "notice"
        if d.copy_of is None and is_plain and is_watched(d):
            originals[d.outlet.language, d.subject_iso3, d.pillar].append(d)
    compared = 0
    for alike in originals.values():
        for place, d in enumerate(alike):
            for other_page in alike[place + 1 : place + 90]:
                gap = read_wire_slot(other_page.slot) - read_wire_slot(d.slot)
                if gap > timedelta(hours=72):
                    break
                one, other = by_id[d.record_id], by_id[other_page.record_id]
                compared += 1
                assert len(one & other) / len(one | other) < 0.8, (d.title, other_page.title)
    assert compared > 10_000


def test_notices_stand_under_unlike_titles(
    truth: Truth, at: datetime, documents: list[DocumentTruth]
) -> None:
    notices = [d for d in documents if d.text_kind == "notice" and is_watched(d)]
    assert {d.record_id for d in notices} == truth.boilerplate(at)
    assert len(notices) > 100
    by_outlet = defaultdict(list)
    for d in notices:
        by_outlet[d.outlet_domain].append(d)
    assert len(by_outlet) == 8
    for pages in by_outlet.values():
        for before, after in pairwise(pages):
            unlike = [
                Indel.normalized_similarity(parts(before), parts(other)) < 0.5
                for other in pages
                if other is not before
            ]
            assert any(unlike), (before.title, after.title)


def test_every_other_text_has_a_score_of_its_own(documents: list[DocumentTruth]) -> None:
    texts = [d.text_key for d in documents if d.copy_of is None and d.text_kind != "notice"]
    assert len(texts) == len(set(texts)) > 15_000


def test_mirrors_print_most_of_what_their_principal_prints(
    documents: list[DocumentTruth],
) -> None:
    texts = defaultdict(set)
    for d in documents:
        if is_watched(d):
            texts[d.outlet_domain].add(d.text_key)
    pairs = [(o.domain, o.mirror_of or "") for o in OUTLETS if o.mirror_of]
    shared = {pair: len(texts[pair[0]] & texts[pair[1]]) for pair in pairs}
    for one, other in pairs:
        fewer = min(len(texts[one]), len(texts[other]))
        assert shared[one, other] >= max(5, 0.5 * fewer)
    # Agencies' copies alone do not make two outlets one.
    main = sorted(o.domain for o in OUTLETS if o.country_iso3 in SHOWN_HOSTS and not o.mirror_of)
    most = max(
        len(texts[one] & texts[other]) / min(len(texts[one]), len(texts[other]))
        for one, other in combinations(main, 2)
    )
    assert 0 < most < 0.3


def test_titles_that_deceive(documents: list[DocumentTruth]) -> None:
    kinds = Counter((d.title_kind, d.is_about("VNM")) for d in documents if "VNM" in d.mentions)
    assert kinds["war", True] == 0
    assert kinds["war", False] > 100
    vague = [d for d in documents if d.title_kind == "unnamed" and d.stream == "translation"]
    dropped = [d for d in vague if d.is_salient("VNM") and not d.is_about("VNM")]
    assert len(dropped) > 50
    assert all("VNM" not in d.subnational for d in dropped)
    assert any(d.is_about("VNM") for d in vague)
    named = [d for d in documents if d.kind == "named" and d.subject_iso3 == "VNM"]
    assert len(named) > 100
    assert all(d.is_about("VNM") and not d.is_salient("VNM") for d in named)
    assert len({d.title for d in documents if d.title_kind == "short"}) <= len(VOCABULARY)
    assert any("<" in d.title for d in documents), "a clean title can hold what must be escaped"
    assert {code for d in documents for code in d.theme_codes} > set(UNKNOWN_CODES)


def test_a_daily_title_makes_several_stories(
    stories: dict[str, list[DocumentTruth]], documents: list[DocumentTruth]
) -> None:
    daily = [story for story in stories.values() if story[0].title_kind == "daily"]
    pages = [d for d in documents if d.title_kind == "daily"]
    assert len({d.title for d in pages}) == 2
    assert len(pages) > 25
    assert len(daily) >= 6
    for story in daily:
        span = read_wire_slot(story[-1].slot) - read_wire_slot(story[0].slot)
        assert timedelta(hours=24) <= span <= timedelta(hours=72)


def test_dyads_with_enough_signals_and_dyads_without(truth: Truth, at: datetime) -> None:
    signals = truth.signals(at)
    shown = {key: s for key, s in signals.items() if s.at_50 >= 10 and s.outlets >= 3}
    assert len(shown) < len(signals) / 4
    for media in ("party", "third"):
        partners = {
            (key.week, key.stream, key.actor2_iso3)
            for key in shown
            if key.actor1_iso3 == "VNM" and key.media == media
        }
        assert len(partners) >= 8, media
    assert all(s.at_20 > s.at_50 > s.at_80 > 0 for s in shown.values())
    assert {key.week for key in shown} == {"2026-06-29", "2026-07-06"}
    once = Counter((e.event_date, e.actor1_iso3, e.actor2_iso3, e.root_code, e.place)
                   for e in truth.kept_events(at).values() if e.is_root and e.actor2_iso3)  # fmt: skip
    assert sum(count > 1 for count in once.values()) > 500, "reported again"
