"""The login with which people and BI tools read a laptop's warehouse."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tiengvang.local.postgres import warehouse_url
from tiengvang.local.secret_files import keep_secret, secret_path, write_private
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import role_url

BI_LOGIN = "tiengvang_bi"
BI_SECRET = "postgres_tiengvang_bi_password"  # noqa: S105  the name of a file


def ensure_bi_login(home: Path, owner_url: str) -> str:
    """Create the read-only login of a warehouse, and return its URL.

    Its sessions act as ``tiengvang_reader``, which must exist (``warehouse.setup.prepare``). A file
    of passwords for ``psql`` and other libpq programs is kept beside the secret.

    Raises:
        psycopg.Error: the server refuses, or the reader role does not exist.
    """
    password = keep_secret(home, BI_SECRET)
    login = sql.Identifier(BI_LOGIN)
    reader = sql.Identifier("tiengvang_reader")
    with psycopg.connect(owner_url) as connection:
        # Two callers at once would both find no such role.
        connection.execute("select pg_advisory_xact_lock(hashtext('tiengvang.bi_login'))")
        known = connection.execute("select rolname from pg_roles").fetchall()
        if (BI_LOGIN,) not in known:
            connection.execute(sql.SQL("create role {} login").format(login))
            connection.execute(
                sql.SQL("alter role {} password {}").format(login, sql.Literal(password))
            )
            connection.execute(sql.SQL("grant {} to {}").format(reader, login))
            connection.execute(sql.SQL("alter role {} set role = {}").format(login, reader))
            connection.execute(
                sql.SQL("alter role {} set default_transaction_read_only = on").format(login)
            )
    write_private(pgpass_path(home), f"*:*:*:{BI_LOGIN}:{password}\n")
    parts = urlsplit(owner_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{BI_LOGIN}:{password}@{place}"))


def pgpass_path(home: Path) -> Path:
    """Return the file that ``PGPASSFILE`` can name."""
    return secret_path(home, "pgpass")


def reader_url(settings: Settings) -> str:
    """Return a URL that can only read the public marts; the warehouse must have been prepared.

    On the embedded server that is the BI login; on a given server its login acting as the reader.
    """
    url = warehouse_url(settings)
    if settings.warehouse_url is not None:
        return role_url(url, "reader")
    return ensure_bi_login(settings.home, url)


def without_password(url: str) -> str:
    """Return a URL that may be printed."""
    parts = urlsplit(url)
    user = f"{parts.username}@" if parts.username else ""
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}{place}"))


def connection_lines(settings: Settings) -> dict[str, str]:
    """Return what a BI tool asks for, and the line that opens ``psql``, by their labels.

    Passwords are named by their file, never printed. On a given server the login that only reads is told
    of where this home has made it (``tiengvang init --bi-login``).
    """
    url = without_password(reader_url(settings))
    parts = urlsplit(url)
    password = secret_path(settings.home, BI_SECRET)
    place = f"host {parts.hostname}, port {parts.port or 5432}, database {unquote(parts.path[1:])}, user "
    if settings.warehouse_url is not None and not password.exists():
        made = f"{BI_LOGIN}, once `tiengvang init --bi-login` has made it"
        return {"connect": place + made, "psql": f'psql "{url}"'}
    # The role is the login's own; how the connection is encrypted stays.
    given = urlencode(
        [(name, value) for name, value in parse_qsl(parts.query) if name != "options"]
    )
    at = f"{BI_LOGIN}@{parts.netloc.rpartition('@')[2]}"
    reader = urlunsplit(parts._replace(netloc=at, query=given))
    return {
        "connect": place + BI_LOGIN,
        "password": f"in {password}",
        "psql": f'PGPASSFILE="{pgpass_path(settings.home)}" psql "{reader}"',
    }
