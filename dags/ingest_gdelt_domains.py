"""Every week until the month's list is there: which countries outlets write about."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("0 6 * * 1"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_gdelt_domains.md",
)
def ingest_gdelt_domains():
    o.ingest_tasks("gdelt_domains", o.GDELT_DOMAINS)


ingest_gdelt_domains()
