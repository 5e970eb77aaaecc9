"""Every quarter of an hour: GDELT's files that are due, loaded and judged."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("*/15 * * * *"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_gdelt.md",
)
def ingest_gdelt():
    o.ingest_tasks("gdelt", o.GDELT, workers=o.load_workers())


ingest_gdelt()
