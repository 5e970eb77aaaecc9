"""Where it is kept what an edition found different in those before it: ``ops.restatements``.

The marts cannot give it again: they are today's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tiengvang.edition.request import EditionRequest
from tiengvang.edition.restated import HeldAgainst, Restatement
from tiengvang.warehouse.connection import Connection
from tiengvang.windows import parse_instant


def write(connection: Connection, request: EditionRequest) -> None:
    """Keep what an edition found, beside its row; committed by the caller."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into ops.restatements (
                found_by, edition_id, file_name, row_key, column_name, published, today, reasons
            ) values (%s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [
                (
                    *(request.edition_id, held.edition_id, one.file, one.row_key, one.column),
                    *(one.published, one.today, list(one.reasons)),
                )
                for held in request.held_against
                for one in held.restatements
            ],
        )


def read_back(
    connection: Connection, edition_id: str, manifest: Mapping[str, Any]
) -> tuple[HeldAgainst, ...]:
    """Return what an edition was held against, from its manifest and the warehouse's records."""
    rows: list[Any] = connection.execute(
        """
        select edition_id, file_name, row_key, column_name, published, today, reasons
        from ops.restatements where found_by = %s order by restatement_id
        """,
        (edition_id,),
    ).fetchall()
    found: dict[str, list[Restatement]] = {}
    for published_by, file, key, column, published, today, reasons in rows:
        one = Restatement(file, key, column, published, today, tuple(reasons))
        found.setdefault(published_by, []).append(one)
    return tuple(
        replace(held, restatements=tuple(found.get(held.edition_id, ())))
        for held in map(_header, manifest.get("held_against", ()))
    )


def _header(given: Mapping[str, Any]) -> HeldAgainst:
    start, end = (date.fromisoformat(day) for day in given["period"])
    return HeldAgainst(
        edition_id=given["edition_id"],
        cadence=given["cadence"],
        period_start=start,
        period_end=end,
        as_of_at=parse_instant(given["as_of_at"]),
        problem=given["problem"],
        methods_before=tuple(given["methods_before"]),
        methods=tuple(given["methods"]),
        n_compared=given["n_compared"],
        moved=tuple(given.get("moved", ())),
    )
