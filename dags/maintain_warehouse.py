"""Every Sunday: what killed runs left behind, and the planner's statistics."""

from airflow.sdk import dag, task

from tiengvang import orchestration as o


@dag(
    schedule=o.every("30 4 * * 0"),
    **o.COMMON,
    tags=["maintenance"],
    doc_md="Runbook: docs/runbooks/maintain_warehouse.md",
)
def maintain_warehouse():
    @task
    def clean_up() -> dict[str, int]:
        from tiengvang import jobs

        with o.final_errors():
            return jobs.maintain()

    clean_up()


maintain_warehouse()
