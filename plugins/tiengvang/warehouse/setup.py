"""Bring a Postgres database to the shape that the warehouse needs."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import psycopg

from tiengvang.errors import SettingsError
from tiengvang.warehouse.connection import Connection, connect

HERE = Path(__file__).parent
MINIMUM_SERVER = 150000


def prepare(url: str) -> None:
    """Create what is missing of schemas, tables, roles and grants; change nothing else.

    Safe to run at every start and by several processes at once: where this version was prepared
    before, nothing is touched, because grants rewrite catalogue rows that a running build uses.

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
        schema, roles = ((HERE / name).read_bytes() for name in ("schema.sql", "roles.sql"))
        digest = hashlib.sha256(schema + roles).hexdigest()
        if _prepared_digest(connection) == digest:
            return
        connection.execute(schema)
        try:
            connection.execute(roles)
        except psycopg.errors.InsufficientPrivilege as error:
            raise SettingsError(
                "the login of TIENGVANG_WAREHOUSE_URL must own the database and may need CREATEROLE: "
                f"{error.diag.message_primary}"
            ) from None
        connection.execute(
            """
            insert into ops.prepared (sha256) values (%s)
            on conflict (is_only_row) do update set sha256 = excluded.sha256
            """,
            (digest,),
        )


def _prepared_digest(connection: Connection) -> str | None:
    found: Any = connection.execute("select to_regclass('ops.prepared')").fetchone()
    if found[0] is None:
        return None
    row: Any = connection.execute("select sha256 from ops.prepared").fetchone()
    return None if row is None else str(row[0])
