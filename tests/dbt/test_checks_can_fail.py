"""Every check that matters is seen to fail: rows are damaged, definitions are shifted."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from damages import FACTS, MUTATIONS
from hand_made_days import DbtWarehouse
from harness import Warehouse
from psycopg import sql

from tiengvang.errors import BuildFailed

# Definitions that are shifted, and the unit tests that must notice.
SHIFTED = {
    "min_words": 81,
    "min_salience": 0.2,
    "min_place_mentions": 3,
    "audit_sample_size": 49,
    "min_audit_labels": 31,
    "min_audit_precision": 0.81,
    "min_outlets": 2,
    "min_outlet_documents": 49,
    "min_baseline_documents": 101,
    "min_signals": 11,
    "min_band_days": 15,
    "min_received_share": 0.7,
    "claim_backlog_days": 29,
    "provinces_merged_on": "2025-07-02",
}
NOTICED = {
    "documents_are_screened_at_the_limits",
    "a_baseline_leaves_out_the_covered_country_and_home",
    "a_language_needs_thirty_answers_and_four_fifths_of_them",
    "an_audit_is_in_force_until_the_next_one_with_enough_answers",
    "a_days_duplicates_are_held_against_the_28_days_before",
    "a_story_is_told_by_its_first_document_and_its_best_site",
    "a_week_needs_ten_signals_and_is_held_against_its_own_year",
    "mirrors_count_as_one_outlet_and_small_ones_not_at_all",
    "gaps_are_null_quiet_days_zero_few_outlets_suppressed",
    "a_month_with_gaps_or_not_over_says_nothing_of_coverage",
    "a_claim_is_open_until_it_is_answered",
    "a_day_of_tone_weighs_stories_alike_and_hides_few_outlets",
    "merged_units_follow_three_rules_and_unchanged_ones_carry_over",
    "a_new_unit_inherits_from_the_mergers_on_until_it_speaks",
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
        # Without a claim tests look at every day.
        connection.execute("update ops.changed_days set is_done = true")
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
