"""SQL for a person to read and to paste: an edition's queries, and rows of their marts by their keys."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from psycopg import sql

from tiengvang.contracts import read_contracts
from tiengvang.edition.columns import BY_FRAME
from tiengvang.edition.facts import bindings
from tiengvang.edition.queries import QUERIES
from tiengvang.edition.request import EditionRequest

if TYPE_CHECKING:
    from tiengvang.edition.sourced import RowKey


def bound_sql(name: str, request: EditionRequest) -> str:
    """Return a query of the edition with its parameters written in, to paste into any client."""
    literals = {key: literal(value) for key, value in bindings(request).items()}
    return textwrap.dedent(QUERIES[name]).strip() % literals + ";"


def literal(value: Any) -> str:
    """Write a value as SQL; days as text that SQL compares with days."""
    return "null" if value is None or value != value else sql.Literal(value).as_string()


@cache
def main_mart(query: str) -> str:
    """Return the mart of which a query's rows are rows: the one that has all its columns.

    Raises:
        LookupError: no mart of the query has all of them.
    """
    for mart in dict.fromkeys(re.findall(r"marts\.(\w+)", QUERIES[query])):
        if set(BY_FRAME[query]) <= set(read_contracts()[mart].columns):
            return str(mart)
    raise LookupError(f"no mart has all columns of the query {query}")


def rows_of(rows: Sequence[RowKey], request: EditionRequest) -> str:
    """Return the from and where of rows of one query: columns in which all agree are written once."""
    query = rows[0].query
    missing = [
        ("country_code_iso3", request.focus_iso3)
        for name in read_contracts()[main_mart(query)].primary_key
        if name == "country_code_iso3" and name not in BY_FRAME[query]
    ]
    same = [pair for pair in rows[0].key if all(pair in row.key for row in rows)]
    conditions = [_equal(*pair) for pair in (*missing, *same)]
    rest = [name for name, value in rows[0].key if (name, value) not in same]
    if rest:
        listed = ", ".join(
            _tuple([literal(value) for name, value in row.key if name in rest]) for row in rows
        )
        conditions.append(f"{_tuple(rest)} in ({listed})")
    return f"from marts.{main_mart(query)}\nwhere " + "\n  and ".join(conditions)


def _tuple(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"


def _equal(name: str, value: Any) -> str:
    text = literal(value)
    return f"{name} is null" if text == "null" else f"{name} = {text}"
