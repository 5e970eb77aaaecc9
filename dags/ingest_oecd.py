"""Every day until the month's answers are there: direct-investment flows by partner."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("40 4 * * *"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_oecd.md",
)
def ingest_oecd():
    o.ingest_tasks("oecd", o.OECD)


ingest_oecd()
