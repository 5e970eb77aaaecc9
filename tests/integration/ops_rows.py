"""What doors, builds and editions leave in ``ops``, written by hand."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import psycopg
from harness import Warehouse

WORLD = """
    insert into ops.world (world_name, is_synthetic, declared_as_of)
    values ('sample <7>', true, '2026-07-13T01:20Z')
"""
BUILD = """
    insert into ops.builds (as_of_at, project_digest, status) values (ops.as_of(), 'x', %s)
    returning build_id
"""
PUBLICATION = """
    insert into ops.publications (build_id, as_of_at, project_digest, rows_deleted, rows_inserted)
    values (%s, ops.as_of(), 'x', 0, 1) returning publication_id
"""
EDITION = """
    insert into ops.editions (
        edition_id, publication_id, status, cadence, period_start, period_end, as_of_at, folder,
        recorded_at
    ) values (%s, (select max(publication_id) from ops.publications), %s, 'daily', %s::date - 7, %s,
        ops.as_of(), %s, clock_timestamp())
"""
FAILED = """
    insert into ops.gate_results (
        door, subject, suite, expectation, column_name, severity, is_success, sentence_en, sentence_vi
    ) values (%s, %s, 'a_suite', 'expect', %s, %s, false, %s, %s)
"""


class Ops:
    """Writes what doors, builds and editions leave in ``ops``."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self.run(WORLD)
        self.build("published")

    def run(self, statement: str, *values: Any) -> Any:
        with psycopg.connect(self.warehouse.url) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchone()[0] if cursor.description else None

    def build(self, status: str) -> str:
        number = self.run(BUILD, status)
        if status == "published":
            self.run(PUBLICATION, number)
        return f"build {number}"

    def edition(self, name: str, status: str, end: date) -> str:
        folder = name if status == "published" else None
        self.run(EDITION, name, status, end, end, folder)
        if folder:
            path = self.warehouse.home / "editions" / folder / "manifest.json"
            path.parent.mkdir(parents=True)
            texts = {
                "en": {"title": f"Title of {name}", "period": "a week", "headline": "Rose & fell."},
                "vi": {"title": f"Tên của {name}", "period": "một tuần", "headline": "Tăng, giảm."},
            }
            path.write_text(json.dumps({"texts": texts}), encoding="utf-8")
        return f"edition {name}"

    def failed(self, door: str, subject: str, rule: str, severity: str = "critical") -> None:
        self.run(FAILED, door, subject, rule, severity, f"{rule} is <bad>.", f"{rule} không đạt.")
