"""Read what ``anomalies`` is measured over, write its tables in ``computed``."""

from __future__ import annotations

from tiengvang.warehouse.connection import Connection


def write_alert_tables(connection: Connection) -> dict[str, int]:
    """Write the tables of alerts and shifts, in the caller's transaction.

    Returns:
        The number of rows written per table.
    """
    return {}
