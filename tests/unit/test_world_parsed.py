"""The sample world read by the product's own parsers gives exactly what was planted."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tiengvang.errors import FileRefused
from tiengvang.inflate import inflate
from tiengvang.local.world import Truth, World
from tiengvang.local.world.countries import COUNTRIES, WATCHED
from tiengvang.local.world.gkg import PEOPLE
from tiengvang.local.world.titles import TITLE_FORMS
from tiengvang.sources import gdelt
from tiengvang.watchlist import Watchlist

LIMIT = 50_000_000
FIPS = {iso3: COUNTRIES[iso3].fips for iso3 in WATCHED}
WATCHLIST = Watchlist(
    focus_iso3="VNM",
    watched_fips=frozenset(FIPS.values()),
    watched_cameo=frozenset(WATCHED),
    compared_fips=frozenset(FIPS.values()),
    digest="test",
)


@dataclass
class Parsed:
    statuses: dict[str, str] = field(default_factory=dict)
    rejects: Counter[str] = field(default_factory=Counter)
    replaced: Counter[str] = field(default_factory=Counter)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def world(small_world: World) -> World:
    assert small_world.spec.has_faults
    return small_world


@pytest.fixture(scope="module")
def truth(world: World) -> Truth:
    return world.truth


@pytest.fixture(scope="module")
def parsed(world: World) -> Parsed:
    found = Parsed()
    for file in gdelt.expected_files(world.spec.window, world.spec.calendar):
        path = world.gdelt / file.file_name
        if not path.exists():
            found.statuses[file.file_name] = "missing"
            continue
        try:
            data = inflate(path.read_bytes(), file_name=file.file_name, limit_bytes=LIMIT)
            if not data:
                found.statuses[file.file_name] = "empty"
                continue
            result = gdelt.parse(file, data, WATCHLIST)
        except FileRefused:
            found.statuses[file.file_name] = "refused"
            continue
        found.statuses[file.file_name] = "loaded"
        found.rejects[file.file_name] = len(result.rejects)
        found.replaced[file.file_name] = result.bytes_replaced
        for table in result.tables:
            rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
            found.tables.setdefault(table.table, []).extend(rows)
    return found


def test_every_file_ends_as_its_fault_says(parsed: Parsed, truth: Truth) -> None:
    faults = {fault.file_name: fault for fault in truth.faults}
    for name, status in parsed.statuses.items():
        fault = faults.get(name)
        if fault is None:
            assert status == "loaded", name
        elif fault.published_at is None:
            assert status == "missing", name
        else:
            assert status == fault.final_status, name
            assert parsed.rejects[name] == fault.rows_rejected
    assert sum(parsed.rejects.values()) == sum(fault.rows_rejected for fault in truth.faults) == 3
    broken = [name for name, count in parsed.replaced.items() if count]
    assert broken == [f.file_name for f in truth.faults if f.kind == "broken_utf8"]


def test_documents_are_those_planted(parsed: Parsed, truth: Truth, world: World) -> None:
    at = world.instants[1]
    planted = {
        d.record_id: d for d in truth.loaded_documents(at) if any(c in d.mentions for c in WATCHED)
    }
    kept = {row["record_id"]: row for row in parsed.tables["raw.gdelt__documents"]}
    assert set(kept) == set(planted)
    assert len(kept) > 500
    broken = next(f for f in truth.faults if f.kind == "broken_utf8").file_name[:14]
    for record_id, row in kept.items():
        d = planted[record_id]
        assert row["outlet_domain"] == d.outlet_domain
        assert row["word_count"] == d.word_count
        assert row["tone"] == pytest.approx(d.tone, abs=1e-9)
        assert row["tone_positive"] - row["tone_negative"] == pytest.approx(row["tone"], abs=1e-6)
        assert row["tone_positive"] + row["tone_negative"] == pytest.approx(
            row["polarity"], abs=1e-6
        )
        assert row["theme_codes"] == sorted([*d.theme_codes, "LEADER"])
        if d.title_form == "plain" and not (d.slot == broken and d.stream == "english"):
            assert row["title"] == d.title
        assert row["title"].isprintable() or d.title_form == "control"
        assert not set(row["title"]) & {"\x07", "\x1b"}
    assert {planted[record_id].title_form for record_id in kept} == set(TITLE_FORMS)


def test_places_are_those_planted(parsed: Parsed, truth: Truth) -> None:
    counts: dict[str, dict[str, int]] = {}
    below: dict[str, set[str]] = {}
    for row in parsed.tables["raw.gdelt__document_places"]:
        counts.setdefault(row["record_id"], {})[row["country_code_fips"]] = row["place_mentions"]
        if row["has_subnational_place"]:
            below.setdefault(row["record_id"], set()).add(row["country_code_fips"])
    inside = {
        d.record_id: {COUNTRIES[iso3].fips for iso3 in d.subnational} for d in truth.documents
    }
    assert all(below.get(record_id, set()) == inside[record_id] for record_id in counts)
    planted = {d.record_id: d.mentions for d in truth.documents}
    assert counts
    for record_id, found in counts.items():
        expected = {COUNTRIES[iso3].fips: n for iso3, n in planted[record_id].items()}
        assert found == expected


def test_events_and_mentions_are_those_planted(parsed: Parsed, truth: Truth, world: World) -> None:
    at = world.instants[1]
    kept = {row["global_event_id"] for row in parsed.tables["raw.gdelt__events"]}
    planted_events = truth.kept_events(at)
    assert kept == set(planted_events)
    for row in parsed.tables["raw.gdelt__events"]:
        e = planted_events[row["global_event_id"]]
        assert (row["outlet_domain"], row["event_root_code"], row["is_root_event"]) == (
            e.outlet_domain,
            e.root_code,
            e.is_root,
        )
        assert (row["actor1_country_code_cameo"], row["actor2_country_code_cameo"]) == (
            e.actor1_iso3,
            e.actor2_iso3,
        )
        assert row["event_date"].strftime("%Y%m%d") == e.event_date
        assert row["action_geo_feature_id"] == e.place
    mentions = Counter(
        (row["global_event_id"], row["outlet_domain"], row["confidence_percent"])
        for row in parsed.tables["raw.gdelt__mentions"]
        if row["global_event_id"] in kept
    )
    planted = Counter((m.event_id, m.outlet_domain, m.confidence) for m in truth.kept_mentions(at))
    assert mentions == planted
    assert len(planted) > 500


def test_totals_count_every_planted_document(parsed: Parsed, truth: Truth, world: World) -> None:
    totals = parsed.tables["raw.gdelt__outlet_totals"]
    documents = truth.loaded_documents(world.instants[1])
    assert sum(row["documents"] for row in totals) == len(documents)
    assert sum(row["words"] for row in totals) == sum(d.word_count for d in documents)


def test_planted_people_are_in_the_files_and_nowhere_after_parsing(
    parsed: Parsed, world: World
) -> None:
    kinds = {"export.CSV.zip": 0, "gkg.csv.zip": 0}
    for ending in kinds:
        path = next(world.gdelt.glob(f"*00.{ending}"))
        text = inflate(path.read_bytes(), file_name=path.name, limit_bytes=LIMIT).decode()
        kinds[ending] = sum(person.lower() in text.lower() for person in PEOPLE)
    assert kinds["gkg.csv.zip"] > 0
    everything = json.dumps(parsed.tables, default=str).lower()
    for person in PEOPLE:
        assert person.lower() not in everything
        assert person.split(" ")[1].lower() not in everything
    assert "zvq" not in everything


def test_rows_have_the_width_of_the_wire(world: World) -> None:
    name = "20260629000000"
    for ending, width in (("export.CSV", 61), ("mentions.CSV", 16), ("gkg.csv", 27)):
        path: Path = world.gdelt / f"{name}.{ending}.zip"
        data = inflate(path.read_bytes(), file_name=path.name, limit_bytes=LIMIT)
        assert data.endswith(b"\n")
        assert {row.count(b"\t") + 1 for row in data.split(b"\n")[:-1]} == {width}
