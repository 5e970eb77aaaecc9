"""Every day at the configured local time: the newest publication as an edition, or held.

A person is asked first where ``TIENGVANG_APPROVAL_HOURS`` is set.
"""

from airflow.sdk import dag, get_current_context, task

from tiengvang import orchestration as o


@dag(
    schedule=o.edition_timetable(),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["edition"],
    doc_md="Runbook: docs/runbooks/publish_edition.md",
)
def publish_edition():
    @task
    def render_edition() -> dict[str, object]:
        from tiengvang import jobs

        with o.final_errors():
            return jobs.publish_edition(o.window_of(get_current_context()["params"]))

    o.approval_tasks(render_edition())


publish_edition()
