"""The step ``analyse`` of a build: alerts, uplifts and leads, from the candidate marts into ``computed``.

Every verdict is computed anew at each build from the rows that are there: the same rows give the same
verdicts, whichever builds wrote them.
"""

from __future__ import annotations

from tiengvang.analysis.alert_tables import write_alert_tables
from tiengvang.analysis.lead_tables import write_lead_tables
from tiengvang.analysis.uplift_tables import write_uplift_tables
from tiengvang.warehouse.connection import Connection


def analyse(connection: Connection) -> dict[str, int]:
    """Write all tables of the analysis, in one transaction.

    Returns:
        The number of rows written per table of ``computed``.
    """
    with connection.transaction():
        return (
            write_alert_tables(connection)
            | write_uplift_tables(connection)
            | write_lead_tables(connection)
        )
