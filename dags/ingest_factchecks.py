"""Every day: the feed of fact-checks, of which listed checkers' reviews are kept, without any person."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("30 5 * * *"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_factchecks.md",
)
def ingest_factchecks():
    o.ingest_tasks("factchecks", o.FACTCHECKS)


ingest_factchecks()
