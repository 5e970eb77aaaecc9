"""What is planted in the sample world is what was asked for."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import fmean

import pytest

from tiengvang.local.world import Truth, World, WorldSpec, build_world
from tiengvang.local.world.countries import WATCHED
from tiengvang.local.world.faults import plan_faults
from tiengvang.local.world.outlets import MINIMUM_OUTLETS
from tiengvang.local.world.spec import read_wire_slot
from tiengvang.local.world.titles import COPY_KINDS
from tiengvang.local.world.truth_coverage import OUTCOMES
from tiengvang.windows import format_instant


@pytest.fixture(scope="module")
def world(small_world: World) -> World:
    return small_world


@pytest.fixture(scope="module")
def truth(world: World) -> Truth:
    return world.truth


def test_the_instants_differ_by_the_late_slot() -> None:
    first, last = WorldSpec().instants
    faults = plan_faults(WorldSpec()).values()
    late = [f for f in faults if f.kind == "late_slot"]
    assert {f.table_name for f in late} == {"export", "mentions", "gkg"}
    assert {(f.status(first), f.status(last)) for f in late} == {("missing", "loaded")}
    never = [f for f in faults if f.kind == "never_published"]
    assert {(f.status(first), f.status(last)) for f in never} == {("gap", "gap")}
    assert never[0].status(never[0].slot_at + timedelta(hours=2)) == "missing"


@pytest.mark.parametrize("days", [2, 3, 5, 14, 21])
def test_faults_of_one_file_do_not_meet_and_leave_every_day_its_slots(days: int) -> None:
    faults = plan_faults(WorldSpec(days=days))
    assert {f.kind for f in faults.values()} == {
        "late_slot", "never_published", "listed_but_absent", "zero_byte_member", "bad_crc",
        "schema_drift", "wrong_width_rows", "broken_utf8",
    }  # fmt: skip
    assert len(faults) == 13
    if days >= 14:
        hurt: dict[tuple[date, str], set[datetime]] = {}
        for fault in faults.values():
            if fault.final_status not in {"loaded", "empty"} or fault.kind == "late_slot":
                key = (fault.slot_at.date(), fault.stream)
                hurt.setdefault(key, set()).add(fault.slot_at)
        assert max(len(slots) for slots in hurt.values()) / 96 <= 0.05


def test_truth_survives_writing_and_reading(world: World, truth: Truth, tmp_path: Path) -> None:
    truth.write(tmp_path / "truth.json", world.instants)
    again = Truth.read(tmp_path / "truth.json")
    at = world.instants[1]
    assert again.documents == truth.documents
    assert again.faults == truth.faults
    assert again.coverage(at, WATCHED) == truth.coverage(at, WATCHED)


def test_written_counts_follow_from_what_was_planted(world: World, truth: Truth) -> None:
    first, last = world.instants
    written = truth.summary["expected"][format_instant(last)]
    assert written["documents_loaded"] == len(truth.loaded_documents(last))
    assert written["events_kept"] == len(truth.kept_events(last)) > 0
    assert written["mentions_kept"] == len(truth.kept_mentions(last)) > 0
    counts = {tuple(row[:3]): row[3] for row in written["coverage"]}
    assert counts == {k: c.documents for k, c in truth.coverage(last, WATCHED).items()}
    assert written["boilerplate_documents"] == len(truth.boilerplate(last)) > 0
    drops = {tuple(row[:3]): row[3:] for row in written["eligibility"]}
    assert drops == {
        key: [found[outcome] for outcome in OUTCOMES]
        for key, found in truth.eligibility(last, WATCHED).items()
    }
    assert len(truth.loaded_documents(first)) < len(truth.loaded_documents(last))


def test_kinds_mean_what_they_say(truth: Truth) -> None:
    about = [d for d in truth.documents if d.kind == "about"]
    passing = [d for d in truth.documents if d.kind == "passing"]
    other = [d for d in truth.documents if d.kind == "other"]
    named = [d for d in truth.documents if d.kind == "named"]
    assert min(len(about), len(passing), len(other), len(named)) > 50
    assert all(d.is_salient(d.subject_iso3) for d in about)
    assert all(not d.is_salient(iso3) for d in passing for iso3 in WATCHED)
    assert all(any(iso3 in d.mentions for iso3 in WATCHED) for d in passing)
    assert not any(iso3 in d.mentions for d in other for iso3 in WATCHED)
    assert all(d.is_about(d.subject_iso3) and not d.is_salient(d.subject_iso3) for d in named)
    assert {d.text_kind for d in about} == {"article", "short", "notice"}
    assert all(d.word_count < 80 for d in truth.documents if d.text_kind == "short")
    assert all(d.word_count >= 80 for d in truth.documents if d.text_kind != "short")


def test_copies_carry_the_text_of_another_outlet(truth: Truth) -> None:
    groups = truth.copy_groups()
    kinds = [d.copy_kind for group in groups.values() for d in group[1:]]
    assert set(kinds) == set(COPY_KINDS)
    assert min(kinds.count(k) for k in COPY_KINDS) / len(kinds) >= 0.1
    for group in groups.values():
        original = group[0]
        assert len({d.outlet_domain for d in group}) == len(group)
        for copy in group[1:]:
            assert (copy.tone, copy.word_count) == (original.tone, original.word_count)
            assert original.slot <= copy.slot
            assert (copy.title == original.title) == (copy.copy_kind == "exact")
            assert (copy.text_key, copy.theme_codes) == (original.text_key, original.theme_codes)


def test_titles_are_unique_but_for_copies_and_those_that_many_pages_share(truth: Truth) -> None:
    shared = {"short", "daily"}
    titles = [d.title for d in truth.documents if d.copy_of is None and d.title_kind not in shared]
    assert len(titles) == len(set(titles)) > 1000


def test_notices_share_one_score_within_an_outlet(truth: Truth) -> None:
    scores: dict[str, set[tuple[float, int]]] = {}
    titles: dict[str, set[str]] = {}
    for d in truth.documents:
        if d.text_kind == "notice":
            scores.setdefault(d.outlet_domain, set()).add((d.tone, d.word_count))
            titles.setdefault(d.outlet_domain, set()).add(d.title)
    assert scores
    assert all(len(values) == 1 for values in scores.values())
    assert max(len(found) for found in titles.values()) >= 2
    vendor = [
        values for domain, values in scores.items() if domain.startswith(("elbtal", "banyan"))
    ]
    assert len(vendor) == 2
    assert vendor[0] == vendor[1], "one vendor's page is scored the same at each of its users"


def test_the_planted_tone_shift_is_there_and_only_there(truth: Truth) -> None:
    def gap(country: str) -> float:
        """Tone about the focus minus tone about its peers, averaged over the country's outlets."""
        mine = [
            d
            for d in truth.documents
            if d.source_country_iso3 == country and d.text_kind == "article" and d.kind == "about"
        ]
        focus = [d.tone for d in mine if d.subject_iso3 == "VNM"]
        peers = [d.tone for d in mine if d.subject_iso3 != "VNM"]
        assert min(len(focus), len(peers)) >= 30
        return fmean(focus) - fmean(peers)

    assert gap("JPN") < -0.8
    assert abs(gap("GBR")) < 0.8


