"""What Airflow needs to know: assets, timetables, and which errors a retry cannot heal.

The only module of the library that imports Airflow. An asset means *loaded and gated*.

| asset | emitted by | consumed by |
| --- | --- | --- |
| ``GDELT`` | ``ingest_gdelt`` | ``build_warehouse`` |
| ``WORLDBANK`` | ``ingest_worldbank`` | ``build_warehouse`` |
| ``TRANCO`` | ``ingest_tranco`` | ``build_warehouse`` |
| ``FIA`` | ``ingest_fia`` | ``build_warehouse`` |
| ``NSO`` | ``ingest_nso`` | ``build_warehouse`` |
| ``PAGEVIEWS`` | ``ingest_pageviews`` | ``build_warehouse`` |
| ``IMF`` | ``ingest_imf`` | ``build_warehouse`` |
| ``OECD`` | ``ingest_oecd`` | ``build_warehouse`` |
| ``REGISTERS`` | ``ingest_registers`` | ``build_warehouse`` |
| ``UN_TOURISM`` | ``ingest_un_tourism`` | ``build_warehouse`` |
| ``FACTCHECKS`` | ``ingest_factchecks`` | ``build_warehouse`` |
| ``GDELT_DOMAINS`` | ``ingest_gdelt_domains`` | nothing: one view reads the list itself |
| ``MARTS`` | ``build_warehouse`` | readers of the marts |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Asset, CronDataIntervalTimetable, Param, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from tiengvang.errors import (
    BuildFailed,
    GateFailed,
    PeriodRefused,
    SettingsError,
    TiengVangError,
    WorldMismatch,
)
from tiengvang.settings import get_settings
from tiengvang.windows import Window, parse_instant

GDELT = Asset("gdelt", uri="postgres://warehouse/tiengvang/raw/gdelt")
WORLDBANK = Asset("worldbank", uri="postgres://warehouse/tiengvang/raw/worldbank")
TRANCO = Asset("tranco", uri="postgres://warehouse/tiengvang/raw/tranco")
FIA = Asset("fia", uri="postgres://warehouse/tiengvang/raw/fia")
NSO = Asset("nso", uri="postgres://warehouse/tiengvang/raw/nso")
PAGEVIEWS = Asset("pageviews", uri="postgres://warehouse/tiengvang/raw/pageviews")
IMF = Asset("imf", uri="postgres://warehouse/tiengvang/raw/imf")
OECD = Asset("oecd", uri="postgres://warehouse/tiengvang/raw/oecd")
REGISTERS = Asset("registers", uri="postgres://warehouse/tiengvang/raw/registers")
UN_TOURISM = Asset("un_tourism", uri="postgres://warehouse/tiengvang/raw/un_tourism")
FACTCHECKS = Asset("factchecks", uri="postgres://warehouse/tiengvang/raw/factchecks")
GDELT_DOMAINS = Asset("gdelt_domains", uri="postgres://warehouse/tiengvang/raw/gdelt_domains")
MARTS = Asset("marts", uri="postgres://warehouse/tiengvang/marts/all")

# What wakes a build: any of them.
ANY_OF_THE_MARTS_SOURCES = (
    GDELT
    | WORLDBANK
    | TRANCO
    | PAGEVIEWS
    | IMF
    | OECD
    | UN_TOURISM
    | FIA
    | NSO
    | FACTCHECKS
    | REGISTERS
)

START = datetime(2015, 2, 18, 23, tzinfo=UTC)  # GDELT 2.0's first slot
COMMON: dict[str, Any] = {
    "start_date": START,
    "catchup": False,  # the ledger knows what is due
    "max_active_runs": 1,
    "default_args": {"owner": "tiengvang", "retries": 2, "retry_delay": timedelta(minutes=2)},
}
WINDOW_PARAMS = {
    "from": Param(None, type=["null", "string"], description="First instant (ISO 8601, UTC)."),
    "to": Param(None, type=["null", "string"], description="Instant after the last one."),
}

# What a person may answer who is asked whether to publish an edition.
PUBLISH, HOLD = "Publish", "Hold"

# No retry heals these: a person or the next run does.
FINAL = (GateFailed, BuildFailed, PeriodRefused, SettingsError, WorldMismatch)


def every(cron: str, zone: str = "UTC") -> CronDataIntervalTimetable:
    """Return a timetable whose runs carry the interval before them, not a zero-width one."""
    return CronDataIntervalTimetable(cron, timezone=zone)


def edition_timetable() -> CronDataIntervalTimetable:
    """Return the daily timetable of the edition at the configured local time."""
    settings = get_settings()
    hour, minute = settings.edition_time.split(":")
    return every(f"{int(minute)} {int(hour)} * * *", settings.edition_time_zone)


def window_of(params: Mapping[str, Any]) -> Window | None:
    """Return the window that a run was given by hand, or None.

    Raises:
        AirflowFailException: only one end is given, or an end is no instant.
    """
    start, end = params.get("from"), params.get("to")
    if start is None and end is None:
        return None
    try:
        return Window(parse_instant(str(start)), parse_instant(str(end)))
    except ValueError as error:
        raise AirflowFailException(
            f"from={start!r} to={end!r}: expected two ISO instants ({error})"
        ) from error


@contextmanager
def final_errors() -> Iterator[None]:
    """Turn errors that no retry heals into Airflow's final failure."""
    try:
        yield
    except FINAL as error:
        raise AirflowFailException(str(error)) from error


