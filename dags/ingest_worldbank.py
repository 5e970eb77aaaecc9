"""Every day until the week's answers are there: World Bank indicators, vintages where values changed."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("0 3 * * *"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_worldbank.md",
)
def ingest_worldbank():
    o.ingest_tasks("worldbank", o.WORLDBANK)


ingest_worldbank()
