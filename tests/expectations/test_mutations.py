"""Every expectation is seen to fail: by a mutation that makes it, and nothing else, fail."""

from __future__ import annotations

import pandas as pd
import pytest
from alert_mutations import ALERTS
from factchecks_mutations import FACTCHECKS
from fia_mutations import FIA
from good_data import GoodData
from lead_mutations import LEADS
from mart_mutations import MARTS
from mutations import (
    AUDIT,
    EDITION,
    GDELT,
    GDELT_DOMAINS,
    GOOD_EDITION,
    TRANCO,
    WORLDBANK,
    Key,
)
from nso_mutations import NSO
from partner_mutations import IMF, OECD, PAGEVIEWS, UN_TOURISM
from programme_mutations import PROGRAMME
from readiness_mutations import READINESS
from registers_mutations import REGISTERS
from uplifts_mutations import UPLIFTS

from tiengvang import gate
from tiengvang.gate_suites import DOORS, EXPECTATIONS, read_suites
from tiengvang.warehouse.connection import connect, role_url

PREFIX = "expect_column_"
PARTNERS = {
    "pageviews": (7001, PAGEVIEWS),
    "imf": (7101, IMF),
    "oecd": (7201, OECD),
    "un_tourism": (7401, UN_TOURISM),
    "fia": (7301, FIA),
    "nso": (7501, NSO),
    "factchecks": (7601, FACTCHECKS),
    "registers": (7701, REGISTERS),
}
OF_MARTS = {**MARTS, **READINESS, **PROGRAMME, **ALERTS, **UPLIFTS, **LEADS}


def failures(report: gate.GateReport) -> set[Key]:
    return {
        (r.suite, r.expectation.removeprefix(PREFIX), str(r.column))
        for r in report.results
        if not r.is_success
    }


def judge_load(url: str, source: str, load_id: int) -> gate.GateReport:
    with connect(url, "loader") as connection:
        return gate.judge_load(connection, role_url(url, "loader"), source, load_id)


def judge_marts(url: str) -> gate.GateReport:
    with connect(url, "builder") as connection:
        return gate.judge_marts(connection, role_url(url, "builder"), 1)


def assert_only(report: gate.GateReport, key: Key) -> None:
    assert failures(report) == {key}, report.reason
    failed = next(r for r in report.results if not r.is_success)
    assert not failed.observed.startswith("not evaluated"), failed.observed
    assert report.passed == (failed.severity == "warning")


def test_every_expectation_has_a_mutation() -> None:
    written = {
        (suite.name, expectation.type.removeprefix(PREFIX), str(expectation.column))
        for door in DOORS
        for suite in read_suites(door)
        for expectation in suite.expectations
    }
    assert len(written) >= 100
    partners = {key for _, mutations in PARTNERS.values() for key in mutations}
    assert written == {
        *GDELT, *WORLDBANK, *TRANCO, *GDELT_DOMAINS, *AUDIT, *OF_MARTS, *EDITION,
        *partners,
    }  # fmt: skip


def test_every_suite_file_belongs_to_a_door() -> None:
    files = set(EXPECTATIONS.rglob("*.y*ml"))
    assert files == {path for door in DOORS for path in (EXPECTATIONS / door).glob("*.yml")}


def test_good_data_passes(good: GoodData) -> None:
    for source, load_id in (
        ("gdelt", 1000),
        ("worldbank", 2001),
        ("tranco", 3001),
        ("gdelt_domains", 4001),
        ("audit", 5000),
    ):
        assert failures(judge_load(good.url, source, load_id)) == set()
    for source, (load_id, _) in PARTNERS.items():
        assert failures(judge_load(good.url, source, load_id)) == set()
    assert failures(judge_marts(good.url)) == set()


@pytest.mark.parametrize("key", GDELT, ids="-".join)
def test_a_mutated_load_fails_one_expectation(key: Key, good: GoodData) -> None:
    good.mutate(GDELT[key])
    assert_only(judge_load(good.url, "gdelt", 1000), key)


@pytest.mark.parametrize("key", WORLDBANK, ids="-".join)
def test_a_mutated_vintage_fails_one_expectation(key: Key, good: GoodData) -> None:
    good.mutate(WORLDBANK[key])
    assert_only(judge_load(good.url, "worldbank", 2001), key)


@pytest.mark.parametrize("key", TRANCO, ids="-".join)
def test_a_mutated_list_fails_one_expectation(key: Key, good: GoodData) -> None:
    good.mutate(TRANCO[key])
    assert_only(judge_load(good.url, "tranco", 3001), key)


@pytest.mark.parametrize(
    ("source", "key"),
    [(source, key) for source, (_, mutations) in PARTNERS.items() for key in mutations],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_mutated_load_of_a_partner_fails_one_expectation(
    source: str, key: Key, good: GoodData
) -> None:
    load_id, mutations = PARTNERS[source]
    good.mutate(mutations[key])
    assert_only(judge_load(good.url, source, load_id), key)


@pytest.mark.parametrize("key", GDELT_DOMAINS, ids="-".join)
def test_list_of_outlets_mutation_fails_its_expectation(good: GoodData, key: Key) -> None:
    good.mutate(GDELT_DOMAINS[key])
    assert_only(judge_load(good.url, "gdelt_domains", 4001), key)


@pytest.mark.parametrize("key", AUDIT, ids="-".join)
def test_mutated_answers_fail_their_expectation(key: Key, good: GoodData) -> None:
    good.mutate(AUDIT[key])
    assert key in failures(judge_load(good.url, "audit", 5000))


@pytest.mark.parametrize("key", OF_MARTS, ids="-".join)
def test_mutated_marts_fail_one_expectation(key: Key, good: GoodData) -> None:
    good.mutate(OF_MARTS[key])
    assert_only(judge_marts(good.url), key)


def test_a_day_that_is_not_over_is_not_held_against_whole_days(good: GoodData) -> None:
    columns = ("duplicate_band_widths_off", "boilerplate_rise", "unknown_outlet_rise")
    keys = {("trust", "values_to_be_between", column) for column in columns}
    for key in keys:
        good.mutate(OF_MARTS[key])
    assert keys <= failures(judge_marts(good.url))
    good.mutate("update ops.builds set as_of_at = '2026-07-12 10:00+00'")
    assert not keys & failures(judge_marts(good.url))


def test_a_warning_names_languages_not_codes(good: GoodData) -> None:
    good.mutate(OF_MARTS["aboutness_audit", "values_to_be_between", "languages_suppressed"])
    (warning,) = [r for r in judge_marts(good.url).results if not r.is_success]
    assert warning.sentence_en.endswith("about the country: French.")
    assert warning.sentence_vi.endswith("viết về nước này: Tiếng Pháp.")


def test_a_good_edition_passes() -> None:
    assert failures(gate.judge_edition("2026-W28", pd.DataFrame([GOOD_EDITION]))) == set()


@pytest.mark.parametrize("key", EDITION, ids="-".join)
def test_a_mutated_edition_fails_one_expectation(key: Key) -> None:
    frame = pd.DataFrame([{**GOOD_EDITION, **EDITION[key]}])
    assert_only(gate.judge_edition("2026-W28", frame), key)
