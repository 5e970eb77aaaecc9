"""What the marts door compares a build with: its claim, the watch-list, and the public marts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, LiteralString

from tiengvang.gate_revision_statistics import lost_statistics
from tiengvang.warehouse.connection import Connection
from tiengvang.watchlist import SEEDS, watchlist_on

# Summed over what is published: a country that is watched newly must not hide what another one lost.
KEPT_DOCUMENTS = """
    with published as (
        select country_code_iso3, slot_date, min(method_version) as method_version,
            count(*) as documents, count(*) filter (where is_eligible) as eligible
        from marts.fct_document_country
        where slot_date between %(first_day)s and %(last_day)s
        group by country_code_iso3, slot_date
    ),
    candidate as (
        select country_code_iso3, slot_date, min(method_version) as method_version,
            count(*) as documents,
            count(*) filter (where is_eligible or not passes_audit) as eligible
        from warehouse.fct_document_country
        where slot_date between %(first_day)s and %(last_day)s
        group by country_code_iso3, slot_date
    )
    select sum(coalesce(candidate.documents, 0))::float8 / sum(published.documents)::float8,
        sum(candidate.eligible) filter (where same_method)::float8
        / nullif(sum(published.eligible) filter (where same_method), 0)::float8
    from published
    join marts.mart_data_trust as trust_before
        on trust_before.trust_date = published.slot_date and trust_before.stream = 'all'
    join warehouse.mart_data_trust as trust_after
        on trust_after.trust_date = published.slot_date and trust_after.stream = 'all'
        and trust_after.slots_received = trust_before.slots_received
    left join candidate using (country_code_iso3, slot_date)
    cross join lateral (values (candidate.method_version = published.method_version))
        as compared (same_method)
    where exists (
        select from seeds.watchlist
        where watchlist.country_code_iso3 = published.country_code_iso3
            and role in ('focus', 'peer') and valid_from <= published.slot_date
            and (valid_to is null or published.slot_date < valid_to)
    )
"""

KEPT_OUTLETS = """
    select count(candidate.outlet_domain)::float8 / nullif(count(*), 0)
    from marts.dim_outlet as public
    left join warehouse.dim_outlet as candidate using (outlet_domain)
"""

# Investment is left out: it changes its sign, and a ratio of such figures says nothing.
KEPT_FIGURES = """
    with pair as (
        select before.value as before_value, after.value as after_value
        from marts.mart_outcome_year as public
        left join warehouse.mart_outcome_year as candidate using (country_code_iso3, outcome_year)
        cross join lateral (
            values (1, public.gdp_usd), (2, public.population_count),
                (3, public.tourism_arrivals_count), (4, public.tourism_receipts_usd)
        ) as before (figure, value)
        join lateral (
            values (1, candidate.gdp_usd), (2, candidate.population_count),
                (3, candidate.tourism_arrivals_count), (4, candidate.tourism_receipts_usd)
        ) as after (figure, value) using (figure)
        where before.value > 0
    )
    select count(after_value)::float8 / nullif(count(*), 0),
        count(*) filter (
            where after_value not between before_value / 10 and before_value * 10
        )::float8 / nullif(count(after_value), 0)
    from pair
"""


def build_parameters(connection: Connection, build_id: int, seeds: Path = SEEDS) -> dict[str, Any]:
    """Return what the suites of the marts door name, for one build.

    The days are those that the build claimed, seven more on each side (the longest reach of a
    model); a full refresh judges every day.

    Raises:
        LookupError: there is no such build.
    """
    row: Any = connection.execute(
        """
        select as_of_at, (as_of_at at time zone 'UTC')::date,
            case when is_full_refresh then date '0001-01-01' else min(day) - 7 end,
            case when is_full_refresh then date '9999-12-31' else max(day) + 7 end
        from ops.builds left join ops.changed_days using (build_id)
        where build_id = %s group by build_id
        """,
        (build_id,),
    ).fetchone()
    if row is None:
        raise LookupError(f"there is no build {build_id}")
    as_of: datetime = row[0]
    first_day: date = row[2] or row[1]
    last_day: date = row[3] or row[1]
    return {
        "build_id": build_id,
        "as_of": as_of,
        "as_of_date": row[1],
        "first_day": first_day,
        "last_day": last_day,
        "watched_country_codes_fips": sorted(watchlist_on(row[1], seeds).watched_fips),
    }


def revision(connection: Connection, first_day: date, last_day: date) -> dict[str, float | None]:
    """Compare the candidate marts with the public ones: what a build would take away from readers.

    Documents are compared on days of which as many slots are received as before, so that a file
    that was withdrawn is a gap and not a loss, and of countries that the candidates' watch-list
    watches on that day, so that a country taken off the list is none either. Eligible ones are
    compared where both are counted by one version of the method; those of a language that an audit
    suppresses are meant to go. Statistics are compared as ``lost_statistics`` says. Every value is null
    where nothing is published yet.
    """
    days = {"first_day": first_day, "last_day": last_day}
    return {
        **_compared(
            connection, KEPT_DOCUMENTS, days, "documents_kept_share", "eligible_kept_share"
        ),
        **_compared(connection, KEPT_OUTLETS, {}, "outlets_kept_share"),
        **_compared(connection, KEPT_FIGURES, {}, "figures_kept_share", "figures_changed_share"),
        **lost_statistics(connection),
    }


def _compared(
    connection: Connection, query: LiteralString, days: dict[str, date], *names: str
) -> dict[str, float | None]:
    published: Any = connection.execute(
        "select to_regclass('marts.mart_data_trust') is not null"
    ).fetchone()
    if not published[0]:
        return dict.fromkeys(names)
    row: Any = connection.execute(query, days).fetchone()
    return dict(zip(names, row, strict=True))
