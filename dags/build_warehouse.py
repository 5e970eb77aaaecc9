"""After new loads: claim the changed days, transform, judge, publish the marts."""

from airflow.sdk import chain, dag, task

from tiengvang import orchestration as o

# Those of tiengvang.build.STEPS, in their order.
STEPS = (
    "read_documents",
    "screen_documents",
    "group_documents",
    "build_facts",
    "measure",
    "analyse",
    "build_marts",
)


@dag(
    schedule=o.ANY_OF_THE_MARTS_SOURCES,
    **o.COMMON,
    tags=["build"],
    doc_md="Runbook: docs/runbooks/build_warehouse.md",
)
def build_warehouse():
    @task
    def check_freshness() -> dict[str, str]:
        from tiengvang import jobs

        with o.final_errors():
            return jobs.check_freshness()

    @task
    def claim_days() -> int:
        from tiengvang import jobs

        with o.final_errors():
            build_id = jobs.claim_build()
        o.skip_unless(build_id, "nothing changed since the last publication")
        return build_id

    @task
    def transform(build_id: int, step: str) -> dict[str, int]:
        from tiengvang import jobs

        with o.final_errors():
            return jobs.transform(build_id, step)

    @task
    def judge_marts(build_id: int) -> int:
        from tiengvang import jobs

        with o.final_errors():
            return jobs.judge_marts(build_id)

    @task(outlets=[o.MARTS])
    def publish_marts(build_id: int) -> dict[str, object]:
        from tiengvang import jobs

        with o.final_errors():
            return jobs.publish_marts(build_id)

    build_id = claim_days()
    check_freshness() >> build_id
    steps = [transform.override(task_id=step)(build_id, step) for step in STEPS]
    chain(*steps, judge_marts(build_id), publish_marts(build_id))


build_warehouse()
