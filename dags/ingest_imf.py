"""Every day until the month's answers are there: direct-investment positions by partner."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("10 4 * * *"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_imf.md",
)
def ingest_imf():
    o.ingest_tasks("imf", o.IMF)


ingest_imf()
