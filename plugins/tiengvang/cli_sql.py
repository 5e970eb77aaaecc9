"""SQL from the console: answers as CSV, and psql without a password on its command line."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

from tiengvang.errors import TiengVangError
from tiengvang.local.pg_binaries import find_binaries
from tiengvang.warehouse.connection import connect

ROWS = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(select|with|values|table)\b", re.I | re.S)


def as_csv(url: str, role: Literal["reader", "owner"], query: str) -> Iterator[str]:
    """Yield the answer to a statement as CSV with a header, in pieces; memory stays flat for a query.

    Of several statements each that returns rows is answered, one after the other. What returns none yields
    nothing and is committed. A reader's session is read-only.

    Raises:
        TiengVangError: there is no statement, or the server refuses it; the message is the server's.
    """
    inner = query.strip().rstrip(";")
    if not inner:
        raise TiengVangError("there is no statement")
    try:
        with connect(url, role) as connection:
            connection.read_only = role == "reader"
            if not ROWS.match(query) or ";" in inner:
                yield from _answers(connection.execute(query.encode()))
                return
            # The line break ends a comment that the statement may end with.
            statement = f"copy ({inner}\n) to stdout with (format csv, header)"
            with connection.cursor().copy(statement.encode()) as copy:
                for block in copy:
                    yield bytes(block).decode()
    except psycopg.Error as error:
        raise TiengVangError(str(error).strip()) from None


def _answers(cursor: psycopg.Cursor[Any]) -> Iterator[str]:
    """Yield what statements returned that no COPY takes: of `show`, `explain`, or several at once."""
    while True:
        found = cursor.pgresult
        if found is not None and cursor.description:
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow([column.name for column in cursor.description])
            for row in range(found.ntuples):
                values = [found.get_value(row, column) for column in range(found.nfields)]
                writer.writerow(["" if value is None else value.decode() for value in values])
            yield text.getvalue()
        if not cursor.nextset():
            return


def psql_command(url: str, pg_bin: Path | None) -> tuple[str, dict[str, str]]:
    """Return the psql to run, and the environment that tells it where to connect.

    A psql of the system comes first: it edits lines, which the wheel's does not.
    """
    parts = urlsplit(url)
    environment = {
        "PGHOST": parts.hostname or "127.0.0.1",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    given = dict(parse_qsl(parts.query))
    names = {"options": "PGOPTIONS", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    environment.update({names[key]: value for key, value in given.items() if key in names})
    return shutil.which("psql") or find_binaries(pg_bin).program("psql"), environment
