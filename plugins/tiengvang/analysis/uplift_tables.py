"""Read what ``uplift`` is measured over, write its tables in ``computed``."""

from __future__ import annotations

from tiengvang.warehouse.connection import Connection


def write_uplift_tables(connection: Connection) -> dict[str, int]:
    """Write the tables of uplifts of events, in the caller's transaction.

    Returns:
        The number of rows written per table.
    """
    return {}
