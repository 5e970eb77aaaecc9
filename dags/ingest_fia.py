"""Every week: the Foreign Investment Agency's yearly tables, as far as the folder holds new ones."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("0 4 * * 1"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_fia.md",
)
def ingest_fia():
    o.ingest_tasks("fia", o.FIA)


ingest_fia()
