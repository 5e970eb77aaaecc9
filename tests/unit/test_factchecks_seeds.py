"""The lists of checkers and of rating phrases: complete, dated honestly, and written as they are matched."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
import tldextract

from tiengvang.sources import factchecks
from tiengvang.sources.factchecks_languages import ISO639_3
from tiengvang.sources.site_lists import HOST_NAME
from tiengvang.stories.titles import normalise

Row = dict[str, str]
PEERS_AND_MARKETS = {
    "THA", "IDN", "MYS", "PHL", "SGP", "VNM", "JPN", "KOR", "TWN", "AUS", "IND", "USA", "GBR",
    "FRA", "DEU", "ITA", "ESP", "CAN",
}  # fmt: skip
LANGUAGES = {
    "eng", "fra", "spa", "por", "deu", "ita", "vie", "ind", "tha", "msa", "tgl", "jpn", "kor",
    "zho", "ara", "hin",
}  # fmt: skip
public_suffixes = tldextract.TLDExtract(suffix_list_urls=())


def read(name: str) -> list[Row]:
    with (factchecks.SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def real() -> list[Row]:
    rows = read("fact_checkers")
    assert len({row["checker_domain"] for row in rows}) >= 40
    return rows


@pytest.mark.parametrize("name", ["fact_checkers", "sample_fact_checkers"])
def test_a_checker_is_a_host_with_a_class_and_evidence(name: str) -> None:
    for row in read(name):
        domain = row["checker_domain"]
        assert HOST_NAME.fullmatch(domain.encode()), domain
        assert not domain.startswith("www."), domain
        assert (row["checker_class"] == "independent") == (row["network"] in ("IFCN", "EFCSN")), row
        assert row["language_code_iso639_3"] in {"", *ISO639_3.values()}, row
        assert row["evidence"], row
        assert not (row["valid_from"] and row["valid_to"]) or row["valid_from"] < row["valid_to"]


def test_a_site_is_one_checker_in_one_language(real: list[Row]) -> None:
    for name in ("checker_name", "checker_class", "language_code_iso639_3"):
        seen = {(row["checker_domain"], row[name]) for row in real}
        assert len(seen) == len({domain for domain, _ in seen}), name


def test_real_checkers_can_have_a_site_and_those_of_the_sample_cannot(real: list[Row]) -> None:
    assert all(public_suffixes(row["checker_domain"]).suffix for row in real)
    assert not any(row["checker_domain"].endswith(".example") for row in real)
    sample = read("sample_fact_checkers")
    assert all(row["checker_domain"].endswith(".example") for row in sample)


def test_peers_and_main_markets_are_covered(real: list[Row]) -> None:
    assert {row["country_code_iso3"] for row in real} >= PEERS_AND_MARKETS


def test_what_nobody_checked_is_not_called_verified(real: list[Row]) -> None:
    unchecked = [row for row in real if "not checked" in row["evidence"]]
    assert unchecked
    assert {row["is_verified"] for row in unchecked} == {"false"}
    assert not any(row["valid_from"] or row["valid_to"] for row in unchecked)


def test_only_the_focus_country_checks_itself(real: list[Row]) -> None:
    own = [row for row in real if row["checker_class"] == "self"]
    assert {row["country_code_iso3"] for row in own} == {"VNM"}


def test_a_phrase_is_written_as_ratings_are_matched() -> None:
    rows = read("rating_phrases")
    assert len(rows) > 500
    for row in rows:
        assert row["rating_key"] == normalise(row["phrase"]), row
    assert max(Counter(row["rating_key"] for row in rows).values()) == 1


def test_every_rating_has_words_in_every_main_language() -> None:
    found: dict[str, set[str]] = {}
    for row in read("rating_phrases"):
        found.setdefault(row["language_code_iso639_3"], set()).add(row["rating"])
    assert set(found) >= LANGUAGES
    kept = {"false", "misleading", "mixed", "true", "unproven"}
    assert {code for code in LANGUAGES if not found[code] >= kept} == set()


@pytest.mark.parametrize(
    ("host", "language"),
    [("factuel.afp.com", "fra"), ("afp.com", None), ("rappler.com", None), ("snopes.com", "eng")],
)
def test_the_lists_are_read(host: str, language: str | None) -> None:
    checkers = factchecks.read_checkers()
    assert host in checkers
    assert checkers[host] == language
