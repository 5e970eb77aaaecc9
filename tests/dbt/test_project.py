"""The project keeps its own rules: contracts, layers, descriptions, one clock."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hand_made_days import DbtWarehouse
from raw_rows import at

from tiengvang.cli_reports import read_status
from tiengvang.settings import REPOSITORY
from tiengvang.transform import source_freshness

PROJECT = REPOSITORY / "dbt_project"
PUBLIC = {
    "bridge_event_host",
    "dim_country",
    "dim_country_label",
    "dim_date",
    "dim_event",
    "dim_outlet",
    "dim_province",
    "fct_arrivals_month",
    "fct_document_country",
    "fct_event",
    "fct_fdi_position_year",
    "fct_fdi_registered_month",
    "fct_response_case",
    "fct_tourism_year",
    "mart_aboutness_audit",
    "mart_agreement",
    "mart_anomaly_alert",
    "mart_anomaly_calibration",
    "mart_anomaly_story",
    "mart_award_edition",
    "mart_correction_reach",
    "mart_claim_watch",
    "mart_coverage_day",
    "mart_data_trust",
    "mart_dyad_pulse",
    "mart_eligibility_day",
    "mart_event_calendar",
    "mart_event_uplift",
    "mart_event_uplift_day",
    "mart_event_uplift_donor",
    "mart_lead_lag",
    "mart_message_gap",
    "mart_outcome_month",
    "mart_outcome_year",
    "mart_reach_week",
    "mart_readiness_kpi",
    "mart_readiness_unit",
    "mart_response_clock",
    "mart_response_curve",
    "mart_revision_log",
    "mart_share_of_voice",
    "mart_story_week",
    "mart_tone_premium",
    "mart_tone_shift",
    "mart_training_unit",
}
OTHER_CLOCKS = re.compile(
    r"\b(now\(\)|current_date|current_timestamp|localtime|clock_timestamp)", re.I
)


def seed(name: str) -> list[dict[str, str]]:
    with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def manifest(hand_made: DbtWarehouse) -> dict[str, Any]:
    return hand_made.artifact("manifest")


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> dict[str, Any]:
    found = {n["name"]: n for n in manifest["nodes"].values() if n["resource_type"] == "model"}
    assert len(found) > 20
    return found


def test_exactly_these_marts_are_public(models: dict[str, Any]) -> None:
    public = {name for name, node in models.items() if node["config"]["meta"].get("public")}
    assert public == PUBLIC
    for name in public | {"fct_outlet_day"}:
        node = models[name]
        assert node["schema"] == "warehouse"
        assert node["config"]["contract"]["enforced"]
        assert node["config"]["access"] == ("public" if name in public else "protected")
        assert node["config"]["group"]
        assert any(c["type"] == "primary_key" for c in node["constraints"])
        partition = node["config"]["meta"].get("partition_column")
        assert partition is None or partition in node["columns"]
        assert (partition is not None) == (node["config"]["materialized"] == "incremental")


def test_no_reader_sees_tone_by_outlet(models: dict[str, Any]) -> None:
    tone = {(name, c) for name in PUBLIC for c in models[name]["columns"] if "tone" in c}
    assert tone == {
        ("mart_coverage_day", "tone_mean"),
        ("mart_story_week", "tone_median"),
        ("mart_tone_shift", "tone_premium_of_day"),
        ("mart_tone_shift", "tone_shift"),
        *(
            ("mart_tone_premium", f"tone_premium{of}{end}")
            for of in ("", "_over_peers")
            for end in ("", "_low", "_high")
        ),
        *(
            ("mart_outcome_month", f"{stratum}_tone_{part}")
            for stratum in ("native", "translated")
            for part in (
                *("window_end_date", "suppressed_reason"),
                *("premium_over_peers", "premium_over_peers_low", "premium_over_peers_high"),
            )
        ),
    }
    assert not {c for name, _ in tone for c in models[name]["columns"]} & {
        "outlet_domain",
        "outlet_family",
    }


def test_every_model_says_its_grain_and_every_mart_its_columns(models: dict[str, Any]) -> None:
    for name, node in models.items():
        assert node["description"].startswith("One row per "), name
        if node["schema"] == "warehouse":
            assert all(column["description"] for column in node["columns"].values()), name


def test_layers_read_what_they_may(models: dict[str, Any]) -> None:
    for name, node in models.items():
        sources = [x for x in node["depends_on"]["nodes"] if x.startswith("source.")]
        if name.startswith("stg_"):
            assert sources
            assert not any(x.startswith("model.") for x in node["depends_on"]["nodes"]), name
        else:
            assert not sources, f"{name} reads a source"


def test_every_mart_has_a_unit_test(manifest: dict[str, Any], models: dict[str, Any]) -> None:
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    assert tested >= {name for name, node in models.items() if node["schema"] == "warehouse"}


def test_every_unit_test_passes(hand_made: DbtWarehouse, manifest: dict[str, Any]) -> None:
    passed = hand_made.dbt("test", "--select", "test_type:unit")
    assert passed == {"pass": len(manifest["unit_tests"])}
    assert len(manifest["unit_tests"]) > 50


def test_there_is_one_clock() -> None:
    files = list(PROJECT.rglob("*.sql"))
    assert len(files) > 25
    for path in files:
        text = path.read_text(encoding="utf-8").replace("postgres__current_timestamp", "")
        assert not OTHER_CLOCKS.search(text), path


def test_exposures_name_only_public_marts(manifest: dict[str, Any]) -> None:
    assert set(manifest["exposures"]) == {
        "exposure.tiengvang.analysts_queries",
        "exposure.tiengvang.edition",
    }
    for exposure in manifest["exposures"].values():
        assert {node.split(".")[-1] for node in exposure["depends_on"]["nodes"]} <= PUBLIC


@pytest.fixture
def empty_slot(hand_made: DbtWarehouse) -> Iterator[None]:
    """A slot of empty files in the load that passed, later than all others, for one test."""
    slot = at("10 00:00")
    (load,) = hand_made.query(
        "select load_id from ops.loads where source = 'gdelt' and status = 'passed'"
    )
    with hand_made.raw() as raw:
        raw.load_id = load[0]
        raw.slot(slot, status="empty")
    yield
    with psycopg.connect(hand_made.warehouse.url) as connection:
        gone = connection.execute("delete from ops.source_files where slot_at = %s", (slot,))
        assert gone.rowcount == 3


@pytest.mark.usefixtures("empty_slot")
def test_an_empty_file_is_no_news(hand_made: DbtWarehouse) -> None:
    with hand_made.warehouse.active() as settings:
        status = read_status(settings, hand_made.warehouse.url)
        ages = source_freshness(settings, hand_made.warehouse.url)
    gdelt = {answer["max_loaded_at"] for name, answer in ages.items() if name.startswith("gdelt.")}
    assert gdelt == {at("08 00:00")}
    assert status["newest_slot_at"].startswith("2026-07-09T00:00")


def test_freshness_is_measured_by_the_builds_clock(hand_made: DbtWarehouse) -> None:
    hand_made.dbt("source", "freshness", "--select", "source:gdelt", as_of="2026-07-08T12:30:00Z")
    ages = {
        row["unique_id"].split(".")[-1]: (row["status"], row["max_loaded_at_time_ago_in_s"])
        for row in hand_made.artifact("sources")["results"]
    }
    # The newest slot of a load that passed is 8 July 00:00; that of 9 July was quarantined.
    late = timedelta(hours=12, minutes=30).total_seconds()
    assert len(ages) == 7
    assert set(ages.values()) == {("warn", late)}


def test_the_watchlist_has_a_focus_peers_and_enough_donors() -> None:
    roles: dict[str, set[str]] = {"focus": set(), "peer": set(), "donor": set()}
    for row in seed("watchlist"):
        roles[row["role"]].add(row["country_code_iso3"])
    assert roles["focus"] == {"VNM"}
    assert roles["peer"] == {"THA", "IDN", "MYS", "PHL", "SGP"}
    assert len(roles["donor"]) >= 40


@pytest.mark.parametrize(
    ("iso3", "iso2", "fips", "cameo"),
    [
        ("VNM", "VN", "VM", "VNM"),
        ("AUT", "AT", "AU", "AUT"),
        ("AUS", "AU", "AS", "AUS"),
        ("CHN", "CN", "CH", "CHN"),
        ("CHE", "CH", "SZ", "CHE"),
        ("SGP", "SG", "SN", "SGP"),
        ("SEN", "SN", "SG", "SEN"),
        ("DEU", "DE", "GM", "DEU"),
        ("GMB", "GM", "GA", "GMB"),
        ("PHL", "PH", "RP", "PHL"),
        ("ZAF", "ZA", "SF", "ZAF"),
        ("ROU", "RO", "RO", "ROM"),
        ("MNE", "ME", "MJ", "MTN"),
        ("TLS", "TL", "TT", "TMP"),
        ("SRB", "RS", "RI", "SRB"),
        ("XKX", "XK", "KV", ""),
    ],
)
def test_code_systems_are_told_apart(iso3: str, iso2: str, fips: str, cameo: str) -> None:
    row = next(row for row in seed("countries") if row["country_code_iso3"] == iso3)
    assert row["country_code_iso2"] == iso2
    assert row["country_code_fips"] == fips
    assert row["country_code_cameo"] == cameo
    places = {row["country_code_fips"]: row["country_code_iso3"] for row in seed("fips_codes")}
    assert places[fips] == iso3


def test_every_primary_code_is_also_a_place() -> None:
    primary = {
        (row["country_code_fips"], row["country_code_iso3"])
        for row in seed("fips_codes")
        if row["mapping"] == "primary"
    }
    assert primary == {
        (row["country_code_fips"], row["country_code_iso3"])
        for row in seed("countries")
        if row["country_code_fips"]
    }


@pytest.mark.real_data
def test_every_genuine_place_code_is_known(real_data: Path) -> None:
    pattern = re.compile(rb"(?:^|[;\t])[1-5]#[^#\t]*#([A-Z]{2})#")
    files = sorted((real_data / "gdelt" / "samples").glob("gkg-*.csv"))
    assert files
    seen = {code.decode() for path in files for code in pattern.findall(path.read_bytes())}
    assert len(seen) > 50
    assert seen <= {row["country_code_fips"] for row in seed("fips_codes")}


@pytest.mark.real_data
def test_every_code_of_genuine_events_is_known(real_data: Path) -> None:
    files = sorted((real_data / "gdelt" / "slots").glob("*.export.CSV"))
    assert files
    rows = [line.split("\t") for path in files for line in path.read_text("utf-8").splitlines()]
    places = {row[column] for row in rows for column in (37, 45, 53)} - {""}
    actors = {row[column] for row in rows for column in (7, 17)} - {""}
    assert len(places) > 100
    assert places <= {row["country_code_fips"] for row in seed("fips_codes")}
    regions = {"AFR", "EUR", "WST", "SEA", "NMR", "CRB", "WAF"}
    assert actors - regions <= {row["country_code_cameo"] for row in seed("countries")}
