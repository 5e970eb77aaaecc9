"""Every day until the month's list is there: ranks of the sites that outlets publish on."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("0 5 * * *"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_tranco.md",
)
def ingest_tranco():
    o.ingest_tasks("tranco", o.TRANCO)


ingest_tranco()