def test_mentions_come_early_late_and_of_events_that_were_never_exported(
    world: World, truth: Truth
) -> None:
    exported = {e.event_id for e in truth.events}
    assert any(m.slot < m.event_slot for m in truth.mentions), "before the event's own slot"
    assert any(m.slot > m.event_slot for m in truth.mentions)
    assert {m.event_id for m in truth.mentions} <= exported
    seen = set()
    for path in world.gdelt.glob("*.mentions.CSV.zip"):
        with zipfile.ZipFile(path) as archive:
            rows = archive.read(archive.namelist()[0]).decode().splitlines()
        seen |= {int(row.split("\t")[0]) for row in rows}
    assert seen - exported


def test_a_longer_world_has_mentions_older_than_a_week(tmp_path: Path) -> None:
    spec = WorldSpec(days=9, documents_per_slot=1, outlets=MINIMUM_OUTLETS)
    gdelt = build_world(spec, tmp_path / "world").gdelt
    late = 0
    for path in gdelt.glob("2026070[67]*.mentions.CSV.zip"):
        with zipfile.ZipFile(path) as archive:
            for row in archive.read(archive.namelist()[0]).decode().splitlines():
                cells = row.split("\t")
                added, mentioned = (read_wire_slot(cell) for cell in cells[1:3])
                late += (mentioned - added).days >= 7
    assert late > 0
