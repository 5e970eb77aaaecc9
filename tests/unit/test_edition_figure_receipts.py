"""Every number that is printed is marked, has a receipt, and its link leads to it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import edition_frames as sample
import pandas as pd
import pytest
from edition_figures import names_of, unmarked

from tiengvang.edition.facts import WITHHELD
from tiengvang.edition.render import render_edition
from tiengvang.edition.sourced import (
    Cell,
    Computed,
    count_of,
    of_rows,
    records,
    sql_of,
)
from tiengvang.edition.stories_behind import StoriesBehind

LANGUAGES = ("en", "vi")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("figures") / "edition"
    render_edition(sample.facts(), sample.request(), place)
    return place


def figures_of(folder: Path) -> dict[str, dict]:
    return {
        figure["id"]: figure | {"section": path.stem, "block": block["id"]}
        for path in (folder / "receipts" / "figures").glob("*.json")
        for block in json.loads(path.read_bytes())["blocks"]
        for figure in block["figures"]
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_of_a_table_or_sentence_is_without_a_receipt(folder: Path, language: str) -> None:
    html = (folder / language / "index.html").read_text(encoding="utf-8")
    left, n = unmarked(html, names_of(sample.facts()))
    assert left == []
    assert n > 100
    # the same page with one mark taken off is found
    broken = re.sub(r"<data [^>]*>([^<]*\d[^<]*)</data>", r"\1", html, count=1)
    assert broken != html
    assert len(unmarked(broken, names_of(sample.facts()))[0]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_marked_is_what_the_receipt_says(folder: Path, language: str) -> None:
    html = (folder / language / "index.html").read_text(encoding="utf-8")
    found = re.findall(r'<data (?:id|data-figure)="([\w-]+)" value="([^"]+)">([^<]*)</data>', html)
    receipts = figures_of(folder)
    assert len(found) > 200
    for name, value, text in found:
        assert float(value) == receipts[name]["value"], name
        assert text in receipts[name]["printed"][language], name
    assert not re.search("[\ue000-\ue005]", html)
    ids = re.findall(r' id="([\w-]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_blocks_and_there_is_one_a_row(folder: Path, language: str) -> None:
    html = (folder / language / "index.html").read_text(encoding="utf-8")
    links = re.findall(
        r'class="receipt" href="\.\./receipts/figures/([\w-]+)\.html#([\w-]+)"', html
    )
    assert len(links) > 50
    assert len(links) == len(set(links))
    for section, block in links:
        page = (folder / "receipts" / "figures" / f"{section}.html").read_text(encoding="utf-8")
        assert f'id="{block}"' in page
    marks = len(re.findall(r"<data ", html))
    assert len(links) < marks


def test_a_figure_is_named_by_mart_key_column_and_snapshot(folder: Path) -> None:
    receipts = figures_of(folder)
    cells = [one for one in receipts.values() if one["kind"] == "cell"]
    assert len(cells) > 100
    for one in cells:
        assert one["marts"]
        assert one["key"]
        assert one["sql"].startswith(f"select {one['column']}\n")
        for name in one["key"]:
            assert name in one["sql"]
    digests = {
        json.loads(path.read_bytes())["snapshot_sha256"]
        for path in (folder / "receipts" / "figures").glob("*.json")
    }
    assert len(digests) == 1
    assert digests.pop() in (folder / "receipts" / "index.html").read_text(encoding="utf-8")


def test_stories_stand_behind_coverage_alone(folder: Path) -> None:
    stories = json.loads((folder / "receipts" / "figures" / "voice.json").read_bytes())
    behind = stories["stories"]
    assert behind
    assert all("fct_document_country" in one["sql"] for one in behind.values())
    assert all(len(one["stories"]) <= 20 <= max(20, one["n_held"]) for one in behind.values())
    assert {block["stories"] for block in stories["blocks"]} - {None} == set(behind)
    outcomes = json.loads((folder / "receipts" / "figures" / "readiness.json").read_bytes())
    assert outcomes["stories"] == {}


def test_a_story_stands_behind_each_day_on_which_it_was_told() -> None:
    """As the query beside counts it: also where its first document is of a day before."""
    documents = sample.facts().documents
    told = documents.iloc[0]
    later = told["slot_date"] + timedelta(days=1)
    again = pd.DataFrame([told]).assign(
        record_id="20260799-1",
        slot_at=told["slot_at"] + timedelta(days=1),
        slot_date=later,
        url="https://a.example/again",
    )
    facts = replace(sample.facts(), documents=pd.concat([documents, again]))
    behind = StoriesBehind(facts, sample.request())
    found = {}
    for day in (told["slot_date"], later):
        key = {"coverage_date": day, "source_country_code_iso3": told["source_country_code_iso3"]}
        name = behind.of([("coverage", key)])
        found[day] = behind.listed([name])[name]
    assert told["url"] in [story["url"] for story in found[told["slot_date"]]["stories"]]
    assert "https://a.example/again" in [story["url"] for story in found[later]["stories"]]
    press = facts.documents[
        facts.documents["source_country_code_iso3"] == told["source_country_code_iso3"]
    ]
    for day, one in found.items():
        assert one["n_held"] == press[press["slot_date"] == day]["story_id"].nunique()


def test_what_is_suppressed_has_no_receipt(folder: Path) -> None:
    voice = sample.facts().voice
    is_hidden = voice["suppressed_reason"].notna()
    hidden, given = (
        {frozenset((name, str(value)) for name, value in r.row.key) for r in records("voice", rows)}
        for rows in (voice[is_hidden], voice[~is_hidden])
    )
    shown = {
        frozenset(one["key"].items())
        for one in figures_of(folder).values()
        if one["column"] in WITHHELD["voice"]
    }
    assert hidden
    assert shown & given
    assert not shown & hidden


def test_arithmetic_keeps_the_sql_of_its_parts() -> None:
    row = records("reach", sample.facts().reach)[0]
    share = row["n_stories"] / row["n_documents"]
    assert share == int(row["n_stories"]) / int(row["n_documents"])
    assert isinstance(share.source, Computed)
    sql = sql_of(share.source, sample.request())
    assert sql.startswith("select (n_stories::float8 / n_documents::float8)\nfrom marts.")
    assert isinstance(sum([row["n_stories"]]).source, Cell)
    twice = sql_of((row["n_stories"] * 2 - 1).source, sample.request())
    assert "* 2.0" in twice
    assert "- 1.0" in twice
    assert not hasattr(pd.Series([row["n_stories"]]).sum(), "source")


def test_a_part_that_is_zero_today_is_in_the_sql_of_its_sum() -> None:
    row = records("reach", sample.facts().reach.assign(n_stories_r4=0))[0]
    for parts in (("n_stories_r1", "n_stories_r4"), ("n_stories_r4", "n_stories_r1")):
        sql = sql_of(sum(row[name] for name in parts).source, sample.request())
        assert all(name in sql for name in parts), sql


def test_a_count_names_its_rows_and_a_select_its_values() -> None:
    rows = records("reach", sample.facts().reach)[:2]
    n = count_of(rows)
    sql = sql_of(n.source, sample.request())
    assert n == 2
    assert sql.startswith("select count(*)\nfrom marts.mart_reach_week")
    assert not hasattr(count_of([]), "source")
    asked = of_rows(1, "reach", "select 1 from reach where a = {name}", name="O'Neill")
    text = sql_of(asked.source, sample.request())
    assert "'O''Neill'" in text
    assert text.startswith("with reach as (")
