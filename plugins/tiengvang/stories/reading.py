"""Step 0 of a build: titles, addresses and outlet domains of raw documents, made comparable."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tiengvang.claims import Build
from tiengvang.stories.claimed_days import claimed_days, day_number, midnight
from tiengvang.stories.country_names import CountryNames, read_aliases
from tiengvang.stories.families import split_domain
from tiengvang.stories.site_names import strip_site_name
from tiengvang.stories.titles import clean_title, count_words, normalise
from tiengvang.stories.urls import canonical_url
from tiengvang.warehouse.connection import Connection
from tiengvang.watchlist import SEEDS

# The condition of the macro from_passed_loads, for this build: a load that is not judged well, or that
# passed after the claim, does not exist yet.
_DOCUMENTS = """
    select record_id, slot_at, stream, outlet_domain, url, title, language_code_iso639_3
    from raw.gdelt__documents
    where
        slot_at >= %(start)s
        and slot_at < %(end)s
        and load_id not in (
            select load_id from ops.loads where status <> 'passed'
            union all
            select load_id from ops.changed_days
            where build_id is distinct from %(build_id)s and load_id is not null and not is_done
        )
"""
_NEW_DOMAINS = """
    select distinct outlet_domain from (
        select outlet_domain from raw.gdelt__outlet_totals
        where slot_at >= %(start)s and slot_at < %(end)s
        union all
        select outlet_domain from raw.gdelt__events
        where slot_at >= %(start)s and slot_at < %(end)s and outlet_domain is not null
        union all
        select regexp_replace(
            lower(substring(url from '^https?://(?:[^/?#@]*@)?([^/:?#]+)')), '^www\\.', ''
        )
        from raw.gdelt__documents
        where slot_at >= %(start)s and slot_at < %(end)s
    ) as seen
    where outlet_domain is not null
"""
_COPY_TITLES = """
    copy computed.document_titles (
        record_id, slot_at, stream, title_text, title_key, url_key, title_word_count,
        named_country_codes_iso3
    ) from stdin
"""

TitleRow = tuple[Any, ...]


def read_documents(connection: Connection, build: Build, seeds: Path = SEEDS) -> int:
    """Write ``computed.document_titles`` and ``computed.outlet_domains`` for the claimed days.

    In a full refresh every day is written anew. One transaction; a day's documents are held at a time.

    Returns:
        The number of documents that were read.
    """
    names = CountryNames(read_aliases(seeds / "country_aliases.csv"))
    written = 0
    with connection.transaction():
        outlets = _outlet_names(connection, seeds)
        if build.is_full_refresh:
            connection.execute("delete from computed.document_titles")
            connection.execute("delete from computed.outlet_domains")
            _write_domains(connection, outlets)
        for day in sorted(_days(connection, build)):
            bounds = {
                "start": midnight(day), "end": midnight(day + 1), "build_id": build.build_id,
            }  # fmt: skip
            domains: list[Any] = connection.execute(_NEW_DOMAINS, bounds).fetchall()
            _write_domains(connection, dict.fromkeys(domain for (domain,) in domains))
            documents: list[Any] = connection.execute(_DOCUMENTS, bounds).fetchall()
            connection.execute(
                "delete from computed.document_titles where slot_at >= %(start)s and slot_at < %(end)s",
                bounds,
            )
            with connection.cursor().copy(_COPY_TITLES) as copy:
                for document in documents:
                    copy.write_row(_title_row(document, outlets, names))
            written += len(documents)
    return written


def _title_row(
    document: tuple[Any, ...], outlets: Mapping[str, str | None], names: CountryNames
) -> TitleRow:
    record_id, slot_at, stream, outlet_domain, url, title, language = document
    text = clean_title(title)
    name = outlets.get(outlet_domain) or outlets.get(split_domain(outlet_domain)[0])
    # "... - Vietnam News" names its site, not a country.
    bare = None if text is None else strip_site_name(text, outlet_domain, name)
    key = normalise(bare or "")
    return (
        record_id,
        slot_at,
        stream,
        text,
        key or None,
        canonical_url(url),
        count_words(key),
        names.named_in(bare, language),
    )


def _days(connection: Connection, build: Build) -> set[int]:
    if not build.is_full_refresh:
        return claimed_days(connection, build)
    row: Any = connection.execute(
        """
        select min(first_day), max(last_day) from (
            select min(slot_at)::date as first_day, max(slot_at)::date as last_day
            from raw.gdelt__outlet_totals
            union all
            select min(slot_at)::date, max(slot_at)::date from raw.gdelt__documents
            union all
            select min(slot_at)::date, max(slot_at)::date from raw.gdelt__events
        ) as tables
        """
    ).fetchone()
    if row[0] is None:
        return set()
    return set(range(day_number(row[0]), day_number(row[1]) + 1))


def _outlet_names(connection: Connection, seeds: Path) -> dict[str, str | None]:
    with (seeds / "outlets.csv").open(encoding="utf-8", newline="") as handle:
        names: dict[str, str | None] = {
            row["outlet_domain"]: row["outlet_name"] for row in csv.DictReader(handle)
        }
    sampled: list[Any] = connection.execute(
        "select outlet_domain, outlet_name from raw.sample__outlets"
    ).fetchall()
    return names | dict(sampled)


def _write_domains(connection: Connection, domains: Mapping[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into computed.outlet_domains (outlet_domain, registered_domain, public_suffix)
            select * from unnest(%s::text[], %s::text[], %s::text[])
            on conflict (outlet_domain) do nothing
            """,
            (
                list(domains),
                [split_domain(domain)[0] for domain in domains],
                [split_domain(domain)[1] for domain in domains],
            ),
        )
