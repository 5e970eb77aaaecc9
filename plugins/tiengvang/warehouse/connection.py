"""Connections to the warehouse, each under the database role that its work needs."""

from __future__ import annotations

from typing import Literal
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import psycopg

Role = Literal["owner", "loader", "builder", "publisher", "reader"]
Connection = psycopg.Connection[tuple[object, ...]]


def role_url(url: str, role: Role) -> str:
    """Return the warehouse's URL with the session's role set by a start-up option.

    The login of the URL is a member of every role and acts as the named one only; ``owner`` is
    the login itself.
    """
    return url if role == "owner" else _with_setting(url, f"role=tiengvang_{role}")


def _with_setting(url: str, setting: str) -> str:
    """Return a URL whose sessions start with one setting more."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    options = f"{query.get('options', '')} -c {setting}".strip()
    return urlunsplit(
        parts._replace(query=urlencode({**query, "options": options}, quote_via=quote))
    )


def connect(url: str, role: Role, *, autocommit: bool = False) -> Connection:
    """Open a connection that acts as one role, in UTC.

    Raises:
        psycopg.OperationalError: the server cannot be reached or refuses the login.
    """
    return psycopg.connect(
        _with_setting(role_url(url, role), "TimeZone=UTC"),
        autocommit=autocommit,
        application_name=f"tiengvang {role}",
    )


def connect_to_read(url: str, *, seconds: int = 5) -> Connection:
    """Open a connection that may read the marts and the operational tables, and write nothing.

    For pages: whoever waits for one gets an answer or an error within the given seconds per query.

    Raises:
        psycopg.OperationalError: the server cannot be reached in time or refuses the login.
    """
    limits = f"default_transaction_read_only=on -c statement_timeout={seconds}s"
    return psycopg.connect(
        _with_setting(_with_setting(role_url(url, "publisher"), "TimeZone=UTC"), limits),
        application_name="tiengvang desk",
        connect_timeout=seconds,
    )
