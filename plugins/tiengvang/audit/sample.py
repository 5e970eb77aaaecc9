"""Which documents are read in an audit: the same ones, whoever draws them.

The sample of a country, language and month is the first 50 documents that pass the gates on text, subject
and time, in the order of md5(record id and month): an order that nobody chose, and that is not the order of
anything else. Documents of a suppressed language are drawn like the others: an audit can clear it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tiengvang.audit import SAMPLE_SIZE
from tiengvang.errors import TiengVangError
from tiengvang.warehouse.connection import Connection

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_SAMPLE = """
    with ordered as (
        select
            language_code_iso639_3, record_id, url, title, slot_at,
            row_number() over (
                partition by language_code_iso639_3
                order by md5(record_id || %(month)s::text) collate "C", record_id collate "C"
            ) as place
        from marts.fct_document_country
        where
            country_code_iso3 = %(country)s
            and slot_date >= %(first_day)s
            and slot_date < %(first_day)s + interval '1 month'
            and passes_text and passes_about and passes_time
            and (%(language)s::text is null or language_code_iso639_3 = %(language)s)
    )

    select language_code_iso639_3, record_id, url, title, slot_at from ordered
    where place <= %(size)s
    order by language_code_iso639_3, place
"""
_KNOWN = """
    select record_id, language_code_iso639_3, slot_date from marts.fct_document_country
    where country_code_iso3 = %(country)s and record_id = any(%(record_ids)s)
"""


@dataclass(frozen=True, slots=True)
class SampledDocument:
    """One document to read; ``seen_at`` is the slot in which it was first seen."""

    country_code: str
    language_code: str
    record_id: str
    url: str
    title: str | None
    seen_at: datetime


def read_month(text: str) -> date:
    """Read a month, ``YYYY-MM``, as its first day.

    Raises:
        ValueError: it is no month.
    """
    found = _MONTH.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no month such as 2026-06")
    return date(int(found[1]), int(found[2]), 1)


def focus_country(connection: Connection) -> str:
    """Return the ISO 3 code of the country that is in focus.

    Raises:
        TiengVangError: nothing is published yet.
    """
    published: Any = connection.execute(
        "select to_regclass('marts.mart_aboutness_audit') is not null"
    ).fetchone()
    row: Any = (
        published[0]
        and connection.execute(
            "select country_code_iso3 from marts.dim_country where watch_role = 'focus'"
        ).fetchone()
    )
    if not row:
        raise TiengVangError("there is nothing to audit yet: no marts are published")
    return str(row[0])


def read_sample(
    connection: Connection, country: str, month: date, language: str | None = None
) -> list[SampledDocument]:
    """Return the samples of a country and month, of one language or all, each in its order.

    A reader's connection is enough: only public marts are read.
    """
    rows: list[Any] = connection.execute(
        _SAMPLE,
        {
            "country": country,
            "month": f"{month:%Y-%m}",
            "first_day": month,
            "language": language,
            "size": SAMPLE_SIZE,
        },
    ).fetchall()
    return [SampledDocument(country, *row) for row in rows]


def read_places(
    connection: Connection, country: str, record_ids: Iterable[str]
) -> dict[str, tuple[str, date]]:
    """Return the language and month of documents about a country, as far as the marts hold them."""
    rows: list[Any] = connection.execute(
        _KNOWN, {"country": country, "record_ids": list(record_ids)}
    ).fetchall()
    return {record: (language, day.replace(day=1)) for record, language, day in rows}
