"""The crosswalk of printed labels: every label of the genuine files is in it, as it is printed."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from tiengvang.settings import REPOSITORY
from tiengvang.sources.fia import parse_registered
from tiengvang.sources.nso.parse import parse_workbook
from tiengvang.sources.records import ParsedFile

SEEDS = REPOSITORY / "dbt_project" / "seeds"
# What visitors are counted by is listed with partners: countries, continents and remainders.
BREAKDOWNS = {"market": "partner", "continent": "partner", "other": "partner"}


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


LISTED = {(row["breakdown"], row["label"]) for row in seed("statistical_labels")}


def printed(parsed: ParsedFile) -> set[tuple[str, str]]:
    found = set()
    for table in parsed.tables:
        if "label" in table.columns:
            breakdown, label = table.columns.index("breakdown"), table.columns.index("label")
            for row in table.rows:
                found.add((BREAKDOWNS.get(row[breakdown], row[breakdown]), row[label]))
    return found


@pytest.mark.real_data
def test_every_label_of_the_statistics_offices_workbooks_is_listed(real_data: Path) -> None:
    paths = sorted((real_data / "statistics" / "nso").glob("*.xls*"))
    assert len(paths) == 51
    found: Counter[tuple[str, str]] = Counter()
    for path in paths:
        found.update(printed(parse_workbook(path.read_bytes(), path.name)))
    assert len(found) > 200
    assert sorted(set(found) - LISTED) == []
    # every workbook has both tables' totals, except where one of them cannot be read
    assert found["partner", "Nhật Bản"] >= 49


@pytest.mark.real_data
def test_every_label_of_the_investment_agencys_tables_is_listed(real_data: Path) -> None:
    paths = sorted((real_data / "statistics" / "fia").glob("*.csv"))
    assert len(paths) == 6
    found = set().union(
        *(printed(parse_registered(path.read_bytes(), f"{path.name}@0")) for path in paths)
    )
    assert len(found) > 350
    assert sorted(found - LISTED) == []


def test_what_was_seen_is_said() -> None:
    rows = seed("statistical_labels")
    areas = {"imf", "oecd", "un_tourism"}
    assert {row["seen_in"] for row in rows} == {"nso", "fia", "fia nso", "official", *areas}
    for row in rows:
        assert (row["seen_in"] in areas) == (row["breakdown"] == f"{row['seen_in']}_area")
    assert {row["breakdown"] for row in rows if row["seen_in"] == "official"} == {"province"}


def test_the_34_units_are_called_what_the_crosswalk_calls_them() -> None:
    official = {row["province_id"]: row for row in seed("provinces")}
    mapped = Counter(
        row["province_id"]
        for row in seed("statistical_labels")
        if row["label"] in (official.get(row["province_id"]) or {}).values()
    )
    assert set(mapped) == set(official)
