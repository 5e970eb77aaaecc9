"""Measure the response log's weeks, and find the documents at the addresses that its cases name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd
from psycopg import sql

from tiengvang.claims import Build
from tiengvang.measures.response_clock import response_clock, response_curve
from tiengvang.stories.urls import canonical_url, names_a_page
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.frames import copy_frame, delete_rows

CLOCK, CURVE, PAGES = "response_clock", "response_curve", "case_pages"
SOURCE = "registers"
# A week is measured again when a register came, and while it is not over: its last day moves. One that
# an edit left without a case goes: it was never there for a warehouse to which the edit came first.
WEEKS = """
    select distinct counted.week_start_date
    from intermediate.int_response_weeks as counted
    left join computed.response_clock as held
        on counted.week_start_date = held.week_start_date
    where
        %(is_whole)s
        or held.window_end_date is distinct from counted.window_end_date
        or exists (
            select from ops.changed_days
            where build_id = %(build_id)s and source = %(source)s and not is_done
        )
    union
    select held.week_start_date
    from computed.response_clock as held
    where not exists (
        select from intermediate.int_response_weeks as counted
        where counted.week_start_date = held.week_start_date
    )
"""
CASES = """
    select
        week_start_date, window_start_date, window_end_date, hours, outcome, decision, target_hours
    from intermediate.int_response_weeks
    where week_start_date = any(%(weeks)s)
    order by week_start_date, case_code
"""
ADDRESSES = """
    select case_code, page, url
    from intermediate.int_response_versions
    cross join lateral (
        values ('claim', claim_url), ('statement', statement_url)
    ) as named (page, url)
    where is_latest and url is not null
    order by 1, 2
"""
AT_ADDRESSES = "select url_key, record_id from computed.document_titles where url_key = any(%s)"
KEY = ["week_start_date", "window_start_date", "window_end_date"]


def write_response_tables(connection: Connection, build: Build) -> dict[str, int]:
    """Write ``computed.response_clock``, ``response_curve`` and ``case_pages``, in the caller's transaction.

    Each week is computed alone from what was known at its end, so that it is the same whichever build
    wrote it; the cases of one week are held at a time.

    Returns:
        The number of rows written per table.
    """
    values = {
        "is_whole": build.is_full_refresh, "build_id": build.build_id, "source": SOURCE,
    }  # fmt: skip
    rows: list[Any] = connection.execute(WEEKS.encode(), values).fetchall()
    weeks = [week for (week,) in rows]
    for table in (CLOCK, CURVE):
        if build.is_full_refresh:
            delete_rows(connection, table)
        else:
            connection.execute(
                sql.SQL("delete from {} where week_start_date = any(%s)").format(
                    sql.Identifier("computed", table)
                ),
                (weeks,),
            )
    written = {CLOCK: 0, CURVE: 0}
    for key, cases in _weeks(connection, weeks):
        clock = pd.DataFrame([key | response_clock(cases)])
        curve = response_curve(cases)
        if len(curve):
            curve.insert(0, "week_start_date", key["week_start_date"])
        written[CLOCK] += copy_frame(connection, CLOCK, clock)
        written[CURVE] += copy_frame(connection, CURVE, curve)
    delete_rows(connection, PAGES)
    return written | {PAGES: copy_frame(connection, PAGES, _pages(connection))}


def _weeks(
    connection: Connection, weeks: list[date]
) -> Iterator[tuple[dict[str, date], pd.DataFrame]]:
    with connection.cursor(name="cases") as cursor:
        cursor.execute(CASES.encode(), {"weeks": weeks})
        columns = [column.name for column in cursor.description or []]
        for _, rows in groupby(cursor, key=lambda row: row[0]):
            cases = pd.DataFrame(list(rows), columns=columns)
            yield {name: cases[name].iloc[0] for name in KEY}, cases


def _pages(connection: Connection) -> pd.DataFrame:
    addresses: list[Any] = connection.execute(ADDRESSES.encode()).fetchall()
    named = pd.DataFrame(addresses, columns=["case_code", "page", "url"])
    named["url_key"] = named["url"].map(canonical_url)
    named = named[named["url_key"].map(names_a_page).astype(bool)]
    keys = sorted(set(named["url_key"]))
    found: list[Any] = connection.execute(AT_ADDRESSES.encode(), (keys,)).fetchall()
    documents = pd.DataFrame(found, columns=["url_key", "record_id"])
    return named.merge(documents, on="url_key")[["case_code", "page", "record_id"]]
