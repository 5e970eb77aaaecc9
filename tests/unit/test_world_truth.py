"""What follows from planted rows, worked out by hand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tiengvang.local.world.truth_coverage import (
    count_coverage,
    count_outcomes,
    find_boilerplate,
    pair_up,
    tell_stories,
)
from tiengvang.local.world.truth_rows import DocumentTruth, EventTruth
from tiengvang.local.world.truth_signals import SignalKey, Signals, count_signals

WATCHED = ("VNM", "THA")
PAGE = DocumentTruth(
    record_id="r1", slot="20260701120000", stream="english", outlet_domain="kestrelnews.example",
    source_country_iso3="GBR", kind="about", subject_iso3="VNM", mentions={"VNM": 3}, word_count=80,
    tone=1.0, text_kind="article", copy_of=None, copy_kind=None, title="t", title_kind="plain",
    title_form="plain", named=["VNM"], subnational=["VNM"], text_key="a", pillar="economy",
    theme_codes=[],
)  # fmt: skip
AGENCY: dict[str, Any] = {
    "outlet_domain": "lotusgateinternational.example",
    "source_country_iso3": "VNM",
}
REPORTER: dict[str, Any] = {
    "outlet_domain": "redriverreporter.example",
    "source_country_iso3": "VNM",
}
ABROAD: dict[str, Any] = {"outlet_domain": "baoquexa.example", "source_country_iso3": "USA"}
NOWHERE: dict[str, Any] = {
    "outlet_domain": "oceanfreightinsider.example",
    "source_country_iso3": None,
}


def page(name: str = "r1", /, **changes: Any) -> DocumentTruth:
    return PAGE._replace(record_id=name, **changes)


@pytest.mark.parametrize(
    ("changes", "is_about"),
    [
        ({"named": [], "mentions": {"VNM": 2, "USA": 6}}, True),
        ({"named": [], "mentions": {"VNM": 2, "USA": 7}}, False),
        ({"named": [], "mentions": {"VNM": 1}}, False),
        ({"named": [], "stream": "translation"}, True),
        ({"named": [], "stream": "translation", "subnational": ["THA"]}, False),
        ({"mentions": {"USA": 9}, "stream": "translation", "subnational": []}, True),
    ],
)
def test_aboutness(changes: dict[str, Any], is_about: bool) -> None:
    assert page(**changes).is_about("VNM") is is_about


def test_whose_voice_it_is_depends_on_the_country_it_is_seen_from() -> None:
    pages = [page(), page(**AGENCY), page(**REPORTER), page(**ABROAD), page(**NOWHERE)]
    assert [d.series("VNM") for d in pages] == [
        "foreign", "owned", "domestic", "same_language_abroad", "unknown",
    ]  # fmt: skip
    assert [d.series("THA") for d in pages] == ["foreign"] * 4 + ["unknown"]


def test_boilerplate_is_two_titles_of_one_family_or_three_across() -> None:
    sites = ["kestrelnews.example", "thornburyrecord.example", "ashdownreview.example"]
    across = [page(f"r{n}", outlet_domain=site) for n, site in enumerate(sites)]
    assert find_boilerplate(across, WATCHED) == {"r0", "r1", "r2"}
    assert find_boilerplate(across[:2], WATCHED) == set()
    family = ["northmoormail.example", "northmoormail-news.example"]
    mirrored = [page(f"r{n}", outlet_domain=site) for n, site in enumerate(family)]
    assert find_boilerplate(mirrored, WATCHED) == {"r0", "r1"}
    copies = [d._replace(copy_of="r0") for d in across[1:]]
    assert find_boilerplate([across[0], *copies], WATCHED) == set()
    assert find_boilerplate([d._replace(mentions={"USA": 1}) for d in across], WATCHED) == set()


def test_boilerplate_lies_within_seven_days() -> None:
    slots = ["20260701120000", "20260708120000", "20260715121500"]
    pages = [page(f"r{n}", slot=slot) for n, slot in enumerate(slots)]
    assert find_boilerplate(pages, WATCHED) == {"r0", "r1"}


def test_the_first_gate_that_is_failed_drops_a_document() -> None:
    pages = [
        page("bad", word_count=20, named=[], mentions={"VNM": 1}),
        page("short", word_count=79, named=[], mentions={"VNM": 1}),
        page("vague", named=[], mentions={"VNM": 1}, **REPORTER),
        page("home", **REPORTER), page("own", **AGENCY), page("apart", **ABROAD),
        page("where", **NOWHERE), page("good"), page("unplaced", mentions={"USA": 1}),
        page("elsewhere", mentions={"THA": 2}, subnational=[]),
    ]  # fmt: skip
    found = count_outcomes(pages, WATCHED, {"bad"})
    key = ("2026-07-01", "english")
    assert found == {
        ("THA", *key): {"eligible": 1},
        ("VNM", *key): {
            "boilerplate": 1, "length": 1, "about": 1, "domestic": 1, "owned": 1,
            "same_language_abroad": 1, "unknown_origin": 1, "eligible": 2,
        },
    }  # fmt: skip
    coverage = count_coverage(pages[:-2], WATCHED, {"bad"})
    assert {key[:2]: c.documents for key, c in coverage.items()} == {
        ("VNM", "GBR"): 1,
        ("VNM", "VNM"): 2,
        ("VNM", "unknown"): 1,
    }


def test_a_story_is_over_after_72_hours_and_a_daily_title_begins_another() -> None:
    slots = [
        "20260701060000",
        "20260702060000",
        "20260704060000",
        "20260704061500",
        "20260705060000",
    ]
    daily = [page(f"r{n}", slot=slot, title_kind="daily") for n, slot in enumerate(slots)]
    stories = tell_stories(reversed(daily), "VNM", "foreign", set())
    assert {k: [d.record_id for d in v] for k, v in stories.items()} == {
        "r0": ["r0", "r1", "r2"],
        "r3": ["r3", "r4"],
    }
    assert pair_up(stories.values()) == {("r0", "r1"), ("r0", "r2"), ("r1", "r2"), ("r3", "r4")}


def test_copies_are_one_story_though_the_original_is_no_coverage() -> None:
    pages = [
        page("r0", word_count=10), page("r1", copy_of="r0"), page("r2", copy_of="r0"),
        page("r3"), page("r4", copy_of="r0", **AGENCY),
    ]  # fmt: skip
    stories = tell_stories(pages, "VNM", "foreign", set())
    assert {k: len(v) for k, v in stories.items()} == {"r1": 2, "r3": 1}
    assert tell_stories(pages, "VNM", "owned", set()).keys() == {"r4"}


EVENT = EventTruth(
    1, "20260701120000", "english", True, "kestrelnews.example", "VNM", "JPN", "20260701", True,
    "04", 1, "VM",
)  # fmt: skip
KEY = SignalKey("2026-06-29", "VNM", "JPN", "english", "third")


def count(*events: EventTruth, confidence: int = 50) -> dict[SignalKey, Signals]:
    confidences = {e.event_id: confidence for e in events}
    return count_signals(events, confidences, WATCHED, date(2026, 7, 5))


def test_a_repeat_is_one_within_180_minutes_of_the_last() -> None:
    clocks = ["1200", "1500", "1800", "2115"]
    events = [
        EVENT._replace(event_id=n, slot=f"20260701{clock}00") for n, clock in enumerate(clocks)
    ]
    assert [int(b[:2]) - int(a[:2]) for a, b in pairwise(clocks)] == [3, 3, 3]
    assert count(*events) == {KEY: Signals(2, 2, 0, 1)}
    other: dict[str, Any] = {
        "event_date": "20260630",
        "actor2_iso3": "KOR",
        "root_code": "05",
        "place": "-1",
        "stream": "translation",
        "outlet_domain": "umibejiho.example",  # of a party's media
    }
    for name, value in other.items():
        found = count(EVENT, EVENT._replace(event_id=2, **{name: value}))
        assert sum(s.at_50 for s in found.values()) == 2, name


def test_a_report_below_the_confidence_hides_nothing() -> None:
    weak, strong = EVENT, EVENT._replace(event_id=2, slot="20260701121500")
    found = count_signals([weak, strong], {1: 30, 2: 80}, WATCHED, date(2026, 7, 5))
    assert found == {KEY: Signals(at_20=1, at_50=1, at_80=1, outlets=1)}
    assert count_signals([weak], {}, WATCHED, date(2026, 7, 5)) == {}


def test_signals_are_root_events_between_two_of_which_one_is_watched() -> None:
    no_signals = [
        EVENT._replace(is_root=False),
        EVENT._replace(actor2_iso3=None),
        EVENT._replace(actor2_iso3="VNM"),
        EVENT._replace(actor1_iso3="USA"),
        EVENT._replace(slot="20260706000000"),
    ]
    assert [count(e) for e in no_signals] == [{}] * len(no_signals)


def test_media_of_either_party_are_a_series_of_their_own() -> None:
    domains = {
        "kestrelnews.example": "third",
        "umibejiho.example": "party",
        "redriverreporter.example": "party",
        "oceanfreightinsider.example": "unknown",
    }
    for domain, media in domains.items():
        assert [key.media for key in count(EVENT._replace(outlet_domain=domain))] == [media]
