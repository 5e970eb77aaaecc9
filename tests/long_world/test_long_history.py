"""The public marts of the long world say what was planted in it, day by day and month by month."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from harness import Warehouse

from tiengvang.local.world.build import World
from tiengvang.local.world.countries import FOCUS


@pytest.fixture(scope="module")
def truth(long_world: World) -> dict[str, Any]:
    planted: dict[str, Any] = long_world.truth.summary["long"]
    return planted


def by_day(truth: dict[str, Any], what: str) -> dict[tuple[str, str], int]:
    """Counts by host and day, those of zero left out."""
    return {
        (host, day): count
        for host, counts in truth[what].items()
        for day, count in zip(truth["days"], counts, strict=True)
        if count
    }


def test_a_thin_day_is_whole_when_its_slots_are_there(
    long_warehouse: Warehouse, truth: dict[str, Any]
) -> None:
    rows = long_warehouse.query(
        "select trust_date::text, slots_expected, slots_received, received_share"
        " from marts.mart_data_trust where stream = 'all' order by trust_date"
    )
    assert [row[0] for row in rows] == truth["days"]
    assert {row[1] for row in rows} == {3}
    short = {row[0]: row[3] for row in rows if row[2] < 3}
    assert short == dict.fromkeys(sorted(truth["gap_days"]), pytest.approx(2 / 3))
    assert len(short) == 3


def test_documents_by_host_and_day_are_those_that_were_planted(
    long_warehouse: Warehouse, truth: dict[str, Any]
) -> None:
    found = long_warehouse.query(
        "select source_country_code_iso3, coverage_date::text, n_documents"
        f" from marts.mart_coverage_day where country_code_iso3 = '{FOCUS}'"
        " and source_relation = 'foreign' and n_documents > 0"
    )
    assert {(host, day): count for host, day, count in found} == by_day(truth, "documents")
    assert len(found) > 5_000


def test_stories_by_host_and_month_are_those_that_were_planted(
    long_warehouse: Warehouse, truth: dict[str, Any]
) -> None:
    planted: Counter[tuple[str, str]] = Counter()
    for (host, day), count in by_day(truth, "stories").items():
        planted[host, f"{day[:7]}-01"] += count
    found = long_warehouse.query(
        "select partner_country_code_iso3, month_start_date::text, n_stories"
        " from marts.mart_outcome_month where n_stories > 0"
    )
    # The last month is not over.
    last = truth["days"][-1][:7]
    whole = {key: n for key, n in planted.items() if not key[1].startswith(last)}
    assert {(host, month): n for host, month, n in found} == whole


def test_every_market_has_more_than_sixty_months_that_count(
    long_warehouse: Warehouse, truth: dict[str, Any]
) -> None:
    rows = long_warehouse.query(
        "select partner_country_code_iso3, count(*) from marts.mart_outcome_month"
        " where n_stories is not null and arrivals_count is not null and not is_closed_border"
        " group by 1"
    )
    months = dict(rows)
    assert {host: months[host] for host in truth["stories"]} == dict.fromkeys(truth["stories"], 69)


def test_donors_are_counted_in_the_totals_of_every_host(
    long_warehouse: Warehouse, truth: dict[str, Any]
) -> None:
    found: dict[str, dict[str, int]] = {}
    for host, country, documents in long_warehouse.query(
        "select outlets.country_code_iso3, days.principal_country_code_iso3, sum(days.documents)::int"
        " from warehouse.fct_outlet_day as days join marts.dim_outlet as outlets using (outlet_domain)"
        " group by 1, 2"
    ):
        found.setdefault(host, {})[country] = documents
    planted = {host: {c: n for c, n in of.items() if n} for host, of in truth["salient"].items()}
    assert {host: found[host] for host in planted} == planted
    assert len(truth["donors"]) >= 40


def test_the_register_knows_which_events_were_announced(
    long_warehouse: Warehouse, truth: dict[str, Any]
) -> None:
    rows = long_warehouse.query(
        "select event_code, is_registered_before, starts_on::text, window_ends_on::text"
        " from marts.dim_event"
    )
    found = {code: rest for code, *rest in rows}
    for event in truth["events"]:
        assert found[event["code"]] == [
            event["is_registered_before"],
            event["starts_on"],
            event["window_ends_on"],
        ]


def test_the_premium_of_a_host_falls_where_its_tone_shifts(
    long_warehouse: Warehouse, truth: dict[str, Any]
) -> None:
    (shift, _) = truth["tone_shifts"]
    rows = long_warehouse.query(
        "select window_end_date::text < '" + shift["since"] + "', tone_premium"
        f" from marts.mart_tone_premium where source_area = '{shift['host']}'"
        f" and country_code_iso3 = '{FOCUS}' and stratum = 'translated'"
        " order by window_end_date desc limit 8"
    )
    before = [premium for is_before, premium in rows if is_before]
    newest = rows[0]
    assert not newest[0]
    assert None not in before
    assert newest[1] < min(before) - 0.2
