"""GDELT's list of outlets by country from a sample world into the warehouse, and which list is in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness import Warehouse, ingest, reading

from tiengvang import jobs
from tiengvang.local.world.build import World
from tiengvang.windows import Window, parse_instant

LISTED = (
    "select list_name, domain, country_code_fips, place_mentions"
    " from raw.gdelt_domains__countries order by load_id, 2, 4 desc"
)
HEADER = "domain,countrycode,cnt\n"


def month(number: int) -> Window:
    return Window(parse_instant(f"2025-{number:02}-01"), parse_instant(f"2025-{number:02}-08"))


@pytest.fixture(scope="module")
def loaded(
    new_warehouse: Callable[[str], Warehouse], small_world: World
) -> Iterator[tuple[Warehouse, dict[str, int]]]:
    """A warehouse after one scheduled run at the first instant."""
    warehouse = new_warehouse("gdelt_domains")
    with reading(warehouse, small_world.folder, small_world.instants[0]):
        outcome = ingest("gdelt_domains")
        yield warehouse, outcome


def test_the_planted_list_is_found(
    loaded: tuple[Warehouse, dict[str, int]], small_world: World
) -> None:
    warehouse, outcome = loaded
    truth: Any = small_world.truth.summary["gdelt_domains"]
    planted = {
        ("news-outlets-by-countrycode", domain, code, count)
        for domain, counts in truth["rows"].items()
        for code, count in counts.items()
    }
    rows = warehouse.query(LISTED)
    assert set(rows) == planted
    assert (outcome["loaded"], outcome["rows_kept"]) == (1, len(rows))
    assert len(truth["abroad"]) > 3


def test_what_names_no_outlet_is_a_reject_in_the_ledger(
    loaded: tuple[Warehouse, dict[str, int]],
) -> None:
    warehouse, _ = loaded
    rejects = warehouse.query("select file_name, line_number, reason from ops.rejected_rows")
    ((name, *counts),) = warehouse.query(
        "select file_name, rows_rejected, rows_read - rows_kept from ops.source_files"
    )
    assert counts == [1, 1]
    assert rejects == [(name, 2, "the name is no domain")]
    days = warehouse.query("select distinct day from ops.changed_days where load_id is not null")
    assert days == [(date.fromisoformat(f"{name.partition('@')[2]}-01"),)]


def test_a_list_is_asked_for_once(loaded: tuple[Warehouse, dict[str, int]]) -> None:
    warehouse, _ = loaded
    before = warehouse.query("select * from ops.source_files")
    assert ingest("gdelt_domains") == {}
    assert warehouse.query("select * from ops.source_files") == before


def test_a_new_list_replaces_the_old_one_and_a_bad_one_does_not(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    warehouse = new_warehouse("gdelt_domains_lists")
    path = tmp_path / "outlets.csv"
    with warehouse.active(TIENGVANG_GDELT_DOMAINS_URL=path.as_uri()):
        assert ingest("gdelt_domains", month(3))["missing"] == 1
        sites = [f"{letter}.example,GM,9\n" for letter in "abcdefghij"]
        path.write_text(HEADER + "".join(sites), "utf-8")
        assert ingest("gdelt_domains", month(3))["loaded"] == 1
        # Other codes in the place of FIPS: held, and the list before stays.
        path.write_text(HEADER + "".join(sites).replace("GM", "DE"), "utf-8")
        with pytest.raises(AssertionError, match="quarantined"):
            ingest("gdelt_domains", month(4))
        assert in_force(warehouse) == {"GM"}
        path.write_text(HEADER + "".join(sites).replace("9", "8"), "utf-8")
        assert ingest_one(month(5)) == 1
        assert warehouse.query(
            "select place_mentions, count(*) from raw.gdelt_domains__countries group by 1 order by 1"
        ) == [(8, 10), (9, 10)]
        # A list of another name is another list: the two are not compared.
        other = path.with_name("names.txt")
        other.write_text("a.example\tFR\tFrance\n", "utf-8")
    with warehouse.active(TIENGVANG_GDELT_DOMAINS_URL=other.as_uri()):
        assert ingest_one(month(6)) == 1
    assert warehouse.query(LISTED)[-1] == ("names", "a.example", "FR", None)
    assert len(warehouse.query(LISTED)) == 11, "the list before is kept until the next one"


def ingest_one(window: Window) -> int:
    """Plan, load and judge a window; return how many loads passed."""
    for batch in jobs.plan("gdelt_domains", window, None):
        jobs.load_batch("gdelt_domains", batch, "test")
    return len(jobs.judge("gdelt_domains")["passed"])


def in_force(warehouse: Warehouse) -> set[str]:
    rows = warehouse.query(
        "select distinct country_code_fips from raw.gdelt_domains__countries"
        " join ops.loads using (load_id) where status = 'passed'"
    )
    return {code for (code,) in rows}
