"""Statistics that are revised in place: what was read is a vintage where it differs from the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from psycopg import sql

from tiengvang.sources.records import ParsedFile
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.raw_rows import write_rows

# Bounds of a believable figure: beyond them a short number like 1e999999 would be written out as a
# megabyte of digits.
MAX_DIGITS = 60
MAX_EXPONENT = 30


@dataclass(frozen=True, slots=True)
class VintageTables:
    """Where vintages of one kind of answer are kept, and the column that tells answers apart.

    Both tables have that column and ``vintage_date``; the list of vintages has ``payload_sha256`` too.
    """

    observations: str
    vintages: str
    key_column: str

    def write(
        self, connection: Connection, parsed: ParsedFile, load_id: int, key: str, day: date
    ) -> bool:
        """Write an answer as the day's vintage, unless its values are those of the newest one.

        A vintage that door one refused does not count. Returns whether there is a new vintage.
        """
        listed = next(table for table in parsed.tables if table.table == self.vintages)
        digest = listed.rows[0][listed.columns.index("payload_sha256")]
        if digest == self._newest_digest(connection, key):
            return False
        for table in (self.observations, self.vintages):
            connection.execute(
                sql.SQL("delete from {} where {} = %s and vintage_date = %s").format(
                    sql.Identifier(*table.split(".")), sql.Identifier(self.key_column)
                ),
                (key, day),
            )
        write_rows(connection, parsed.tables, load_id)
        return True

    def _newest_digest(self, connection: Connection, key: str) -> str | None:
        row: Any = connection.execute(
            sql.SQL(
                "select vintage.payload_sha256 from {} as vintage join ops.loads as load"
                " on load.load_id = vintage.load_id and load.status <> 'quarantined'"
                " where vintage.{} = %s order by vintage.vintage_date desc limit 1"
            ).format(sql.Identifier(*self.vintages.split(".")), sql.Identifier(self.key_column)),
            (key,),
        ).fetchone()
        return None if row is None else row[0]


def digest_of(rows: Iterable[tuple[Any, ...]]) -> str:
    """Return the SHA-256 of figures, whatever their order and however their numbers are written."""
    lines = sorted("\t".join(map(_canonical, row)) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def exact_number(text: str) -> Decimal | None:
    """Return the number that a text writes, exactly; None where it writes no believable number."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or len(value.as_tuple().digits) > MAX_DIGITS:
        return None
    return value if abs(value.adjusted()) <= MAX_EXPONENT else None


def _canonical(value: Any) -> str:
    if not isinstance(value, Decimal):
        return "" if value is None else str(value)
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if value == 0 else text
