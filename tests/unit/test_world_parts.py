"""Dice, zips, outlets, codes and headlines of the sample world."""

from __future__ import annotations

import csv
import html
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

import pytest

from tiengvang.local.world import WorldSpec
from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.countries import COUNTRIES, TITLED, WATCHED
from tiengvang.local.world.dice import Dice, Weighted
from tiengvang.local.world.outlets import MINIMUM_OUTLETS, OUTLET_FAMILIES, OUTLETS
from tiengvang.local.world.pillars import (
    CODES,
    GENERAL_SHARES,
    OWNED_SHARES,
    PILLARS,
    UNKNOWN_CODES,
    UNMAPPED_CODES,
)
from tiengvang.local.world.titles import (
    COPY_KINDS,
    NO_COUNTRY,
    TITLE_FORMS,
    VOCABULARY,
    WAR,
    republish,
    short_title,
    spoil,
)
from tiengvang.local.world.truth_rows import DISTINCTIVE_LANGUAGES
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
    unlisted = {o.domain for o in OUTLETS} - listed
    assert {o.domain for o in OUTLETS if o.outlet_type == "unknown"} < unlisted
    (edition,) = [o for o in OUTLETS if o.domain in unlisted and o.outlet_type != "unknown"]
    assert edition.domain.partition(".")[2] in listed, "its country follows from the domain above"


def test_mirrors_belong_to_an_outlet_of_the_same_newsroom() -> None:
    mirrors = [o for o in OUTLETS if o.mirror_of]
    assert len(mirrors) >= 2
    for mirror in mirrors:
        principal = next(o for o in OUTLETS if o.domain == mirror.mirror_of)
        assert (principal.name, principal.language, principal.country_iso3) == (
            mirror.name,
            mirror.language,
            mirror.country_iso3,
        )
        assert OUTLETS.index(principal) < OUTLETS.index(mirror), "a short list has both or one"
        assert OUTLET_FAMILIES[mirror.domain] == OUTLET_FAMILIES[principal.domain]
    assert len(OUTLET_FAMILIES) == 2 * len(mirrors)


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
    piped = republish(title[language], language, "site_suffix", "Some Site", " | ")
    assert piped == f"{title[language]} | Some Site"
    assert title[language].startswith(made["shortened"])
    assert len(set(made.values())) == 4
    with pytest.raises(ValueError, match="copy kind"):
        republish(title[language], language, "stolen", "Some Site")


def test_every_combination_of_words_comes_before_any_again() -> None:
    for language, words in VOCABULARY.items():
        for pillar, headlines in words["headlines"].items():
            period = len(headlines) * len(words["details"]) * len(words["sources"])
            sizes = (len(headlines), len(words["details"]), len(words["sources"]))
            turns = {tuple(turn % size for size in sizes) for turn in range(period)}
            assert len(turns) == period, (language, pillar)
        assert set(words["headlines"]) == set(PILLARS)
        assert {*WATCHED, *TITLED, NO_COUNTRY, WAR} <= set(words["countries"])
        for parts in (*words["headlines"].values(), words["details"], words["sources"]):
            assert len(set(parts)) == len(parts)


def test_short_titles_are_under_four_words() -> None:
    for language, words in VOCABULARY.items():
        title = short_title(language, "VNM")
        assert words["countries"]["VNM"] in title
        # Two Han or kana characters make a word, four of Thai.
        per_word = {"jpn": 2, "zho": 2, "tha": 4}.get(language)
        count = -(-len(title) // per_word) if per_word else len(title.split())
        assert count < 4, (language, title)


@pytest.mark.parametrize("form", TITLE_FORMS)
def test_a_spoilt_title_holds_what_no_reader_may_see(form: str) -> None:
    title = "Vietnam loans priced < 5% gain 3.1% & more"
    wire = spoil(title, form)
    hidden = {
        "plain": r"(?!)",
        "markup": r"<strong[^>]*>.*</strong><br/>",
        "entities": r"&nbsp;.*&lt;.*&amp;",
        "control": "\u202e.*\x07.*\u200b.*\x1b",
    }[form]
    assert bool(re.search(hidden, wire)) == (form != "plain")
    bare = re.sub(r"</?\w[^>]*>|[\u202a-\u202e\u200b\x07\x1b]", "", wire)
    assert html.unescape(bare).replace("\xa0", " ") == title
    with pytest.raises(ValueError, match="title form"):
        spoil(title, "torn")


def test_theme_codes_are_those_of_the_warehouse() -> None:
    with (SEEDS / "theme_map.csv").open(encoding="utf-8", newline="") as handle:
        seed = {row["theme_code"]: row["pillar"] for row in csv.DictReader(handle)}
    for pillar, codes in CODES.items():
        assert len(codes) >= 3
        assert {seed[code] for code in codes} == {pillar}
    assert seed.keys().isdisjoint({*UNMAPPED_CODES, *UNKNOWN_CODES})
    assert sum(OWNED_SHARES) == pytest.approx(1)
    assert sum(GENERAL_SHARES) == pytest.approx(1)


def test_distinctive_languages_are_those_of_the_warehouse() -> None:
    with (SEEDS / "countries.csv").open(encoding="utf-8", newline="") as handle:
        rows = {row["country_code_iso3"]: row for row in csv.DictReader(handle)}
    written = {o.language for o in OUTLETS}
    seed = {iso3: rows[iso3]["distinctive_language_code_iso639_3"] for iso3 in WATCHED}
    assert {k: v for k, v in seed.items() if v in written} == DISTINCTIVE_LANGUAGES


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
