"""Every day: the registers that offices deliver, as far as the folder holds new files."""

from airflow.sdk import dag

from tiengvang import orchestration as o


@dag(
    schedule=o.every("20 22 * * *"),
    params=o.WINDOW_PARAMS,
    **o.COMMON,
    tags=["ingest"],
    doc_md="Runbook: docs/runbooks/ingest_registers.md",
)
def ingest_registers():
    o.ingest_tasks("registers", o.REGISTERS)


ingest_registers()
