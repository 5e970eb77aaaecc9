"""Every week: UN Tourism's yearly figures, as far as the folder holds a new download."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("20 4 * * 1"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_un_tourism.md",
)
def ingest_un_tourism():
    o.ingest_tasks("un_tourism", o.UN_TOURISM)


ingest_un_tourism()
