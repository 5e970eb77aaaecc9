"""What the DAG files declare, and that they only wire."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from airflow_of_tests import Airflow

from tiengvang.build import STEPS
from tiengvang.settings import REPOSITORY

pytestmark = pytest.mark.airflow

DAGS = {
    "ingest_gdelt",
    "ingest_worldbank",
    "ingest_tranco",
    "ingest_pageviews",
    "ingest_imf",
    "ingest_oecd",
    "ingest_un_tourism",
    "ingest_fia",
    "ingest_nso",
    "ingest_gdelt_domains",
    "ingest_factchecks",
    "ingest_registers",
    "build_warehouse",
    "publish_edition",
    "maintain_warehouse",
}
FILES = sorted((REPOSITORY / "dags").glob("*.py"))
SQL = re.compile(
    r"\b(select\b.+\bfrom|insert\s+into|delete\s+from|update\b.+\bset|create\s+\w+)\b", re.I | re.S
)
WORK_OF_OTHERS = {
    "requests",
    "psycopg",
    "psycopg2",
    "pandas",
    "dbt",
    "great_expectations",
    "sqlalchemy",
}
MOST_LINES = 80


@pytest.fixture(scope="module")
def dags(airflow: Airflow) -> Iterator[dict[str, Any]]:
    with airflow.active(TIENGVANG_EDITION_TIME="06:30", TIENGVANG_EDITION_TIME_ZONE="Asia/Tokyo"):
        from airflow.dag_processing.dagbag import DagBag

        bag = DagBag(str(REPOSITORY / "dags"))
        assert bag.import_errors == {}
        yield dict(bag.dags)


def test_exactly_these_dags_exist(dags: dict[str, Any]) -> None:
    assert set(dags) == DAGS
    assert {path.stem for path in FILES} == DAGS, "a file is called like its DAG"


@pytest.mark.parametrize("name", sorted(DAGS))
def test_a_dag_runs_once_at_a_time_and_never_catches_up(dags: dict[str, Any], name: str) -> None:
    dag = dags[name]
    assert dag.catchup is False
    assert dag.max_active_runs == 1
    runbook = re.fullmatch(r"Runbook: (\S+)", dag.doc_md)
    assert runbook is not None
    assert (REPOSITORY / runbook[1]).is_file()
    assert {task.retries for task in dag.tasks} == {2}


WEDNESDAY = datetime(2026, 7, 1, 12, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "width", "end"),
    [
        ("ingest_gdelt", timedelta(minutes=15), datetime(2026, 7, 1, 12, 0, tzinfo=UTC)),
        ("ingest_worldbank", timedelta(days=1), datetime(2026, 7, 1, 3, 0, tzinfo=UTC)),
        ("ingest_tranco", timedelta(days=1), datetime(2026, 7, 1, 5, 0, tzinfo=UTC)),
        ("ingest_pageviews", timedelta(days=1), datetime(2026, 7, 1, 6, 20, tzinfo=UTC)),
        ("ingest_imf", timedelta(days=1), datetime(2026, 7, 1, 4, 10, tzinfo=UTC)),
        ("ingest_oecd", timedelta(days=1), datetime(2026, 7, 1, 4, 40, tzinfo=UTC)),
        ("ingest_un_tourism", timedelta(days=7), datetime(2026, 6, 29, 4, 20, tzinfo=UTC)),
        ("ingest_fia", timedelta(days=7), datetime(2026, 6, 29, 4, 0, tzinfo=UTC)),
        ("ingest_nso", timedelta(days=7), datetime(2026, 6, 29, 3, 40, tzinfo=UTC)),
        ("ingest_gdelt_domains", timedelta(days=7), datetime(2026, 6, 29, 6, 0, tzinfo=UTC)),
        ("ingest_registers", timedelta(days=1), datetime(2026, 6, 30, 22, 20, tzinfo=UTC)),
        ("maintain_warehouse", timedelta(days=7), datetime(2026, 6, 28, 4, 30, tzinfo=UTC)),
        (
            "publish_edition",
            timedelta(days=1),
            datetime(2026, 7, 1, 6, 30, tzinfo=ZoneInfo("Asia/Tokyo")),
        ),
    ],
)
def test_a_run_carries_the_interval_before_it(
    airflow: Airflow, dags: dict[str, Any], name: str, width: timedelta, end: datetime
) -> None:
    with airflow.active():
        from airflow.sdk import timezone
        from airflow.serialization.encoders import coerce_to_core_timetable

        timetable = coerce_to_core_timetable(dags[name].timetable)
        interval = timetable.infer_manual_data_interval(
            run_after=timezone.coerce_datetime(WEDNESDAY)
        )
    assert interval.end - interval.start == width
    assert interval.end == end


def test_a_build_follows_any_load_of_what_it_reads(dags: dict[str, Any]) -> None:
    condition = dags["build_warehouse"].timetable.asset_condition
    uris = {asset.uri for asset in condition.objects}
    assert type(condition).__name__ == "AssetAny"
    emitted = {
        name: {outlet.uri for task in dags[name].tasks for outlet in task.outlets}
        for name in DAGS
        if name.startswith("ingest_")
    }
    # all but the list that only a report of disagreement reads
    assert len(uris) == len(emitted) - 1
    assert set.union(*emitted.values()) - emitted["ingest_gdelt_domains"] == uris
    assert all(len(found) == 1 for found in emitted.values())


def test_a_site_that_is_down_keeps_no_folder_from_being_read(dags: dict[str, Any]) -> None:
    dag = dags["ingest_nso"]
    first = dag.get_task("fetch_workbooks")
    assert first.downstream_task_ids == {"plan_batches", "report_quarantine"}
    assert dag.get_task("plan_batches").trigger_rule == "all_done"
    assert dag.get_task("report_quarantine").trigger_rule == "none_failed"
    others = [
        dag for name, dag in dags.items() if name.startswith("ingest_") and dag is not first.dag
    ]
    assert {dag.get_task("plan_batches").trigger_rule for dag in others} == {"all_success"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_dag_file_only_wires(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= MOST_LINES
    assert not imported(tree) & WORK_OF_OTHERS
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert not [value for value in strings if isinstance(value, str) and SQL.search(value)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While | ast.Try)]


def imported(tree: ast.AST) -> set[str]:
    """The top-level packages that a module imports, inside functions as well."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_what_would_be_work_is_found() -> None:
    assert imported(ast.parse("def f():\n    import psycopg\n    from requests import get")) == {
        "psycopg",
        "requests",
    }
    assert SQL.search("select a\nfrom b")
    assert SQL.search("DELETE FROM t")
    assert not SQL.search("Every day: what changed since the last publication")


