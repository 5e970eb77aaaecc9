"""The edition's SQL against tables of the marts' contract, read under the reader's role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import edition_frames as sample
import pandas as pd
import psycopg
import pytest
import yaml
from psycopg import sql

from tiengvang.edition import facts as facts_module
from tiengvang.edition.facts import EditionFacts, read_facts
from tiengvang.edition.findings import sifting
from tiengvang.edition.render import render_edition
from tiengvang.settings import REPOSITORY
from tiengvang.warehouse.connection import connect

TABLES = {
    "dim_country": (facts_module.COUNTRY_COLUMNS, "countries"),
    "mart_coverage_day": (facts_module.COVERAGE_COLUMNS, "coverage"),
    "mart_data_trust": (facts_module.TRUST_COLUMNS, "trust"),
    "mart_outcome_year": (facts_module.OUTCOME_COLUMNS, "outcomes"),
}
DOCUMENT_COLUMNS = {
    **facts_module.DOCUMENT_COLUMNS,
    "country_code_iso3": "str",
    "has_enough_words": "bool",
    "is_salient": "bool",
    "is_eligible": "bool",
}
SQL_TYPES = {"str": "text", "Int64": "bigint", "float64": "double precision", "bool": "boolean"}


def sql_type(name: str, declared: str) -> str:
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
    values = [[None if pd.isna(v) else v for v in row.values()] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(query, values)


def documents() -> list[dict[str, Any]]:
    """The sample's documents about Vietnam, and others that an edition must not list."""
    kept = [
        {
            **row,
            "country_code_iso3": "VNM",
            "has_enough_words": True,
            "is_salient": True,
            "is_eligible": True,
        }
        for row in sample.facts().documents.to_dict("records")
    ]
    first = kept[0]
    return [
        *kept,
        {**first, "record_id": "short", "has_enough_words": False, "is_eligible": False},
        {**first, "record_id": "passing", "is_salient": False, "is_eligible": False},
        {**first, "record_id": "domestic", "source_relation": "domestic"},
        {**first, "record_id": "before", "slot_date": sample.DAYS[0]},
        {**first, "record_id": "after", "slot_date": sample.END},
        {**first, "record_id": "thai", "country_code_iso3": "THA"},
        {**first, "record_id": "laotian", "country_code_iso3": "LAO"},
    ]


@pytest.fixture(scope="module")
def url(new_warehouse) -> str:
    warehouse = new_warehouse("edition")
    with connect(warehouse.url, "publisher") as connection:
        for table, (columns, frame) in TABLES.items():
            create(connection, table, columns)
            insert(connection, table, getattr(sample.facts(), frame).to_dict("records"))
        create(connection, "fct_document_country", DOCUMENT_COLUMNS)
        insert(connection, "fct_document_country", documents())
    return warehouse.url


@pytest.fixture
def read(url) -> Iterator[EditionFacts]:
    with connect(url, "reader") as connection:
        yield read_facts(connection, sample.request())


@pytest.mark.parametrize("name", ["countries", "coverage", "trust", "documents", "outcomes"])
def test_what_was_written_is_read(read, name):
    expected = getattr(sample.facts(), name)
    assert len(expected) > 5
    pd.testing.assert_frame_equal(getattr(read, name), expected)


def test_sifting_counts_what_is_not_listed(read):
    counts = sifting(read)
    assert counts["placed"] == len(sample.facts().documents) + 3
    assert counts["long_enough"] == counts["placed"] - 1
    assert counts["eligible"] == counts["placed"] - 2
    assert counts["domestic"] == 1


def test_outlets_are_distinct_per_watched_country_and_source(read):
    given = sample.facts().documents
    japan = given[given["source_country_code_iso3"] == "JPN"]["outlet_domain"].nunique()
    rows = read.outlets.set_index(["country_code_iso3", "source_country_code_iso3"])["n_outlets"]
    assert rows["VNM", "JPN"] == japan
    assert rows["THA"].sum() == 1
    assert "LAO" not in rows.index.get_level_values(0)
    assert ("VNM", "unknown") in rows.index


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
    assert list(found.coverage.columns) == list(facts_module.COVERAGE_COLUMNS)
    assert found.outcomes["outcome_year"].max() == 2024
    assert render_edition(found, request, tmp_path)["summary"]["n_documents"] is None


def test_every_column_that_is_read_is_promised_by_the_marts():
    models: dict[str, dict[str, str]] = {}
    for path in (REPOSITORY / "dbt_project" / "models" / "marts").glob("*/_*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            models[model["name"]] = {c["name"]: c["data_type"] for c in model.get("columns", [])}
    wanted = {name: columns for name, (columns, _) in TABLES.items()}
    wanted["fct_document_country"] = DOCUMENT_COLUMNS
    families = {"integer": "bigint", "smallint": "bigint", "numeric": "double precision"}
    for table, columns in wanted.items():
        for name, kind in columns.items():
            promised = models[table][name]
            assert families.get(promised, promised) == sql_type(name, kind), f"{table}.{name}"
