"""The curated outlets: who publishes where, each row with the public fact that says so."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
import tldextract

from tiengvang.edition.locales import Numbers
from tiengvang.settings import REPOSITORY

Row = dict[str, str]

SEEDS = REPOSITORY / "dbt_project" / "seeds"
COLUMNS = [
    "outlet_domain",
    "outlet_name",
    "country_code_iso3",
    "language_code_iso639_3",
    "outlet_kind",
    "outlet_group",
    "evidence_note",
]
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"{LABEL}(\.{LABEL})+")
LEAST_ROWS = 600
LEAST_OF_FOCUS = 60
LEAST_OF_PEER = 30
LEAST_OWNED = 25
# Facts about a publisher, never a judgement of what it publishes; names keep their capitals.
JUDGEMENTS = re.compile(
    r"\b(propaganda|mouthpiece|anti-|pro-|biased|hostile|friendly|reliable|unreliable|fake|"
    r"left-wing|right-wing|leftist|conservative|liberal|independent|reputable|controversial|"
    r"respected|leading|best|largest|influential|critical)\b"
)

# The list that comes with the library: a test fetches nothing.
public_suffixes = tldextract.TLDExtract(suffix_list_urls=())


def read(name: str) -> list[Row]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def registrable(domain: str) -> str:
    return public_suffixes(domain).top_domain_under_public_suffix


@pytest.fixture(scope="module")
def outlets() -> list[Row]:
    rows = read("outlets")
    assert len(rows) >= LEAST_ROWS
    assert list(rows[0]) == COLUMNS
    return rows


@pytest.fixture(scope="module")
def distinctive_language() -> dict[str, str]:
    return {
        r["country_code_iso3"]: r["distinctive_language_code_iso639_3"] for r in read("countries")
    }


def watched(role: str) -> set[str]:
    found = {r["country_code_iso3"] for r in read("watchlist") if r["role"] == role}
    assert found
    return found


def test_every_outlet_has_one_row_in_order_of_its_domain(outlets: list[Row]) -> None:
    domains = [row["outlet_domain"] for row in outlets]
    assert [pair for pair in pairwise(domains) if pair[0] >= pair[1]] == []


def test_every_domain_can_be_registered_or_is_below_one_that_can(outlets: list[Row]) -> None:
    for domain in (row["outlet_domain"] for row in outlets):
        assert DOMAIN.fullmatch(domain), domain
        assert not domain.startswith("www."), domain
        parent = registrable(domain)
        assert parent, f"{domain} is a public suffix, or below none"
        assert domain == parent or domain.endswith(f".{parent}")


def test_no_cell_is_empty_or_untidy_but_a_group_may_be_absent(outlets: list[Row]) -> None:
    for row in outlets:
        assert None not in row, row
        for column, value in row.items():
            assert value or column == "outlet_group", (row["outlet_domain"], column)
            assert value == " ".join(value.split()), (row["outlet_domain"], column)


def test_the_evidence_is_a_fact_of_its_own_for_each_outlet(outlets: list[Row]) -> None:
    notes = Counter(row["evidence_note"] for row in outlets)
    assert [note for note, times in notes.items() if times > 1] == []
    for note in notes:
        assert len(note.split()) >= 2, note
        assert note[0].isupper() or note[0].isdigit(), note
        assert not note.endswith("."), note
        assert not JUDGEMENTS.search(note), note


def test_codes_are_those_that_the_product_can_name(
    outlets: list[Row], distinctive_language: dict[str, str]
) -> None:
    numbers = Numbers("en")
    for row in outlets:
        assert row["country_code_iso3"] in distinctive_language, row
        language = row["language_code_iso639_3"]
        assert re.fullmatch("[a-z]{3}", language), row
        assert numbers.language_name(language) != language, row
        assert row["outlet_kind"] in {"general", "foreign_language", "aggregator"}, row


def test_a_foreign_language_outlet_is_not_in_its_countrys_own_language(
    outlets: list[Row], distinctive_language: dict[str, str]
) -> None:
    for row in outlets:
        if row["outlet_kind"] == "foreign_language":
            own = distinctive_language[row["country_code_iso3"]]
            assert row["language_code_iso639_3"] != own, row


def test_the_focus_has_its_press_and_what_it_publishes_for_readers_abroad(
    outlets: list[Row], distinctive_language: dict[str, str]
) -> None:
    for focus in watched("focus"):
        rows = [r for r in outlets if r["country_code_iso3"] == focus]
        assert len(rows) >= LEAST_OF_FOCUS
        in_others = {
            r["outlet_domain"]
            for r in rows
            if r["language_code_iso639_3"] != distinctive_language[focus]
        }
        owned = {r["outlet_domain"] for r in rows if r["outlet_kind"] == "foreign_language"}
        assert owned == in_others
        assert len(owned) >= LEAST_OWNED
        languages = {r["language_code_iso639_3"] for r in rows if r["outlet_domain"] in owned}
        assert {"eng", "fra", "zho"} <= languages


def test_every_peer_has_its_press(outlets: list[Row]) -> None:
    rows_of = Counter(r["country_code_iso3"] for r in outlets)
    assert {peer: rows_of[peer] for peer in watched("peer") if rows_of[peer] < LEAST_OF_PEER} == {}


def test_the_focus_language_is_also_published_abroad(
    outlets: list[Row], distinctive_language: dict[str, str]
) -> None:
    for focus in watched("focus"):
        abroad = {
            r["country_code_iso3"]
            for r in outlets
            if r["language_code_iso639_3"] == distinctive_language[focus]
            and r["country_code_iso3"] != focus
        }
        assert len(abroad) >= 3


def test_a_group_joins_sites_of_one_country_and_all_of_each_site(outlets: list[Row]) -> None:
    groups: dict[str, set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    of_site: dict[str, set[str]] = defaultdict(set)
    for row in outlets:
        site = registrable(row["outlet_domain"])
        of_site[site].add(row["outlet_group"])
        if row["outlet_group"]:
            groups[row["outlet_group"]].add(site)
            countries[row["outlet_group"]].add(row["country_code_iso3"])
    assert len(groups) > 20
    assert {name: sites for name, sites in groups.items() if len(sites) < 2} == {}
    assert {name: found for name, found in countries.items() if len(found) > 1} == {}
    assert {site: names for site, names in of_site.items() if len(names) > 1} == {}
