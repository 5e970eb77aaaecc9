"""What one build takes on: the changed days that it claims, and the instant that all its models read.

A build's row in ``ops.builds`` is its identity. A later claim abandons every build that is still running.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tiengvang import transform
from tiengvang.errors import BuildFailed
from tiengvang.settings import get_settings
from tiengvang.warehouse.connection import Connection, connect
from tiengvang.warehouse.world import as_of


@dataclass(frozen=True, slots=True)
class Build:
    """A claimed build: its id, the instant that all its models read, and how much it rebuilds."""

    build_id: int
    as_of_at: datetime
    is_full_refresh: bool
    project_digest: str


def project_digest(project: Path = transform.PROJECT) -> str:
    """Return the sha256 of everything that decides what a model says: models, seeds, macros, settings."""
    # the one setting that models read: it stands in views
    digest = hashlib.sha256(f"{get_settings().edition_time_zone}\0".encode())
    for path in sorted(project.rglob("*")):
        inside = path.relative_to(project)
        if (
            path.is_file()
            and inside.parts[0] not in ("target", "logs")
            and path.name != ".user.yml"
        ):
            digest.update(f"{inside.as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def claim(url: str) -> Build | None:
    """Claim every changed day whose load passed door one; None when there is nothing to build.

    Days of dead and held builds are claimed again. When the project differs from the last published
    one, or from that of a build since, every day is rebuilt.
    """
    digest = project_digest()
    with connect(url, "builder") as connection:
        connection.execute("select pg_advisory_xact_lock(hashtext('tiengvang.build'))")
        is_full = _digests_in_force(connection) != {digest}
        open_days: Any = connection.execute(
            """
            select count(*) from ops.changed_days as changed
            left join ops.loads as load on load.load_id = changed.load_id
            where not changed.is_done and (changed.load_id is null or load.status = 'passed')
            """
        ).fetchone()
        has_data: Any = connection.execute(
            "select exists (select from ops.source_files)"
        ).fetchone()
        if not open_days[0] and not (is_full and has_data[0]):
            return None
        connection.execute(
            """
            update ops.builds set status = 'abandoned', ended_at = clock_timestamp(),
                reason = 'another build was claimed'
            where status = 'running'
            """
        )
        instant = as_of(connection)
        row: Any = connection.execute(
            """
            insert into ops.builds (as_of_at, project_digest, is_full_refresh) values (%s, %s, %s)
            returning build_id
            """,
            (instant, digest, is_full),
        ).fetchone()
        _add_completed_days(connection, instant)
        connection.execute(
            """
            update ops.changed_days set build_id = %(build_id)s
            where not is_done and (
                load_id is null
                or exists (
                    select from ops.loads
                    where loads.load_id = changed_days.load_id and loads.status = 'passed'
                )
            )
            """,
            {"build_id": row[0]},
        )
    return Build(int(row[0]), instant, is_full, digest)


def _add_completed_days(connection: Connection, instant: datetime) -> None:
    """Queue the days that are over since the last publication: windows end with the last complete day."""
    connection.execute(
        """
        insert into ops.changed_days (source, day)
        select 'clock', day::date
        from generate_series(
            (
                select as_of_at at time zone 'UTC' from ops.publications
                order by publication_id desc limit 1
            )::date,
            (%s::timestamptz at time zone 'UTC')::date - 1,
            interval '1 day'
        ) as day
        """,
        (instant,),
    )


def get_build(connection: Connection, build_id: int) -> Build:
    """Read a running build.

    Raises:
        BuildFailed: the build is not running: another was claimed, or it has ended.
    """
    row: Any = connection.execute(
        """
        select build_id, as_of_at, is_full_refresh, project_digest, status from ops.builds
        where build_id = %s
        """,
        (build_id,),
    ).fetchone()
    if row is None or row[4] != "running":
        state = "unknown" if row is None else row[4]
        raise BuildFailed(f"build {build_id} is {state}, expected running: it goes no further")
    return Build(*row[:4])


def follows_a_published_one(connection: Connection, build: Build) -> bool:
    """Say whether the build before was of the same project, and was published: what it left is whole."""
    row: Any = connection.execute(
        """
        select project_digest, status from ops.builds where build_id < %s
        order by build_id desc limit 1
        """,
        (build.build_id,),
    ).fetchone()
    return bool(row == (build.project_digest, "published"))


def brought_nothing(connection: Connection, build: Build, sources: Collection[str]) -> set[str]:
    """Return those of these sources of which the build claims no day.

    Whatever changes a source's rows or its part of the ledger queues a day in its name.
    """
    rows: Any = connection.execute(
        "select distinct source from ops.changed_days where build_id = %s", (build.build_id,)
    ).fetchall()
    return set(sources) - {row[0] for row in rows}


def _digests_in_force(connection: Connection) -> set[str]:
    """Return the projects of the published build and of those since, which made the candidates."""
    rows: Any = connection.execute(
        """
        select distinct project_digest from ops.builds where build_id >= (
            select build_id from ops.publications order by publication_id desc limit 1
        )
        """
    ).fetchall()
    return {row[0] for row in rows}
