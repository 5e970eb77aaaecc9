"""Tables full of good data, which single mutations spoil."""

from __future__ import annotations

from pathlib import Path

import psycopg

HERE = Path(__file__).parent
BACKUP = "select tablename, schemaname from pg_tables where schemaname = any (%s) order by 2, 1"
JUDGED = ["ops", "raw", "seeds", "staging", "intermediate", "computed", "warehouse", "marts"]


class GoodData:
    """Tables full of good data, and the way back to them after a mutation."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connection = psycopg.connect(url, autocommit=True)
        self.connection.execute("set time zone 'UTC'")
        for name in (
            "good_raw.sql",
            "good_partners.sql",
            "good_fia.sql",
            "good_factchecks.sql",
            "good_registers.sql",
            "good_nso.sql",
            "good_marts.sql",
            "good_measures.sql",
            "good_readiness.sql",
            "good_programme.sql",
            "good_alerts.sql",
            "good_uplifts.sql",
            "good_leads.sql",
        ):
            self.connection.execute((HERE / name).read_bytes())
        self.tables = [
            (f"{schema}.{table}", f"backup.{schema}_{table}")
            for table, schema in self.connection.execute(BACKUP, (JUDGED,)).fetchall()
        ]
        self.connection.execute("create schema backup")
        for table, copy in self.tables:
            self.connection.execute(f"create table {copy} as table {table}".encode())

    def mutate(self, statement: str) -> None:
        """Spoil the data; a mutation that changes nothing proves nothing."""
        for part in filter(str.strip, statement.split(";")):
            changed = self.connection.execute(part.encode())
            assert changed.rowcount != 0, f"changes nothing: {part}"

    def restore(self) -> None:
        """Bring every table back to the good data."""
        names = ", ".join(table for table, _ in self.tables)
        with self.connection.transaction():
            self.connection.execute(f"truncate {names}".encode())
            for table, copy in self.ordered():
                self.connection.execute(
                    f"insert into {table} overriding system value table {copy}".encode()
                )

    def ordered(self) -> list[tuple[str, str]]:
        """Referenced tables come first."""
        first = ["ops.loads", "ops.builds", "ops.publications"]
        return sorted(
            self.tables, key=lambda pair: first.index(pair[0]) if pair[0] in first else len(first)
        )