def test_only_the_wiring_imports_airflow() -> None:
    plugins = REPOSITORY / "plugins"
    modules = {
        str(path.relative_to(REPOSITORY)): imported(ast.parse(path.read_text(encoding="utf-8")))
        for path in plugins.rglob("*.py")
    }
    importing = {name for name, packages in modules.items() if "airflow" in packages}
    assert len(modules) > 50
    assert importing == {"plugins/tiengvang/orchestration.py", "plugins/tiengvang_plugin.py"}


def test_the_builds_tasks_are_its_steps_in_their_order(dags: dict[str, Any]) -> None:
    order = [task.task_id for task in dags["build_warehouse"].topological_sort()]
    assert [task for task in order if task in STEPS] == list(STEPS)
    assert order[-2:] == ["judge_marts", "publish_marts"]


def test_nobody_is_asked_about_an_edition_unless_it_is_set(dags: dict[str, Any]) -> None:
    assert dags["publish_edition"].task_ids == ["render_edition"]


def test_a_person_is_asked_for_hours_and_silence_means_no(airflow: Airflow) -> None:
    with airflow.active(TIENGVANG_APPROVAL_HOURS="6"):
        from airflow.dag_processing.dagbag import DagBag

        dag = DagBag(str(REPOSITORY / "dags" / "publish_edition.py")).dags["publish_edition"]
        order = [task.task_id for task in dag.topological_sort()]
    assert order == ["render_edition", "describe_edition", "approve_edition", "conclude_edition"]
    ask: Any = dag.get_task("approve_edition")
    assert type(ask).__name__ == "HITLOperator"
    assert ask.options == ["Publish", "Hold"]
    assert ask.defaults == ["Hold"]
    assert ask.response_timeout == timedelta(hours=6)
    assert {task.trigger_rule for task in dag.tasks} == {"all_success"}
    assert {task.retries for task in dag.tasks} == {2}
