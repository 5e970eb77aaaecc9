"""One build after its claim: transform, judge the candidates, publish. Each step may be killed.

What SQL does badly is a Python step between two runs of dbt: titles are read before the first, stories
grouped after it, intervals and verdicts computed after the second. Which models a run builds follows from
their lineage: those behind a later step's tables wait for it.

A build's row in ``ops.builds`` is its identity. A later claim abandons every build that is still running,
so that two builds never publish over each other: an abandoned build's next step stops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial

from tiengvang import gate, selection, transform
from tiengvang.claims import Build, brought_nothing, follows_a_published_one, get_build
from tiengvang.errors import BuildFailed, GateFailed
from tiengvang.settings import Settings
from tiengvang.warehouse.analyzing import analyze_grown
from tiengvang.warehouse.connection import Connection, connect, role_url
from tiengvang.warehouse.publish import Publication, publish_marts

BUILD_LOCK = "select pg_advisory_lock(hashtext('tiengvang.build'))"


def read_documents(_: Settings, url: str, build_id: int) -> dict[str, int]:
    """Clean the titles and domains of the claimed days: what the first run of dbt reads.

    Returns:
        The number of documents that were read.
    """
    from tiengvang.stories import reading

    with _step(url, build_id) as (connection, build):
        written = {"documents": reading.read_documents(connection, build)}
    analyze_grown(url)
    return written


def group_documents(_: Settings, url: str, build_id: int) -> dict[str, int]:
    """Find families, boilerplate and stories; days whose stories changed join the claim.

    Returns:
        The number of days on which each of them became different.
    """
    from tiengvang.stories import step

    with _step(url, build_id) as (connection, build):
        changed = asdict(step.group_documents(connection, build))
    analyze_grown(url)
    return changed


def measure(_: Settings, url: str, build_id: int) -> dict[str, int]:
    """Compute shares, premiums and gaps with their intervals.

    Returns:
        The number of rows written per table.
    """
    from tiengvang.measures import compute

    with _step(url, build_id) as (connection, build):
        return compute.measure(connection, build)


def analyse(_: Settings, url: str, build_id: int) -> dict[str, int]:
    """Look for alerts, uplifts of events and leads of coverage.

    Returns:
        The number of rows written per table.
    """
    from tiengvang.analysis import compute

    with _step(url, build_id) as (connection, _build):
        return compute.analyse(connection)


def run_dbt(settings: Settings, url: str, build_id: int, part: str) -> dict[str, int]:
    """Run one part of the dbt build of a claimed build: ``screen``, ``group`` or ``measure``.

    What depends on nothing but the project is built and tested when the project changed. What stands since
    the build before, and what is tested of sources that brought nothing since, is left out where that build
    of the same project was published; after any other one all of it is run.

    Returns:
        The number of nodes per status.

    Raises:
        BuildFailed: a model or test failed; the message names the first ones.
    """
    from tiengvang.sources.registry import SOURCES

    with _step(url, build_id) as (connection, build):
        stands = follows_a_published_one(connection, build)
        arguments = selection.arguments(
            part,
            is_full_refresh=build.is_full_refresh,
            standing=stands,
            idle=brought_nothing(connection, build, SOURCES) if stands else (),
        )
        connection.commit()
        if part != selection.LAST_PART:
            arguments.append("--no-write-json")  # the last part writes the manifest of all
        counts = transform.run_dbt(settings, url, arguments)
        if build.is_full_refresh and part == selection.LAST_PART:
            transform.run_dbt(settings, url, ["docs", "generate", "--static", "--no-compile"])
        return counts


# What makes the candidate marts, in this order; each is a task of the DAG.
STEPS: dict[str, Callable[[Settings, str, int], dict[str, int]]] = {
    "read_documents": read_documents,
    "screen_documents": partial(run_dbt, part="screen"),
    "group_documents": group_documents,
    "build_facts": partial(run_dbt, part="group"),
    "measure": measure,
    "analyse": analyse,
    "build_marts": partial(run_dbt, part="measure"),
}


def judge_marts(settings: Settings, url: str, build_id: int) -> int:
    """Judge the candidate marts: door two.

    Returns:
        The number of expectations that were judged.

    Raises:
        GateFailed: a critical expectation failed; the public marts stay as they were.
    """
    with _step(url, build_id) as (connection, build):
        subject = f"build {build_id}"
        report = gate.judge_marts(connection, role_url(url, "builder"), build_id)
        gate.record(connection, "marts", subject, report)
        gate.write_data_docs([report], settings.home / "data_docs" / "marts")
        if report.passed:
            return len(report.results)
        _end(connection, build.build_id, "held", report.reason)
        connection.commit()
        raise GateFailed(
            f"build {build_id} is held, the public marts stay as they were: {report.reason}"
        )


def publish(settings: Settings, url: str, build_id: int) -> Publication:
    """Bring what changed to ``marts`` and complete the claim, in one transaction.

    Raises:
        BuildFailed: the build was abandoned, or a public table could not take its new shape.
    """
    with connect(url, "publisher") as connection:
        connection.execute("select pg_advisory_xact_lock(hashtext('tiengvang.build'))")
        # an edition that is being rendered shares this lock: it shows one publication
        connection.execute("select pg_advisory_xact_lock(hashtext('tiengvang.publication'))")
        build = get_build(connection, build_id)
        try:
            published = publish_marts(
                connection,
                transform.manifest(settings),
                build_id=build_id,
                whole=build.is_full_refresh,
            )
        except BuildFailed as error:
            connection.rollback()
            _end(connection, build_id, "failed", str(error))
            connection.commit()
            raise
        connection.execute(
            "update ops.changed_days set is_done = true where build_id = %s", (build_id,)
        )
        _end(connection, build_id, "published", None)
    return published


@contextmanager
def _step(url: str, build_id: int) -> Iterator[tuple[Connection, Build]]:
    """Hold the build lock for one step; an error that the step does not handle fails the build."""
    with connect(url, "builder") as connection:
        connection.execute(BUILD_LOCK)
        connection.commit()
        build = get_build(connection, build_id)
        try:
            yield connection, build
        except BuildFailed as error:
            connection.rollback()
            _end(connection, build_id, "failed", str(error))
            connection.commit()
            raise


def _end(connection: Connection, build_id: int, status: str, reason: str | None) -> None:
    connection.execute(
        """
        update ops.builds set status = %s, reason = %s, ended_at = clock_timestamp()
        where build_id = %s
        """,
        (status, reason, build_id),
    )
