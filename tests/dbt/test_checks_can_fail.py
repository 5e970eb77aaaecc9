"""Every check that matters is seen to fail: rows are damaged, definitions are shifted."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from hand_made_days import DbtWarehouse
from harness import Warehouse
from psycopg import sql

from tiengvang.errors import BuildFailed

FACTS = "warehouse.fct_document_country"
COVERAGE = "warehouse.mart_coverage_day"
TRUST = "warehouse.mart_data_trust"

# The damage, and the tests that must see it; `*` is any suffix that dbt adds to a long name.
MUTATIONS = {
    f"insert into {FACTS} select * from {FACTS} where record_id = 'short'": {
        "unique_key_fct_document_country_*"
    },
    f"update {FACTS} set outlet_domain = 'nowhere' where record_id = 'alone'": {
        "relationships_fct_document_country_outlet_domain__*"
    },
    "delete from warehouse.dim_date where date_day = '2026-07-08'": {
        "relationships_fct_document_country_slot_date__*",
        "relationships_mart_coverage_day_coverage_date__*",
        "relationships_mart_data_trust_trust_date__*",
    },
    f"update {FACTS} set salience = 1.01 where record_id = 'both'": {
        "between_fct_document_country_salience__*"
    },
    f"update {FACTS} set source_relation = 'friend' where record_id = 'cctld'": {
        "accepted_values_fct_document_country_source_relation__*"
    },
    f"update {FACTS} set stream = 'french' where record_id = 'subdomain'": {
        "accepted_values_fct_document_country_stream__*"
    },
    f"update {FACTS} set is_eligible = false where record_id = 'at_home'": {
        "assert_documents_agree"
    },
    f"insert into {COVERAGE} select * from {COVERAGE} where coverage_date = '2026-07-08' limit 1": {
        "unique_key_mart_coverage_day_*"
    },
    f"update {COVERAGE} set n_documents = 0 where coverage_date = '2026-07-07'": {
        "assert_gaps_are_null"
    },
    f"update {COVERAGE} set tone_mean = -100.5 where source_country_code_iso3 = 'DEU'": {
        "assert_no_tone_by_outlet",
        "between_mart_coverage_day_tone_mean__*",
    },
    f"update {COVERAGE} set suppressed_reason = 'shy' where suppressed_reason = 'under_3_outlets'": {
        "accepted_values_mart_coverage_day_suppressed_reason__*"
    },
    f"update {COVERAGE} set source_relation = 'friend' where source_relation = 'unknown'": {
        "accepted_values_mart_coverage_day_source_relation__*"
    },
    f"update {TRUST} set slots_received = slots_received + 1 where trust_date = '2026-07-08'": {
        "assert_slots_add_up"
    },
    f"update {TRUST} set received_share = 1.5 where trust_date = '2026-07-08'": {
        "between_mart_data_trust_received_share__*"
    },
    f"update {TRUST} set stream = null where trust_date = '2026-07-09' and stream = 'english'": {
        "unique_key_mart_data_trust_*"
    },
    f"update {TRUST} set unknown_outlet_share = -0.1 where trust_date = '2026-07-06'": {
        "between_mart_data_trust_unknown_outlet_share__*"
    },
    "insert into warehouse.fct_event select * from warehouse.fct_event limit 1": {
        "unique_key_fct_event_global_event_id"
    },
    "update warehouse.fct_event set confidence_percent_max = 101 where global_event_id = 1": {
        "between_fct_event_confidence_percent_max__*"
    },
    "update warehouse.fct_event set quad_class = 5 where global_event_id = 2": {
        "between_fct_event_quad_class__*"
    },
    "update warehouse.fct_event set goldstein_scale = 11 where global_event_id = 2": {
        "between_fct_event_goldstein_scale__*"
    },
    "insert into warehouse.fct_outlet_day select * from warehouse.fct_outlet_day limit 1": {
        "unique_key_fct_outlet_day_*"
    },
    "insert into warehouse.dim_outlet select * from warehouse.dim_outlet limit 1": {
        "unique_key_dim_outlet_outlet_domain"
    },
    "update warehouse.dim_outlet set outlet_type = 'hostile' where outlet_domain = 'ria.ru'": {
        "accepted_values_dim_outlet_outlet_type__*"
    },
    "update warehouse.dim_outlet set country_code_iso3 = 'AU' where outlet_domain = 'abc.net.au'": {
        "relationships_dim_outlet_country_code_iso3__*"
    },
    "update warehouse.dim_outlet set evidence = 'guess' where outlet_domain = 'ft.com'": {
        "accepted_values_dim_outlet_evidence__*"
    },
    "insert into warehouse.dim_country select * from warehouse.dim_country limit 1": {
        "unique_key_dim_country_country_code_iso3"
    },
    "update warehouse.dim_country set watch_role = 'rival' where country_code_iso3 = 'LAO'": {
        "accepted_values_dim_country_watch_role__*"
    },
    "insert into warehouse.mart_outcome_year select * from warehouse.mart_outcome_year limit 1": {
        "unique_key_mart_outcome_year_*"
    },
    "update warehouse.mart_outcome_year set gdp_usd = -1": {"between_mart_outcome_year_gdp_usd__*"},
    "insert into seeds.watchlist values ('LAO', 'focus', '2026-01-01', '2026-02-01')": {
        "assert_one_focus_at_a_time"
    },
    "update seeds.watchlist set role = 'rival' where country_code_iso3 = 'NPL'": {
        "accepted_values_watchlist_role__*"
    },
    "update seeds.countries set country_code_fips = 'AS' where country_code_iso3 = 'AUT'": {
        "unique_countries_country_code_fips"
    },
    "insert into seeds.fips_codes values ('VM', 'THA', 'Vietnam', 'other')": {
        "unique_fips_codes_country_code_fips"
    },
    "update seeds.fips_codes set country_code_iso3 = 'AS' where country_code_fips = 'AS'": {
        "relationships_fips_codes_country_code_iso3__*"
    },
    "insert into seeds.outlets select * from seeds.outlets limit 1": {
        "unique_outlets_outlet_domain"
    },
}

# Definitions that are shifted, and the unit tests that must notice.
SHIFTED = {
    "min_words": 81,
    "min_salience": 0.2,
    "min_place_mentions": 3,
    "min_outlets": 2,
}
NOTICED = {
    "documents_are_judged_at_the_limits",
    "gaps_are_null_quiet_days_zero_few_outlets_suppressed",
}


@pytest.fixture(scope="module")
def damaged(hand_made: DbtWarehouse, new_warehouse: Callable[[str], Warehouse]) -> DbtWarehouse:
    """A copy of the hand-made warehouse whose tables accept anything."""
    made = DbtWarehouse(new_warehouse("damaged"))
    name = {
        "new": urlsplit(made.warehouse.url).path[1:],
        "old": urlsplit(hand_made.warehouse.url).path[1:],
    }
    server = urlunsplit(urlsplit(made.warehouse.url)._replace(path="/postgres"))
    parts = {key: sql.Identifier(value) for key, value in name.items()}
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database {new}").format(**parts))
        connection.execute(sql.SQL("create database {new} template {old}").format(**parts))
    with psycopg.connect(made.warehouse.url) as connection:
        connection.execute(
            """
            do $$ declare it record; begin
                for it in select conrelid::regclass as held, conname from pg_constraint
                    where connamespace = 'warehouse'::regnamespace and contype = 'p'
                loop
                    execute format('alter table %s drop constraint %I', it.held, it.conname);
                end loop;
                for it in select attrelid::regclass as held, attname from pg_attribute
                    join pg_class on pg_class.oid = attrelid
                    where relnamespace = 'warehouse'::regnamespace and relkind = 'r'
                        and attnum > 0 and attnotnull
                loop
                    execute format('alter table %s alter %I drop not null', it.held, it.attname);
                end loop;
            end $$
            """
        )
        for damage in MUTATIONS:
            changed = connection.execute(damage.encode()).rowcount
            assert changed > 0, f"changes nothing: {damage}"
    with pytest.raises(BuildFailed):
        made.dbt("test", "--exclude-resource-type", "unit_test")
    return made


def failed_tests(warehouse: DbtWarehouse) -> set[str]:
    results = warehouse.artifact("run_results")["results"]
    assert {row["status"] for row in results} <= {"pass", "fail"}
    # test.<project>.<name>.<hash>, unit_test.<project>.<model>.<name>
    parts = [row["unique_id"].split(".") for row in results if row["status"] == "fail"]
    return {part[3] if part[0] == "unit_test" else part[2] for part in parts}


@pytest.mark.parametrize("damage", MUTATIONS)
def test_damage_is_seen(damaged: DbtWarehouse, damage: str) -> None:
    failed = failed_tests(damaged)
    for expected in MUTATIONS[damage]:
        stem = expected.rstrip("*")
        assert any(
            name == stem or (stem != expected and name.startswith(stem)) for name in failed
        ), f"{expected} passed; failed were {sorted(failed)}"


def test_shifted_definitions_are_seen(hand_made: DbtWarehouse) -> None:
    with pytest.raises(BuildFailed):
        hand_made.dbt("test", "--select", "test_type:unit", **SHIFTED)
    assert failed_tests(hand_made) == NOTICED


def test_a_contract_refuses_a_row_without_its_key(hand_made: DbtWarehouse) -> None:
    with (
        psycopg.connect(hand_made.warehouse.url) as connection,
        pytest.raises(psycopg.errors.UniqueViolation),
    ):
        connection.execute(f"insert into {FACTS} select * from {FACTS} limit 1".encode())
