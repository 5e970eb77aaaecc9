"""The embedded Postgres server of a laptop: started when needed, left running, stoppable."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from tiengvang.errors import SettingsError, TiengVangError
from tiengvang.local import pg_cluster, pg_server
from tiengvang.local.locks import locked
from tiengvang.local.pg_binaries import MINIMUM_MAJOR, choose_account, find_binaries
from tiengvang.local.pg_cluster import OWNER
from tiengvang.local.secret_files import keep_secret
from tiengvang.settings import Settings, get_settings

DATABASE = "tiengvang"
AIRFLOW = "airflow"


def warehouse_url(settings: Settings) -> str:
    """Return the URL of the warehouse as its owner: the given server, else the embedded one.

    Raises:
        SettingsError: the given server cannot be reached or is too old.
        TiengVangError: the embedded server cannot be started.
    """
    if settings.warehouse_url is None:
        return ensure_running(settings.home, pg_bin=settings.pg_bin)
    url = settings.warehouse_url.get_secret_value()
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        # The driver's message names host, port and user, never the password.
        raise SettingsError(f"TIENGVANG_WAREHOUSE_URL: {str(error).strip()}") from None
    if version < MINIMUM_MAJOR * 10_000:
        raise SettingsError(
            f"TIENGVANG_WAREHOUSE_URL: the server is PostgreSQL {version // 10_000}, "
            f"at least {MINIMUM_MAJOR} is needed"
        )
    return url


def running_url(settings: Settings) -> str | None:
    """Return the URL of the warehouse as its owner, starting nothing; None when the embedded one is down.

    A given server is not asked whether it is there.
    """
    if settings.warehouse_url is not None:
        return settings.warehouse_url.get_secret_value()
    if not is_running(settings.home):
        return None
    return _url(settings.home, OWNER, DATABASE)


def ensure_running(home: Path, *, pg_bin: Path | None = None) -> str:
    """Return the owner's URL of database ``tiengvang``; start the server first if it is down.

    Safe to call from many processes at once. The server outlives the caller.

    Args:
        home: folder of all runtime files; data lies in ``home/postgres``.
        pg_bin: folder of Postgres programs, by default the setting ``TIENGVANG_PG_BIN``.

    Raises:
        TiengVangError: no usable programs, or the server did not start; the message names the log.
    """
    with locked(home / "postgres.lock"):
        data = pg_cluster.data_folder(home)
        if pg_server.await_settled(data) is None:
            binaries = find_binaries(pg_bin or get_settings().pg_bin)
            pg_server.start(home, binaries, choose_account())
        if not (data / "tiengvang.databases").exists():
            _create_databases(home)
        return _url(home, OWNER, DATABASE)


def airflow_url(home: Path) -> str:
    """Return the URL of Airflow's own database on the running embedded server."""
    return _url(home, AIRFLOW, AIRFLOW)


def port(home: Path) -> int:
    """Return the port of the embedded server, remembered from start to start.

    Raises:
        TiengVangError: the server has never been started.
    """
    try:
        return int((home / "postgres" / "port").read_text())
    except FileNotFoundError:
        raise TiengVangError("the embedded server has never been started") from None


def is_running(home: Path) -> bool:
    """Say whether the embedded server of this home is up."""
    return pg_server.postmaster(pg_cluster.data_folder(home)) is not None


def stop(home: Path) -> None:
    """Stop the embedded server: sessions are ended, data is flushed. Harmless if it is down.

    Raises:
        TiengVangError: the server is still there afterwards.
    """
    if not is_running(home):
        return
    with locked(home / "postgres.lock"):
        process = pg_server.postmaster(pg_cluster.data_folder(home))
        if process is not None:
            pg_server.stop(process)


def _url(home: Path, user: str, database: str) -> str:
    password = keep_secret(home, f"postgres_{user}_password")
    return f"postgresql://{user}:{password}@127.0.0.1:{port(home)}/{database}"


def _create_databases(home: Path) -> None:
    password = keep_secret(home, f"postgres_{AIRFLOW}_password")
    with psycopg.connect(_url(home, OWNER, "postgres"), autocommit=True) as connection:
        roles = connection.execute("select rolname from pg_roles").fetchall()
        if (AIRFLOW,) not in roles:
            connection.execute(
                sql.SQL("create role {} login password {}").format(
                    sql.Identifier(AIRFLOW), sql.Literal(password)
                )
            )
        present = connection.execute("select datname from pg_database").fetchall()
        for database, owner in ((DATABASE, OWNER), (AIRFLOW, AIRFLOW)):
            name = sql.Identifier(database)
            if (database,) not in present:
                connection.execute(
                    sql.SQL("create database {} owner {}").format(name, sql.Identifier(owner))
                )
            connection.execute(sql.SQL("revoke all on database {} from public").format(name))
    (pg_cluster.data_folder(home) / "tiengvang.databases").touch()
