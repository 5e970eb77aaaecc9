"""Every day: views of articles about the watched countries, as digital demand."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("20 6 * * *"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_pageviews.md",
)
def ingest_pageviews():
    o.ingest_tasks("pageviews", o.PAGEVIEWS)


ingest_pageviews()
