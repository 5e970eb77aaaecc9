"""Receipts: each number's query as text that runs, its digest, and what a comparison finds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import edition_frames as sample
import pandas as pd
import pytest

from tiengvang.edition.queries import QUERIES
from tiengvang.edition.receipts import OF_SECTION, bound_sql, receipts, rows_digest
from tiengvang.edition.render import render_edition
from tiengvang.edition.verification import Restated, differences, request_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("receipts") / "edition"
    render_edition(sample.facts(), sample.request(), place)
    return place


def test_every_query_has_a_receipt_without_a_parameter_left_open():
    given = receipts(sample.facts(), sample.request())
    assert set(given) == set(QUERIES)
    for name, receipt in given.items():
        assert not re.search(r"%\(|%s", receipt["sql"]), name
        assert receipt["sql"].endswith(";")
        assert all(mart.startswith(("mart_", "fct_", "dim_")) for mart in receipt["marts"])
        assert receipt["marts"], name


def test_a_receipt_counts_and_digests_its_rows():
    facts = sample.facts()
    receipt = receipts(facts, sample.request())["reach"]
    assert receipt["n_rows"] == len(facts.reach) > 1
    assert receipt["rows_sha256"] == rows_digest(facts.reach)
    changed = facts.reach.copy()
    changed.loc[0, "n_stories"] += 1
    assert rows_digest(changed) != receipt["rows_sha256"]
    assert rows_digest(facts.reach.iloc[::-1]) != receipt["rows_sha256"]


def test_the_query_names_the_edition_that_was_asked_for():
    request = sample.request()
    assert f"'{request.focus_iso3}'" in bound_sql("reach", request)
    other = replace(request, focus_iso3="THA")
    assert "'THA'" in bound_sql("reach", other)


def test_stories_behind_a_window_are_listed_by_a_query():
    given = receipts(sample.facts(), sample.request())
    assert "first_url" in given["tone"]["stories_sql"]
    assert given["outcomes"]["stories_sql"] is None


def test_every_section_names_receipts_that_are_there(folder: Path):
    page = (folder / "receipts" / "index.html").read_text(encoding="utf-8")
    for names in OF_SECTION.values():
        for name in names:
            assert re.search(rf'<section [^>]*id="{name}"', page), name
            assert (folder / "receipts" / f"{name}.json").is_file()
    for language in ("en", "vi"):
        text = (folder / language / "index.html").read_text(encoding="utf-8")
        linked = re.findall(r'href="../receipts/index.html#(\w+)"', text)
        assert set(linked) == {name for names in OF_SECTION.values() for name in names}


def test_the_request_is_read_back_from_the_manifest(folder: Path, tmp_path: Path):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    again = tmp_path / "again"
    assert render_edition(sample.facts(), request_of(manifest), again) == manifest
    assert (again / "en" / "index.html").read_bytes() == (folder / "en" / "index.html").read_bytes()


def test_cells_that_differ_are_named_by_their_row():
    head = "week_start_date,source_country_code_iso3,n_stories,reach_index\n"
    before = f"{head}2026-07-06,JPN,3,0.5\n2026-07-06,KOR,4,0.25\n"
    after = f"{head}2026-07-06,USA,1,0.1\n2026-07-06,JPN,5,0.5\n"
    name = "data/reach.csv"
    assert list(differences(name, before, after)) == [
        Restated(name, "2026-07-06 | JPN", "n_stories", "3", "5"),
        Restated(name, "2026-07-06 | KOR", "", "row", None),
        Restated(name, "2026-07-06 | USA", "", None, "row"),
    ]
    assert list(differences(name, before, before)) == []


def test_rows_of_a_file_without_a_key_meet_in_their_order():
    before, after = "door,observed\nmarts,1\nmarts,2\n", "door,observed\nmarts,1\nmarts,3\n"
    (found,) = differences("data/gate_results.csv", before, after)
    assert found == Restated("data/gate_results.csv", "row 2", "observed", "2", "3")


def test_lists_are_part_of_a_digest():
    frames = [pd.DataFrame({"codes": [["JPN", last]]}) for last in ("KOR", "USA")]
    assert rows_digest(frames[0]) != rows_digest(frames[1])
