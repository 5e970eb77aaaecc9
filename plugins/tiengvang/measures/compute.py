"""Read what dbt counted, measure the weeks that a build touches, write the tables in ``computed``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from psycopg import sql

from tiengvang.claims import Build
from tiengvang.measures.attention import share_of_voice
from tiengvang.measures.message_gap import message_gaps
from tiengvang.measures.response_tables import write_response_tables
from tiengvang.measures.tone_premium import tone_premiums
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.frames import copy_frame, read_frame


@dataclass(frozen=True, slots=True)
class Reach:
    """A claimed day touches the weeks that begin so many days before it and after it.

    They are those of the mart that shows the table (``meta`` of its model), where they are explained.
    """

    days_before: int
    days_after: int


SHARE_OF_VOICE, TONE_PREMIUMS, MESSAGE_GAPS = "share_of_voice", "tone_premiums", "message_gaps"
REACHES = {
    SHARE_OF_VOICE: Reach(6, 27),
    TONE_PREMIUMS: Reach(12, 390),
    MESSAGE_GAPS: Reach(9, 27),
}
# Of one or two outlets there is no interval worth the name.
LEAST_OUTLETS = 3
WEEKS = """
    select week_start_date from intermediate.int_weeks
    where %(is_whole)s or exists (
        select from ops.changed_days as claimed
        where claimed.build_id = %(build_id)s and not claimed.is_done
            and week_start_date
                between claimed.day - %(before)s::integer and claimed.day + %(after)s::integer
    )
    order by 1
"""
COMPARED = """
    select distinct country_code_iso3 from seeds.watchlist
    where role in ('focus', 'peer')
        and valid_from <= %(day)s and (valid_to is null or %(day)s < valid_to)
    order by 1
"""
REGIONS = "select country_code_iso3, region_name_en from seeds.countries"
PILLARS = "select pillar from seeds.pillars order by pillar"
# An outlet that wrote about none of the countries has a row too: with no document about the first of them.
ATTENTION_COUNTS = """
    select
        coalesce(counts.country_code_iso3, %(first)s) as country_code_iso3,
        totals.source_country_code_iso3, totals.stream, totals.outlet_family,
        coalesce(counts.n_documents, 0)::float8 as x, totals.n_all_documents::float8 as n
    from intermediate.int_attention_totals as totals
    left join intermediate.int_attention_counts as counts
        on counts.week_start_date = totals.week_start_date
        and counts.source_country_code_iso3 = totals.source_country_code_iso3
        and counts.stream = totals.stream
        and counts.outlet_family = totals.outlet_family
        and counts.country_code_iso3 = any(%(compared)s)
    where totals.week_start_date = %(week)s
"""
TONE_UNITS = """
    select
        units.country_code_iso3, units.source_country_code_iso3, units.stratum, units.story_id,
        units.outlet_family, units.z
    from intermediate.int_weeks as weeks
    join intermediate.int_tone_units as units
        on units.first_date between weeks.window_start_date and weeks.window_end_date
    where weeks.week_start_date = %(week)s and units.country_code_iso3 = any(%(compared)s)
"""
PILLAR_WEIGHTS = """
    select
        pillars.country_code_iso3, pillars.series as side, pillars.source_country_code_iso3,
        pillars.language_code_iso639_3, pillars.story_id, pillars.pillar, pillars.weight
    from intermediate.int_weeks as weeks
    join intermediate.int_story_pillars as pillars
        on pillars.first_date between weeks.window_start_date and weeks.window_end_date
    where weeks.week_start_date = %(week)s and pillars.country_code_iso3 = any(%(compared)s)
"""
# What the statistics call by the letters of their formulas, as the tables name it.
COLUMN_NAMES = {
    SHARE_OF_VOICE: {
        "x": "n_documents",
        "n": "n_all_documents",
        "compared_countries": "compared_country_codes_iso3",
    },
    TONE_PREMIUMS: {},
    MESSAGE_GAPS: {"p": "owned_share", "q": "foreign_share"},
}


def measure(connection: Connection, build: Build) -> dict[str, int]:
    """Measure the weeks that a build touches, in one transaction; every week in a full refresh.

    Each week is computed alone from the rows of its window, so that it is the same whichever build
    wrote it. The response log has weeks of its own, see ``response_tables``.

    Returns:
        The number of rows written per table of ``computed``.
    """
    regions = dict(_rows(connection, REGIONS))
    pillars = tuple(pillar for (pillar,) in _rows(connection, PILLARS))
    written = {}
    with connection.transaction():
        for table, reach in REACHES.items():
            weeks = _weeks(connection, build, reach)
            _delete(connection, table, None if build.is_full_refresh else weeks)
            written[table] = sum(
                _write(
                    connection, table, week, _measured(connection, table, week, regions, pillars)
                )
                for week in weeks
            )
        written |= write_response_tables(connection, build)
    return written


def _measured(
    connection: Connection,
    table: str,
    week: date,
    regions: Mapping[str, str],
    pillars: tuple[str, ...],
) -> pd.DataFrame:
    compared = _compared(connection, week)
    if not compared:
        return pd.DataFrame()
    values = {"week": week, "compared": compared, "first": compared[0]}
    if table == SHARE_OF_VOICE:
        counts = read_frame(connection, ATTENTION_COUNTS, values)
        shares = share_of_voice(counts, frozenset(compared))
        return _withheld(shares)
    if table == TONE_PREMIUMS:
        return tone_premiums(
            read_frame(connection, TONE_UNITS, values), frozenset(compared), regions
        )
    return message_gaps(read_frame(connection, PILLAR_WEIGHTS, values), pillars, week.isoformat())


def _withheld(shares: pd.DataFrame) -> pd.DataFrame:
    """Take the shares of too few outlets, and say why a share is not there."""
    is_thin = shares["n_outlets"] < LEAST_OUTLETS
    shares.loc[is_thin, [column for column in shares if column.startswith("sov_")]] = float("nan")
    reason = pd.Series(None, index=shares.index, dtype=object)
    reason[shares["sov_balanced"].isna()] = "no_documents"
    reason[is_thin] = f"under_{LEAST_OUTLETS}_outlets"
    return shares.assign(suppressed_reason=reason)


def _weeks(connection: Connection, build: Build, reach: Reach) -> list[date]:
    values = {
        "build_id": build.build_id,
        "is_whole": build.is_full_refresh,
        "before": reach.days_before,
        "after": reach.days_after,
    }
    return [week for (week,) in _rows(connection, WEEKS, values)]


def _compared(connection: Connection, week: date) -> list[str]:
    """Return focus and peers of the week's last day, sorted."""
    return [
        country for (country,) in _rows(connection, COMPARED, {"day": week + timedelta(days=6)})
    ]


def _rows(
    connection: Connection, query: str, values: dict[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = connection.execute(query.encode(), values).fetchall()
    return rows


def _delete(connection: Connection, table: str, weeks: list[date] | None) -> None:
    target = sql.Identifier("computed", table)
    if weeks is None:
        connection.execute(sql.SQL("delete from {}").format(target))
    else:
        connection.execute(
            sql.SQL("delete from {} where week_start_date = any(%s)").format(target), (weeks,)
        )


def _write(connection: Connection, table: str, week: date, rows: pd.DataFrame) -> int:
    if rows.empty:
        return 0
    named = rows.rename(columns=COLUMN_NAMES[table])
    named.insert(0, "week_start_date", week)
    return copy_frame(connection, table, named)
