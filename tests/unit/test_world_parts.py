"""Dice, zips, outlets, codes and headlines of the sample world."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

import pytest

from tiengvang.local.world import WorldSpec
from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.countries import COUNTRIES
from tiengvang.local.world.dice import Dice, Weighted
from tiengvang.local.world.outlets import MINIMUM_OUTLETS, OUTLETS
from tiengvang.local.world.titles import COPY_KINDS, republish
from tiengvang.watchlist import SEEDS


def test_outlets_are_fictional_and_of_every_kind() -> None:
    assert all(o.domain.endswith(".example") for o in OUTLETS)
    assert len({o.domain for o in OUTLETS}) == len(OUTLETS) >= 60
    kinds = {"foreign", "domestic", "owned", "same_language_abroad", "aggregator", "unknown"}
    assert {o.outlet_type for o in OUTLETS} == kinds
    assert {o.outlet_type for o in OUTLETS[:MINIMUM_OUTLETS]} == kinds
    per_country: dict[str | None, int] = {}
    for o in OUTLETS:
        per_country[o.country_iso3] = per_country.get(o.country_iso3, 0) + 1
    assert sum(n >= 8 for n in per_country.values()) >= 4
    description = json.loads(json.dumps(WorldSpec().description(datetime(2026, 7, 1, tzinfo=UTC))))
    assert description["as_of"] == "2026-07-01T00:00:00Z"
    listed = {row["outlet_domain"] for row in description["outlets"]}
    assert listed == {o.domain for o in OUTLETS if o.outlet_type != "unknown"}


@pytest.mark.parametrize("language", ["eng", "jpn", "vie"])
def test_republished_headlines(language: str) -> None:
    title = {
        "eng": "one two three four five six",
        "jpn": "一二三四五六",
        "vie": "một hai ba bốn năm sáu",
    }
    made = {kind: republish(title[language], language, kind, "Some Site") for kind in COPY_KINDS}
    assert made["exact"] == title[language]
    assert made["site_suffix"] == f"{title[language]} - Some Site"
    assert title[language].startswith(made["shortened"])
    assert len(set(made.values())) == 4
    with pytest.raises(ValueError, match="copy kind"):
        republish(title[language], language, "stolen", "Some Site")


def test_zip_bytes_are_a_zip_that_python_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes("a.CSV", b"x\ty\n" * 100))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.read("a.CSV") == b"x\ty\n" * 100
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
    path.write_bytes(zip_bytes("a.CSV", b"x\ty\n", crc=0))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() == "a.CSV"


def test_dice_fall_as_they_always_did() -> None:
    dice = Dice("a name")
    drawn = [dice.between(1, 6) for _ in range(8)]
    dice = Dice("a name")
    assert [dice.between(1, 6) for _ in range(8)] == drawn == [1, 2, 5, 4, 1, 6, 1, 1]
    weighted = Weighted(("a", "b"), (0.0, 1.0))
    assert {dice.draw(weighted) for _ in range(50)} == {"b"}
    bell = [dice.bell() for _ in range(4000)]
    assert abs(fmean(bell)) < 0.08
    assert 0.9 < fmean(x * x for x in bell) < 1.1
    with pytest.raises(ValueError, match="weights"):
        Weighted((), ())


def test_country_codes_are_those_of_the_warehouse() -> None:
    with (SEEDS / "countries.csv").open(encoding="utf-8", newline="") as handle:
        seed = {row["country_code_iso3"]: row for row in csv.DictReader(handle)}
    assert len(COUNTRIES) > 50
    for iso3, country in COUNTRIES.items():
        row = seed[iso3]
        assert (country.iso2, country.fips, country.cameo) == (
            row["country_code_iso2"],
            row["country_code_fips"],
            row["country_code_cameo"],
        )
