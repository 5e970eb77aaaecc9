"""What the three doors said last, which builds and editions are held and why, and what one run did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.rows import dict_row

from tiengvang.gate_docs import page_name
from tiengvang.warehouse.connection import Connection

SHOWN, FAILURES_SHOWN, LOADS_OF_A_RUN = 5, 12, 60
BUILDS = """
select build_id, status, reason, as_of_at from ops.builds
where %(build_id)s::bigint is null or build_id = %(build_id)s
order by build_id desc limit %(limit)s
"""
EDITIONS = """
select edition_id, status, reasons, cadence, period_start, period_end, as_of_at, folder, recorded_at
from ops.editions
where status <> 'draft' and (%(edition_id)s::text is null or edition_id = %(edition_id)s)
order by recorded_at desc limit %(limit)s
"""
LAST_PUBLISHED = """
select edition_id, status, reasons, cadence, period_start, period_end, as_of_at, folder, recorded_at
from ops.editions where status = 'published' order by recorded_at desc limit 1
"""
QUARANTINED = """
select load_id, source, window_start, window_end, status, reason from ops.loads
where status = 'quarantined' order by load_id desc limit %(limit)s
"""
LOADS = """
select load_id, source, window_start, window_end, status, reason from ops.loads
where run_id = %(run_id)s and source = %(source)s order by load_id limit %(limit)s
"""
RESULTS = """
select door, subject, column_name, expectation, severity, is_success, observed, sentence_en, sentence_vi
from ops.gate_results
where (door, subject) in (select * from unnest(%(doors)s::text[], %(subjects)s::text[]))
order by gate_result_id
"""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a door saw of one subject; ``page`` is the path of its Data Docs below their folder."""

    door: str
    subject: str
    expectations: int
    failures: tuple[Row, ...]
    page: str | None

    @property
    def is_held(self) -> bool:
        """Whether a failure holds the subject."""
        return any(failure["severity"] == "critical" for failure in self.failures)

    @property
    def shown(self) -> tuple[Row, ...]:
        """The first failures, the critical ones before the others."""
        return self.failures[:FAILURES_SHOWN]


@dataclass(frozen=True, slots=True)
class RunKeys:
    """What one run of a DAG may have left: its loads by source, its build, its edition."""

    run_id: str
    source: str | None = None
    build_id: int | None = None
    edition_id: str | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Builds, editions and loads as recorded, and what the doors said of them; the newest first."""

    builds: tuple[Row, ...]
    editions: tuple[Row, ...]
    loads: tuple[Row, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.builds or self.editions or self.loads)


def read_newest(connection: Connection, home: Path) -> Records:
    """Return the newest builds and editions, and the newest loads that were quarantined."""
    limit = {"limit": SHOWN, "build_id": None, "edition_id": None}
    return _with_verdicts(
        connection,
        home,
        _rows(connection, BUILDS, limit),
        _rows(connection, EDITIONS, limit),
        _rows(connection, QUARANTINED, limit),
    )


def read_run(connection: Connection, home: Path, keys: RunKeys) -> Records:
    """Return what one run left in the warehouse's records."""
    limit = {"limit": 1, "build_id": keys.build_id, "edition_id": keys.edition_id}
    loads = {"run_id": keys.run_id, "source": keys.source, "limit": LOADS_OF_A_RUN}
    return _with_verdicts(
        connection,
        home,
        _rows(connection, BUILDS, limit) if keys.build_id is not None else [],
        _rows(connection, EDITIONS, limit) if keys.edition_id is not None else [],
        _rows(connection, LOADS, loads) if keys.source is not None else [],
    )


def read_published(connection: Connection) -> Row | None:
    """Return the edition that readers have; None before the first one."""
    return next(iter(_rows(connection, LAST_PUBLISHED, {})), None)


def _with_verdicts(
    connection: Connection,
    home: Path,
    builds: Sequence[Row],
    editions: Sequence[Row],
    loads: Sequence[Row],
) -> Records:
    subjects = [
        *(("marts", f"build {row['build_id']}") for row in builds),
        *(("edition", f"edition {row['edition_id']}") for row in editions),
        *(("raw", f"load {row['load_id']}") for row in loads),
    ]
    doors, names = [door for door, _ in subjects], [name for _, name in subjects]
    results = _rows(connection, RESULTS, {"doors": doors, "subjects": names})
    found = {
        subject: [row for row in results if (row["door"], row["subject"]) == subject]
        for subject in subjects
    }
    return Records(
        tuple(builds),
        tuple(editions),
        tuple(loads),
        tuple(_verdict(home, *subject, rows) for subject, rows in found.items() if rows),
    )


def _verdict(home: Path, door: str, subject: str, rows: Iterable[Row]) -> Verdict:
    judged = list(rows)
    failures = [row for row in judged if not row["is_success"]]
    page = f"{door}/{page_name(door, subject)}"
    return Verdict(
        door=door,
        subject=subject,
        expectations=len(judged),
        failures=tuple(sorted(failures, key=lambda row: row["severity"] != "critical")),
        page=page if (home / "data_docs" / page).is_file() else None,
    )


def _rows(
    connection: Connection, query: str, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query.encode(), parameters).fetchall()
