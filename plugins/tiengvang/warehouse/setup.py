"""Bring a Postgres database to the shape that the warehouse needs."""

from __future__ import annotations

from pathlib import Path

import psycopg

from tiengvang.errors import SettingsError
from tiengvang.warehouse.connection import connect

HERE = Path(__file__).parent
MINIMUM_SERVER = 150000


def prepare(url: str) -> None:
    """Create what is missing of schemas, tables, roles and grants; change nothing else.

    Safe to run at every start and by several processes at once.

    Raises:
        SettingsError: the server is older than Postgres 15, or the login may not create roles.
    """
    with connect(url, "owner") as connection:
        version = connection.info.server_version
        if version < MINIMUM_SERVER:
            raise SettingsError(
                f"the warehouse's server is Postgres {version // 10000}, expected 15 or newer"
            )
        connection.execute("select pg_advisory_xact_lock(hashtext('tiengvang.setup'))")
        connection.execute((HERE / "schema.sql").read_bytes())
        try:
            connection.execute((HERE / "roles.sql").read_bytes())
        except psycopg.errors.InsufficientPrivilege as error:
            raise SettingsError(
                "the login of TIENGVANG_WAREHOUSE_URL must own the database and may need CREATEROLE: "
                f"{error.diag.message_primary}"
            ) from None
