"""What a claim makes of the builds before it: rebuild everything, or leave out what stands."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from harness import Warehouse

from tiengvang import claims

DAY = "insert into ops.changed_days (source, day) values ('nso', '2026-07-01')"


@pytest.fixture
def warehouse(new_warehouse: Callable[[str], Warehouse]) -> Warehouse:
    return new_warehouse("claims")


def claimed(warehouse: Warehouse) -> claims.Build:
    with psycopg.connect(warehouse.url) as connection:
        connection.execute(DAY)
    with warehouse.active():
        build = claims.claim(warehouse.url)
    assert build is not None
    return build


def ended(warehouse: Warehouse, build: claims.Build, status: str, digest: str = "") -> None:
    """End a build, as made by another project where a digest is given."""
    with psycopg.connect(warehouse.url) as connection:
        connection.execute(
            "update ops.builds set status = %s, project_digest = %s where build_id = %s",
            (status, digest or build.project_digest, build.build_id),
        )
        if status == "published":
            connection.execute(
                """
                insert into ops.publications
                    (build_id, as_of_at, project_digest, rows_deleted, rows_inserted)
                select build_id, as_of_at, project_digest, 0, 0 from ops.builds where build_id = %s
                """,
                (build.build_id,),
            )
            connection.execute("update ops.changed_days set is_done = true")


def stands(warehouse: Warehouse, build: claims.Build) -> bool:
    with psycopg.connect(warehouse.url) as connection:
        return claims.follows_a_published_one(connection, build)


def test_everything_is_rebuilt_until_the_project_was_published(warehouse: Warehouse) -> None:
    first = claimed(warehouse)
    assert first.is_full_refresh
    ended(warehouse, first, "failed")
    second = claimed(warehouse)
    assert second.is_full_refresh
    ended(warehouse, second, "published")
    third = claimed(warehouse)
    assert not third.is_full_refresh


def test_a_project_that_was_tried_in_between_left_its_candidates(warehouse: Warehouse) -> None:
    ended(warehouse, claimed(warehouse), "published")
    ended(warehouse, claimed(warehouse), "held", digest="another")
    back = claimed(warehouse)
    assert back.is_full_refresh
    ended(warehouse, back, "failed")
    again = claimed(warehouse)
    assert again.is_full_refresh
    ended(warehouse, again, "published")
    assert not claimed(warehouse).is_full_refresh


@pytest.mark.parametrize("status", ["failed", "held", "abandoned", "running"])
def test_nothing_is_left_out_after_a_build_that_was_not_published(
    warehouse: Warehouse, status: str
) -> None:
    ended(warehouse, claimed(warehouse), "published")
    after_published = claimed(warehouse)
    assert stands(warehouse, after_published)
    ended(warehouse, after_published, status)
    after = claimed(warehouse)
    assert not after.is_full_refresh
    assert not stands(warehouse, after)


def test_another_time_zone_of_editions_is_another_project(warehouse: Warehouse) -> None:
    here = claims.project_digest()
    with warehouse.active(TIENGVANG_EDITION_TIME_ZONE="Europe/Paris"):
        assert claims.project_digest() != here


def test_sources_without_a_claimed_day_brought_nothing(warehouse: Warehouse) -> None:
    build = claimed(warehouse)
    with psycopg.connect(warehouse.url) as connection:
        found = claims.brought_nothing(connection, build, {"nso", "fia", "gdelt"})
    assert found == {"fia", "gdelt"}