def interval_of(context: Mapping[str, Any]) -> Window | None:
    """Return the data interval of a run; None for runs without a logical date."""
    start, end = context.get("data_interval_start"), context.get("data_interval_end")
    return None if start is None or end is None else Window(start, end)


def ingest_tasks(source: str, asset: Asset, *, workers: int = 1, first: Any = None) -> None:
    """Wire the tasks of an ingest DAG: plan, load batches in parallel, judge, report.

    Loads that passed reach the build whatever became of the others; the run fails when a batch could
    not be asked for or a load was quarantined. A task that comes ``first`` keeps nothing from being
    loaded where it fails; the run fails.
    """

    @task
    def plan_batches() -> list[dict[str, str]]:
        from tiengvang import jobs

        context = get_current_context()
        with final_errors():
            return jobs.plan(source, window_of(context["params"]), interval_of(context))

    @task(max_active_tis_per_dagrun=workers)
    def load_batch(batch: dict[str, str]) -> dict[str, int]:
        from tiengvang import jobs

        with final_errors():
            return jobs.load_batch(source, batch, get_current_context()["run_id"])

    @task(outlets=[asset], trigger_rule="all_done")
    def judge_loads() -> dict[str, list[int]]:
        from tiengvang import jobs

        with final_errors():
            verdicts = jobs.judge(source)
            has_changed = jobs.has_changed(source)
        # what became a gap changes the trust figures as much as what was loaded
        skip_unless(has_changed or verdicts["quarantined"], "nothing changed")
        return verdicts

    @task(trigger_rule="none_failed")
    def report_quarantine(verdicts: Any) -> None:
        from tiengvang import jobs

        with final_errors():
            if verdicts is not None:
                jobs.require_none_quarantined(source, verdicts)

    planned = plan_batches() if first is None else plan_batches.override(trigger_rule="all_done")()
    loaded = load_batch.expand(batch=planned)
    verdicts = judge_loads()
    reported = report_quarantine(verdicts)
    loaded >> verdicts
    loaded >> reported
    if first is not None:
        first >> planned
        first >> reported


def approval_tasks(rendered: Any) -> None:
    """Wire the question whether to publish, and what follows from the answer; nothing where none is asked.

    No answer is an answer after the hours of the setting: the edition is held and the run fails.
    """
    hours = get_settings().approval_hours
    if not hours:
        return
    from airflow.providers.standard.operators.hitl import HITLOperator

    @task
    def describe_edition(release: Any) -> str:
        from tiengvang import jobs

        skip_unless(release["status"] == "proposed", "published before: nobody is asked")
        with final_errors():
            return jobs.approval_question(release["edition_id"])

    @task
    def conclude_edition(release: Any, answer: Any) -> dict[str, Any]:
        from tiengvang import jobs

        with final_errors():
            return jobs.conclude_edition(
                release["edition_id"],
                answer["chosen_options"] == [PUBLISH],
                answer["responded_by_user"] is not None,
            )

    described = describe_edition(rendered)
    asked = HITLOperator(
        task_id="approve_edition",
        subject="Publish edition {{ ti.xcom_pull(task_ids='render_edition')['edition_id'] }}?",
        body="{{ ti.xcom_pull(task_ids='describe_edition') }}",
        options=[PUBLISH, HOLD],
        defaults=HOLD,
        response_timeout=timedelta(hours=hours),
    )
    described >> asked
    conclude_edition(rendered, asked.output)


def load_workers() -> int:
    """Return how many batches a scheduler may load at once."""
    return get_settings().load_workers


def skip_unless(condition: object, reason: str) -> None:
    """Skip this task and what depends on it when there is nothing to do."""
    if not condition:
        raise AirflowSkipException(reason)


def run_in_process(dag_id: str, instant: datetime, window: Window | None) -> str:
    """Run one DAG to its end in this process and return the run's state.

    The DAG must be in a configured bundle. Assets start nothing here.

    Raises:
        TiengVangError: there is no such DAG, or a DAG file does not import.
    """
    from airflow.dag_processing.dagbag import DagBag

    COMMON["default_args"]["retry_delay"] = timedelta(0)  # somebody is waiting
    bag = DagBag()
    if bag.import_errors:
        raise TiengVangError(f"DAG files do not import: {bag.import_errors}")
    dag = bag.dags.get(dag_id)
    if dag is None:
        raise TiengVangError(
            f"no DAG is called {dag_id!r}; there are {', '.join(sorted(bag.dags))}"
        )
    conf = None
    if window is not None:
        values = window.as_dict()
        conf = {"from": values["start"], "to": values["end"]}
    run = dag.test(logical_date=instant, run_conf=conf)
    return str(run.state)
