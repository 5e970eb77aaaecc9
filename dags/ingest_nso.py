"""Every week: the National Statistics Office's monthly workbooks, as far as there are new ones."""

from airflow.sdk import dag, get_current_context, task

from tiengvang import orchestration as o


@dag(
    schedule=o.every("40 3 * * 1"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_nso.md",
)
def ingest_nso():
    @task
    def fetch_workbooks() -> dict[str, int]:
        from tiengvang import jobs

        context = get_current_context()
        with o.final_errors():
            return jobs.fetch_workbooks(o.window_of(context["params"]), o.interval_of(context))

    o.ingest_tasks("nso", o.NSO, first=fetch_workbooks())


ingest_nso()
