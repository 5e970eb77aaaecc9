"""Read what ``lead_lag`` is measured over, write its tables in ``computed``."""

from __future__ import annotations

from tiengvang.warehouse.connection import Connection


def write_lead_tables(connection: Connection) -> dict[str, int]:
    """Write the tables of leads of coverage, in the caller's transaction.

    Returns:
        The number of rows written per table.
    """
    return {}
