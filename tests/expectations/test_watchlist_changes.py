"""A change of the watch-list or of the method holds no build, and hides no loss."""

from __future__ import annotations

from good_data import GoodData

from tiengvang import gate
from tiengvang.warehouse.connection import connect, role_url

# A peer, C6, that the seed no longer watches: the candidates lack it, readers still see it.
REMOVED = (
    "delete from seeds.watchlist where country_code_iso3 = 'C6';"
    "update warehouse.dim_country set watch_role = null where country_code_iso3 = 'C6';"
    "delete from warehouse.fct_document_country where country_code_iso3 = 'C6';"
    "delete from warehouse.mart_coverage_day where country_code_iso3 = 'C6'"
)


def reasons(good: GoodData) -> set[str]:
    """The columns of the critical failures at the marts door; other countries' codes are no matter."""
    with connect(good.url, "builder") as connection:
        report = gate.judge_marts(connection, role_url(good.url, "builder"), 1)
    return {str(r.column) for r in report.failed_critical} - {"watched_missing"}


def test_a_country_taken_off_the_watchlist_is_no_loss(good: GoodData) -> None:
    good.mutate(REMOVED)
    assert reasons(good) == set()


def test_a_new_country_does_not_hide_a_loss(good: GoodData) -> None:
    good.mutate(REMOVED.replace("C6", "C5"))
    good.mutate(
        "insert into seeds.watchlist values ('C7', 'peer', '2015-02-18', null);"
        "insert into warehouse.fct_document_country "
        "select 'C7' || record_id, 'C7', slot_date, slot_at, series, passes_text, passes_about, "
        "passes_audit, passes_time, is_eligible, story_id from warehouse.fct_document_country;"
        "insert into warehouse.mart_coverage_day "
        "select 'C7', source_country_code_iso3, coverage_date, 20, null "
        "from warehouse.mart_coverage_day where country_code_iso3 = 'C6'"
    )
    assert reasons(good) == set()
    good.mutate(
        "delete from warehouse.fct_document_country "
        "where country_code_iso3 = 'C6' and not is_eligible"
    )
    assert reasons(good) == set(), "6 of 150 documents are within the limit"
    good.mutate(
        "delete from warehouse.fct_document_country "
        "where country_code_iso3 in ('C2', 'C3', 'C4') and not is_eligible"
    )
    assert reasons(good) == {"documents_kept_share"}


def test_a_country_is_only_expected_on_days_on_which_it_is_watched(good: GoodData) -> None:
    good.mutate(
        "delete from warehouse.fct_document_country where country_code_iso3 = 'C6';"
        "delete from marts.fct_document_country where country_code_iso3 = 'C6';"
        "delete from warehouse.mart_coverage_day where country_code_iso3 = 'C6'"
    )
    assert reasons(good) == {"watched_uncovered"}
    good.mutate("update seeds.watchlist set valid_to = '2026-07-10' where country_code_iso3 = 'C6'")
    assert reasons(good) == set()
    good.mutate(
        "update seeds.watchlist set valid_from = '2026-07-13', valid_to = null "
        "where country_code_iso3 = 'C6'"
    )
    assert reasons(good) == set()
    good.mutate("update seeds.watchlist set valid_from = '2026-07-12' where role = 'peer'")
    assert reasons(good) == {"watched_uncovered"}


def test_another_method_may_find_fewer_documents_eligible(good: GoodData) -> None:
    good.mutate(
        "update warehouse.fct_document_country set is_eligible = false where record_id like '%-8'"
    )
    assert reasons(good) == {"eligible_kept_share"}
    good.mutate("update warehouse.fct_document_country set method_version = '3'")
    assert reasons(good) == set()


def test_a_language_that_an_audit_suppresses_is_no_loss(good: GoodData) -> None:
    gone = "is_eligible = false, story_id = null where record_id ~ '-[5-8]$' and is_eligible"
    good.mutate(
        f"update warehouse.fct_document_country set language_code_iso639_3 = 'fra', {gone};"
        "update warehouse.mart_coverage_day set n_documents = 2;"
        "update warehouse.mart_aboutness_audit set is_language_suppressed = true, "
        "audit_month_in_force = '2026-06-01' where language_code_iso639_3 = 'fra'"
    )
    assert "eligible_kept_share" in reasons(good)
    good.mutate(
        "update warehouse.fct_document_country set passes_audit = false "
        "where language_code_iso639_3 = 'fra'"
    )
    assert "eligible_kept_share" not in reasons(good)
