"""The edition's SQL against tables of the marts' contract, read under the reader's role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import edition_frames as sample
import pandas as pd
import psycopg
import pytest
import yaml
from psycopg import sql

from tiengvang.edition.columns import BY_FRAME
from tiengvang.edition.columns_analysis_uplifts import UPLIFT_LISTS
from tiengvang.edition.columns_registers import LISTS
from tiengvang.edition.facts import EditionFacts, read_facts, typed_frame
from tiengvang.edition.queries import QUERIES
from tiengvang.edition.render import render_edition
from tiengvang.settings import REPOSITORY
from tiengvang.warehouse.connection import connect

# Each mart, the frame that it is read into, and the columns that only the query asks for.
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "dim_country": ("countries", {}),
    "mart_coverage_day": ("coverage", {"country_code_iso3": "str"}),
    "mart_data_trust": ("trust", {}),
    "fct_document_country": ("documents", {"country_code_iso3": "str", "is_eligible": "bool"}),
    "mart_story_week": (
        "stories",
        {"country_code_iso3": "str", "series": "str", "first_date": "object"},
    ),
    "mart_reach_week": ("reach", {"country_code_iso3": "str"}),
    "mart_eligibility_day": ("eligibility", {"country_code_iso3": "str"}),
    "mart_aboutness_audit": ("audits", {"country_code_iso3": "str"}),
    "mart_share_of_voice": ("voice", {}),
    "mart_tone_premium": ("tone", {"country_code_iso3": "str"}),
    "mart_message_gap": ("messages", {"country_code_iso3": "str"}),
    "mart_dyad_pulse": ("relations", {}),
    "mart_outcome_year": ("outcomes", {}),
    "fct_arrivals_month": ("arrivals", {"country_code_iso3": "str"}),
    "fct_fdi_registered_month": (
        "registered",
        {"country_code_iso3": "str", "unit_kind": "str"},
    ),
    "mart_outcome_month": ("outcome_months", {"country_code_iso3": "str"}),
    "mart_lead_lag": ("leads", {"country_code_iso3": "str"}),
    "mart_revision_log": ("revisions", {}),
    "dim_province": ("provinces", {"valid_from": "object", "valid_to": "object"}),
    "mart_readiness_kpi": ("readiness", {"superseded_on": "object"}),
    "mart_readiness_unit": ("readiness_units", {"is_current": "bool"}),
    "dim_event": ("events", {}),
    "mart_event_calendar": ("event_versions", {}),
    "mart_agreement": ("agreements", {"country_code_iso3": "str"}),
    "mart_award_edition": ("awards", {}),
    "mart_training_unit": ("training", {}),
    "mart_claim_watch": ("claims", {}),
    "mart_response_clock": ("response_clock", {}),
    "mart_response_curve": ("response_curve", {}),
    "mart_correction_reach": ("correction_reach", {}),
    "mart_anomaly_alert": ("alerts", {}),
    "mart_anomaly_story": ("alert_stories", {}),
    "mart_anomaly_calibration": ("alert_calibrations", {}),
    "mart_tone_shift": ("tone_shifts", {}),
    "mart_event_uplift": ("uplifts", {}),
    "mart_event_uplift_day": ("uplift_days", {}),
    "mart_event_uplift_donor": ("uplift_donors", {}),
}
SQL_TYPES = {
    "str": "text",
    "Int64": "bigint",
    "float64": "double precision",
    "bool": "boolean",
    "boolean": "boolean",
}


def sql_type(name: str, declared: str) -> str:
    if name in ("compared_country_codes_iso3", *LISTS, *UPLIFT_LISTS):
        return "text[]"
    if declared != "object":
        return SQL_TYPES[declared]
    return "timestamptz" if name.endswith("_at") else "date"


def create(connection: psycopg.Connection[Any], table: str, columns: dict[str, str]) -> None:
    body = ", ".join(f"{name} {sql_type(name, kind)}" for name, kind in columns.items())
    connection.execute(f"create table marts.{table} ({body})".encode())


def insert(connection: psycopg.Connection[Any], table: str, rows: list[dict[str, Any]]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
    query = sql.SQL("insert into marts.{} ({}) values ({})").format(
        sql.Identifier(table), names, sql.SQL(", ").join([sql.Placeholder()] * len(rows[0]))
    )
    values = [
        [v if isinstance(v, list) else None if pd.isna(v) else v for v in row.values()]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(query, values)


def columns(table: str) -> dict[str, str]:
    """Return the columns of a mart that an edition reads or asks for."""
    frame, asked = TABLES[table]
    return BY_FRAME[frame] | asked


def stored(table: str) -> list[dict[str, Any]]:
    """The sample's rows, and others that an edition must not read."""
    name, _ = TABLES[table]
    rows: list[dict[str, Any]] = typed_frame(sample.rows()[name], BY_FRAME[name]).to_dict("records")
    fixed: dict[str, Any] = {"country_code_iso3": "VNM", "is_eligible": True, "series": "foreign"}
    fixed |= {"is_current": True, "superseded_on": None}
    fixed |= {"valid_from": date(2025, 7, 1), "valid_to": None}
    kept = [{**{key: fixed[key] for key in columns(table) if key in fixed}, **row} for row in rows]
    for row in kept if table == "mart_story_week" else []:
        row["first_date"] = row["first_slot_at"].date()
    for row in kept if table == "fct_fdi_registered_month" else []:
        row["unit_kind"] = "total" if row["unit_code"] == "total" else "country"
    if table == "mart_aboutness_audit":
        return stored_audits(kept)
    first, last = kept[0], kept[-1]
    week = timedelta(days=7)
    return kept + {
        "fct_document_country": [
            {**first, "record_id": "passing", "is_eligible": False},
            {**first, "record_id": "before", "slot_date": sample.DAYS[0]},
            {**first, "record_id": "after", "slot_date": sample.END + timedelta(days=3)},
            {**first, "record_id": "laotian", "country_code_iso3": "LAO"},
        ],
        "mart_story_week": [
            {**first, "story_id": "owned", "series": "owned"},
            {**first, "story_id": "later", "first_date": sample.END},
            {**first, "story_id": "thai", "country_code_iso3": "THA"},
        ],
        "mart_coverage_day": [{**first, "country_code_iso3": "THA"}],
        "mart_reach_week": [{**first, "country_code_iso3": "THA"}],
        "mart_eligibility_day": [{**first, "country_code_iso3": "THA"}],
        "mart_share_of_voice": [
            {**first, "stream": "english"},
            {**first, "source_country_code_iso3": "VNM"},
            {**last, "window_end_date": sample.END, "week_start_date": sample.END},
        ],
        "mart_tone_premium": [
            {**first, "country_code_iso3": "THA"},
            {**first, "week_start_date": sample.START - week},
            {**first, "week_start_date": sample.END, "window_end_date": sample.END},
        ],
        "mart_message_gap": [
            {**first, "country_code_iso3": "THA"},
            {**first, "week_start_date": sample.START - week},
        ],
        "mart_dyad_pulse": [
            {**first, "actor1_country_code_iso3": "LAO", "week_start_date": sample.START - week},
            {**last, "actor2_country_code_iso3": "THA"},
            {**last, "week_start_date": sample.END},
        ],
        "fct_arrivals_month": [
            {**first, "country_code_iso3": "THA"},
            {**first, "market_code": "LAO", "market_kind": "country", "arrivals_count": 9.0},
            {**first, "market_code": "other_asia", "market_kind": "other_group"},
            {**first, "arrivals_month": date(2019, 6, 1)},
            {**first, "arrivals_month": date(2026, 8, 1), "arrivals_count": 1e9},
        ],
        "fct_fdi_registered_month": [
            {**first, "country_code_iso3": "THA"},
            {**first, "breakdown": "province", "unit_code": "01-2008", "unit_kind": "province"},
            {**first, "unit_code": "other", "unit_kind": "other_group"},
            {**first, "unit_code": "WSM", "new_capital_registered_usd": 1.0},
            {**first, "fdi_month": date(2026, 8, 1)},
        ],
        "mart_outcome_month": [
            {**first, "country_code_iso3": "THA"},
            {**first, "partner_country_code_iso3": "FRA"},
            {**first, "month_start_date": date(2019, 6, 1)},
        ],
        "mart_lead_lag": [{**first, "country_code_iso3": "THA"}],
        "mart_revision_log": [
            {**first, "change_kind": "first_given"},
            {**first, "source": "fia"},
            {**first, "item_code": "LAO"},
            {**first, "item_kind": "mode"},
            {**last, "country_code_iso3": "FRA"},
            {**last, "period_start_date": date(2006, 1, 1)},
        ],
        "dim_province": [
            {**first, "province_id": "02-2008", "valid_to": date(2025, 7, 1)},
            {**first, "province_id": "01-2030", "valid_from": date(2030, 1, 1)},
        ],
        "mart_readiness_kpi": [
            {**first, "superseded_on": sample.START},
            {**first, "valid_on": sample.END + timedelta(days=1)},
        ],
        "mart_readiness_unit": [{**first, "is_current": False}],
        "mart_agreement": [{**first, "country_code_iso3": "THA"}],
        "mart_claim_watch": [{**first, "review_id": "of-a-peer", "answer_status": None}],
        "mart_response_clock": [
            {**last, "week_start_date": sample.END, "window_end_date": sample.END + week},
            {**first, "week_start_date": sample.END - 60 * week},
        ],
        "mart_response_curve": [
            {**first, "week_start_date": sample.END},
            {**first, "week_start_date": sample.START - week},
        ],
        "mart_correction_reach": [
            {**last, "case_code": "unanswered", "suppressed_reason": "no_statement"}
        ],
    }.get(table, [])


