"""The feed of fact-checks, of a sample world and by hand: a snapshot that is kept by its changes."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from harness import Warehouse, ingest, reading

from tiengvang import jobs
from tiengvang.local.world.build import World
from tiengvang.local.world.factchecks import SCALE, reviews_to_answer
from tiengvang.local.world.gkg import PEOPLE
from tiengvang.sources import factchecks
from tiengvang.warehouse.connection import connect
from tiengvang.warehouse.world import World as Held
from tiengvang.warehouse.world import adopt_world
from tiengvang.windows import Window, format_instant, parse_instant

IN_FORCE = """
    select distinct on (review_id) claim_review_url, claim_text, rating_key, is_listed,
        nullif(named_country_codes_iso3, ''), published_on::text, rating_head_key
    from raw.factchecks__reviews join ops.loads using (load_id)
    where status = 'passed' order by review_id, load_id desc
"""
STATUS = "select status from ops.loads where source = 'factchecks' order by load_id"
CHECKER = "https://checkdesk.example"


@pytest.fixture(scope="module")
def loaded(
    new_warehouse: Callable[[str], Warehouse], small_world: World
) -> Iterator[tuple[Warehouse, list[dict[str, int]], list[list[Any]]]]:
    """A warehouse after a run at either instant: outcomes, and what was in force after each."""
    warehouse = new_warehouse("factchecks")
    outcomes, in_force = [], []
    for instant in small_world.instants:
        with reading(warehouse, small_world.folder, instant):
            outcomes.append(ingest("factchecks"))
            in_force.append(warehouse.query(IN_FORCE))
    return warehouse, outcomes, in_force


def planted(world: World, at: int) -> dict[str, Any]:
    truth: Any = world.truth.summary["factchecks"]
    found: dict[str, Any] = truth[format_instant(world.instants[at])]
    assert len(found["reviews"]) > 200
    return found


@pytest.mark.parametrize("at", [0, 1])
def test_the_planted_reviews_are_in_force(loaded: Any, small_world: World, at: int) -> None:
    _, outcomes, in_force = loaded
    truth = planted(small_world, at)
    found = {(row[0], row[1], row[4], row[5]) for row in in_force[at] if row[3]}
    assert found == {(url, claim, code, day) for url, claim, code, _, day in truth["reviews"]}
    assert (outcomes[at]["loaded"], outcomes[at]["rows_kept"]) == (1, len(found))


def test_ratings_are_those_of_the_list_of_phrases(loaded: Any, small_world: World) -> None:
    _, _, in_force = loaded
    with (factchecks.SEEDS / "rating_phrases.csv").open(encoding="utf-8", newline="") as handle:
        phrases = {row["rating_key"]: row["rating"] for row in csv.DictReader(handle)}
    for at in (0, 1):
        planted_ratings = {(row[0], row[3]) for row in planted(small_world, at)["reviews"]}
        assert {rating for _, rating in planted_ratings} == {*SCALE, "other"}
        found = {
            (row[0], phrases.get(row[2], "other") if row[2] else "false")
            for row in in_force[at]
            if row[3]
        }
        assert found == planted_ratings


def test_a_snapshot_adds_only_what_changed(loaded: Any, small_world: World) -> None:
    warehouse, _, _ = loaded
    truth: Any = small_world.truth.summary["factchecks"]
    first, last = warehouse.query(
        "select count(*), count(*) filter (where not is_listed) from raw.factchecks__reviews"
        " group by load_id order by load_id"
    )
    before = {row[0] for row in planted(small_world, 0)["reviews"]}
    after = {row[0] for row in planted(small_world, 1)["reviews"]}
    assert first == (len(before), 0)
    gone, new, changed = before - after, after - before, truth["changed"]
    assert gone == set(truth["withdrawn"])
    assert min(len(gone), len(new), len(changed)) > 3
    assert last == (len(gone) + len(new) + len(changed), len(gone))


def test_everything_in_the_feed_is_accounted_for(loaded: Any, small_world: World) -> None:
    warehouse, _, _ = loaded
    feeds = warehouse.query(
        "select reviews_count, kept_count, unlisted_count, duplicate_count, rejected_count,"
        " bad_date_count from raw.factchecks__feeds order by load_id"
    )
    for at, feed in enumerate(feeds):
        truth = planted(small_world, at)
        counts = (truth["unlisted"], truth["duplicates"], truth["rejects"])
        assert feed[2:5] == counts
        assert feed[0] == feed[1] + sum(counts)
        assert feed[5] == sum(row[4] is None for row in truth["reviews"])
    publishers = "select sum(reviews_count), bool_and(publisher_domain like 'spam%.example')"
    per_feed = f"{publishers} from raw.factchecks__publishers group by load_id"
    assert warehouse.query(per_feed) == [(150, True)] * 2
    rejects = warehouse.query("select line_number > 0, place, reason from ops.rejected_rows")
    assert len(rejects) == 2 * planted(small_world, 0)["rejects"]
    assert all(row[0] and row[1].startswith("dataFeedElement[") for row in rejects)


def test_no_person_is_anywhere(loaded: Any) -> None:
    warehouse, _, _ = loaded
    stored = "\n".join(
        line
        for schema, table in warehouse.query(
            "select schemaname, tablename from pg_tables where schemaname in ('raw', 'ops')"
        )
        for line in warehouse.table(f"{schema}.{table}")
    ).lower()
    assert "checkdesk.example" in stored
    for name in PEOPLE:
        for written in (name, name.replace(" ", "."), name.replace(" ", "-")):
            assert written.lower() not in stored
    for word in ("<script", "onclick", "alert(", "javascript:", "\u202e"):
        assert word not in stored


def test_addresses_for_the_response_log_are_of_the_headline(small_world: World) -> None:
    addresses = [review.url for review in reviews_to_answer(small_world.spec)]
    assert len(addresses) > 20
    about = {row[0] for row in planted(small_world, 0)["reviews"] if row[2] == "VNM"}
    assert set(addresses) <= about


def one(number: int, rating: str = "False", site: str = CHECKER) -> dict[str, Any]:
    return {
        "item": [
            {
                "@type": "ClaimReview",
                "url": f"{site}/{number}",
                "claimReviewed": f"Vietnam closed bridge {number}",
                "reviewRating": {"alternateName": rating},
                "datePublished": "2026-06-01",
            }
        ]
    }


class Feed:
    """A folder with a feed that a test rewrites, and a warehouse whose clock it sets."""

    def __init__(self, warehouse: Warehouse, folder: Path) -> None:
        self.warehouse = warehouse
        self.file = folder / "data.json"
        self.url = folder.as_uri()

    def read(
        self, day: int, *elements: Any, payload: bytes | None = None, is_killed: bool = False
    ) -> dict[str, int]:
        """Put a feed there and read it on a day of July; return what became of the day's file.

        A run that is killed has loaded it and not judged it.
        """
        text = json.dumps({"dataFeedElement": elements}).encode()
        self.file.write_bytes(text if payload is None else payload)
        start = parse_instant(f"2026-07-{day:02}T05:00Z")
        with connect(self.warehouse.url, "owner") as connection:
            adopt_world(connection, Held("hand-made", True, start))
        window = Window(start, parse_instant(f"2026-07-{day:02}T06:00Z"))
        total: dict[str, int] = {}
        with self.warehouse.active(TIENGVANG_FACTCHECKS_BASE_URL=self.url):
            description = {
                "world_name": "hand-made",
                "is_synthetic": True,
                "as_of": f"{start:%FT%TZ}",
            }
            (self.file.parent / "world.json").write_text(json.dumps(description), "utf-8")
            for batch in jobs.plan("factchecks", window, None):
                total = jobs.load_batch("factchecks", batch, "test")
            if not is_killed:
                jobs.judge("factchecks")
        return total

    def in_force(self) -> dict[str, tuple[str, bool]]:
        """Rating and whether it is listed, by the number of the review."""
        return {
            row[0].rpartition("/")[2]: (row[2], row[3]) for row in self.warehouse.query(IN_FORCE)
        }


@pytest.fixture
def feed(new_warehouse: Callable[[str], Warehouse], tmp_path: Path) -> Feed:
    return Feed(new_warehouse("factcheck_feeds"), tmp_path)


def test_a_refused_or_quarantined_feed_changes_nothing(feed: Feed) -> None:
    many = [one(number) for number in range(30)]
    assert feed.read(1, *many)["loaded"] == 1
    before = feed.in_force()
    assert len(before) == 30
    whole = json.dumps({"dataFeedElement": many}).encode()
    for day, payload in enumerate((b"", b"<html>", whole[:-9], whole + b"]"), start=2):
        assert feed.read(day, payload=payload)["refused"] == 1
        assert feed.in_force() == before
    said = feed.warehouse.query("select reason from ops.source_files where status = 'refused'")
    assert [("byte" in reason) for (reason,) in said] == [True] * 4
    # Read, and held by door one: two thirds of what was there are gone.
    assert feed.read(6, *many[:10])["loaded"] == 1
    assert feed.in_force() == before
    # What door one held is no base: the next feed is compared with the one in force.
    assert feed.read(7, *many[:28], one(28, "True"), one(29))["loaded"] == 1
    assert feed.in_force() == before | {"28": ("true", True)}
    assert [row[0] for row in feed.warehouse.query(STATUS)] == ["passed", "quarantined", "passed"]
    # Nothing of the held feed is left.
    assert feed.warehouse.query("select count(*) from raw.factchecks__reviews") == [(31,)]
    assert feed.warehouse.query("select count(*) from raw.factchecks__feeds") == [(2,)]


def test_what_a_killed_run_left_is_judged_before_the_next_feed_is_compared(feed: Feed) -> None:
    many = [one(number) for number in range(20)]
    feed.read(1, *many)
    before = feed.in_force()
    feed.read(2, *many[1:], one(20), is_killed=True)
    assert feed.warehouse.query(STATUS) == [("passed",), ("loading",)]
    feed.read(3, *many)
    assert feed.warehouse.query(STATUS) == [("passed",)] * 3
    assert feed.in_force() == before | {"20": ("false", False)}
    # A third of it: door one holds it, and what comes next is compared with the one before.
    feed.read(4, *many[:7], is_killed=True)
    feed.read(5, *many)
    assert [row[0] for row in feed.warehouse.query(STATUS)] == [
        *("passed", "passed", "passed", "quarantined", "passed")
    ]
    assert feed.in_force() == before | {"20": ("false", False)}


def test_a_review_that_goes_and_comes_back_has_three_rows(feed: Feed) -> None:
    many = [one(number) for number in range(20)]
    feed.read(1, *many)
    feed.read(2, *many[1:])
    assert feed.in_force()["0"] == ("false", False)
    feed.read(3, *many)
    assert feed.in_force()["0"] == ("false", True)
    for day in range(4, 8):
        feed.read(day, *many, {"note": day})
    assert feed.warehouse.query("select count(*) from raw.factchecks__reviews") == [(22,)]
    assert feed.warehouse.query("select count(*) from ops.rejected_rows") == [(2,)]
    assert feed.read(7, *many[5:]) == {}, "a day is read once"


def test_the_feed_of_a_day_that_passed_cannot_be_had(feed: Feed) -> None:
    feed.read(10, *[one(number) for number in range(5)])
    past = Window(parse_instant("2026-07-01"), parse_instant("2026-07-02"))
    with feed.warehouse.active(TIENGVANG_FACTCHECKS_BASE_URL=feed.url):
        assert ingest("factchecks", past)["missing"] == 1
    rows = feed.warehouse.query("select file_name, status, reason from ops.source_files order by 1")
    assert rows[0][:2] == ("reviews@2026-07-01", "gap")
    assert "was not read, and is gone" in rows[0][2]
    assert rows[1][:2] == ("reviews@2026-07-10", "loaded")


def test_publishers_that_nobody_listed_are_those_of_the_newest_feeds(feed: Feed) -> None:
    good = [one(number) for number in range(5)]
    for day in (1, 2, 3):
        feed.read(day, *good, *[one(n, site=f"https://spam{day}.example") for n in range(day)])
    rows = feed.warehouse.query(
        "select publisher_domain, reviews_count from raw.factchecks__publishers order by 1"
    )
    assert rows == [("spam2.example", 2), ("spam3.example", 3)]
