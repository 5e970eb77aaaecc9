"""The queries of yearly and monthly outcomes, bound as the others are.

``first_month`` and ``next_month`` bound the months: the first that is drawn, and the one in which
the period ends.
"""

# ruff: noqa: S608  (names come from columns.py and columns_outcomes.py; values are bound)

from __future__ import annotations

from tiengvang.edition import columns
from tiengvang.edition.columns_outcomes import MAIN_MARKETS, MAIN_MONTHS


def columns_of(frame: str, of: str = "") -> str:
    """Return a frame's columns as a query lists them."""
    return ", ".join(f"{of}{name}" for name in columns.BY_FRAME[frame])


WATCHED = """(
    country_code_iso3 = %(focus)s or country_code_iso3 in (
        select country_code_iso3 from marts.dim_country where watch_role in ('focus', 'peer')
    )
)"""


def _main(fact: str, code: str, month: str, value: str, which: str) -> str:
    """Select the countries whose figures are largest over the newest months that have any."""
    rows = f"""marts.{fact}
        where country_code_iso3 = %(focus)s and {which}
          and {month} >= %(first_month)s and {month} < %(next_month)s"""
    return f"""(
        select {code} from {rows}
          and {month} > (select max({month}) from {rows}) - interval '{MAIN_MONTHS} months'
        group by {code} order by sum({value}) desc nulls last, {code} limit {MAIN_MARKETS}
    )"""


MAIN_ARRIVALS = _main(
    "fct_arrivals_month",
    "market_code",
    "arrivals_month",
    "arrivals_count",
    "market_kind = 'country' and transport_mode = 'all'",
)
MAIN_REGISTERED = _main(
    "fct_fdi_registered_month",
    "unit_code",
    "fdi_month",
    "new_capital_registered_usd",
    "breakdown = 'partner' and unit_kind = 'country'",
)

OUTCOME_QUERIES = {
    "outcomes": f"""
        select {columns_of("outcomes")} from marts.mart_outcome_year
        where {WATCHED}
          and outcome_year > %(last_year)s - %(outcome_years)s and outcome_year <= %(last_year)s
        order by country_code_iso3, outcome_year
    """,
    # The total with its parts by continent and mode, and the main markets.
    "arrivals": f"""
        select {columns_of("arrivals")} from marts.fct_arrivals_month
        where country_code_iso3 = %(focus)s
          and arrivals_month >= %(first_month)s and arrivals_month < %(next_month)s
          and (market_kind in ('total', 'continent') or market_code in {MAIN_ARRIVALS})
        order by market_code, transport_mode, arrivals_month
    """,
    "registered": f"""
        select {columns_of("registered")} from marts.fct_fdi_registered_month
        where country_code_iso3 = %(focus)s
          and fdi_month >= %(first_month)s and fdi_month < %(next_month)s
          and (
            breakdown = 'total' or (breakdown = 'partner' and unit_code in {MAIN_REGISTERED})
          )
        order by breakdown, unit_code, fdi_month
    """,
    "outcome_months": f"""
        select {columns_of("outcome_months")} from marts.mart_outcome_month
        where country_code_iso3 = %(focus)s
          and month_start_date >= %(first_month)s and month_start_date < %(next_month)s
          and (
            partner_country_code_iso3 in {MAIN_ARRIVALS}
            or partner_country_code_iso3 in {MAIN_REGISTERED}
          )
        order by partner_country_code_iso3, month_start_date
    """,
    # What was restated of the figures that are shown, monthly and yearly.
    "revisions": f"""
        select {columns_of("revisions")} from marts.mart_revision_log
        where change_kind = 'revised'
          and (
            (
              source = 'nso' and country_code_iso3 = %(focus)s
              and item_kind in ('market', 'partner', 'total')
              and (
                item_code = 'total' or item_code in {MAIN_ARRIVALS}
                or item_code in {MAIN_REGISTERED}
              )
              and period_start_date >= %(first_month)s and period_start_date < %(next_month)s
            )
            or (
              source = 'worldbank' and {WATCHED}
              and extract(year from period_start_date) > %(last_year)s - %(outcome_years)s
              and extract(year from period_start_date) <= %(last_year)s
            )
          )
        order by source, measure, country_code_iso3, item_kind, item_code, period_start_date,
            new_vintage_date, new_vintage
    """,
}