def stored_audits(kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The period's month has no answers of its own: those in force are of an earlier one."""
    first = kept[0]
    month = first["audit_month"]
    own = {name: None for name in first if name.startswith(("n_", "precision", "agreement"))}
    months = [{**row, **own, "n_documents": row["n_documents"]} for row in kept]
    earlier = [
        {**row, "audit_month": row["audit_month_in_force"], "n_documents": 900}
        for row in kept
        if not pd.isna(row["audit_month_in_force"])
    ]
    return [
        *months,
        *earlier,
        {**first, "country_code_iso3": "THA", "n_documents": 901},
        {**first, "audit_month": sample.END, "n_documents": 902},
        {**months[0], "language_code_iso639_3": "fra", "n_documents": 0},
        {**months[0], "audit_month": month - timedelta(days=31), "n_documents": 903},
    ]


@pytest.fixture(scope="module")
def url(new_warehouse) -> str:
    warehouse = new_warehouse("edition")
    with connect(warehouse.url, "publisher") as connection:
        for table in TABLES:
            create(connection, table, columns(table))
            insert(connection, table, stored(table))
    return warehouse.url


@pytest.fixture
def read(url) -> Iterator[EditionFacts]:
    with connect(url, "reader") as connection:
        yield read_facts(connection, sample.request())


@pytest.mark.parametrize("name", sorted(BY_FRAME))
def test_what_was_written_is_read_and_nothing_else(read, name):
    expected = getattr(sample.facts(), name)
    assert len(expected) >= 2
    pd.testing.assert_frame_equal(getattr(read, name), expected)


def test_every_frame_has_a_query_and_a_table():
    assert set(QUERIES) == set(BY_FRAME) == {frame for frame, _ in TABLES.values()}


def test_it_reads_one_state_even_when_the_marts_change(url):
    with connect(url, "reader") as connection:
        read_facts(connection, sample.request())
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        connection.execute("select 1")
        with pytest.raises(psycopg.errors.ActiveSqlTransaction):
            read_facts(connection, sample.request())


def test_an_edition_is_rendered_from_the_marts(read, tmp_path):
    manifest = render_edition(read, sample.request(), tmp_path)
    assert manifest["row_counts"]["documents.csv"] == len(sample.facts().documents)


def test_another_period_is_empty_but_typed(url, tmp_path):
    request = sample.request(
        period_start=sample.START.replace(year=2024), period_end=sample.END.replace(year=2024)
    )
    with connect(url, "reader") as connection:
        found = read_facts(connection, request)
    assert found.coverage.empty
    assert list(found.coverage.columns) == list(BY_FRAME["coverage"])
    assert found.outcomes["outcome_year"].max() == 2024
    assert render_edition(found, request, tmp_path)["summary"]["n_documents"] is None


def test_every_column_that_is_read_is_promised_by_the_marts():
    models: dict[str, dict[str, str]] = {}
    for path in (REPOSITORY / "dbt_project" / "models" / "marts").glob("*/_*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            models[model["name"]] = {c["name"]: c["data_type"] for c in model.get("columns", [])}
    families = {
        "integer": "bigint",
        "smallint": "bigint",
        "numeric": "double precision",
    }
    for table in TABLES:
        for name, kind in columns(table).items():
            promised = models[table][name]
            assert families.get(promised, promised) == sql_type(name, kind), f"{table}.{name}"
