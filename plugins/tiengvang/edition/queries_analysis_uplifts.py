"""The queries of uplifts of events, bound as the others are.

Those of now and of the last eight weeks, and the newest event of a year that has a figure.
"""

# ruff: noqa: S608  (names come from columns_analysis_uplifts.py; values are bound)

from __future__ import annotations

from tiengvang.edition.columns_analysis_uplifts import UPLIFT_DAYS_BACK
from tiengvang.edition.queries_outcomes import columns_of

RECENT = f"""(
    select event_code from marts.mart_event_uplift
    where starts_on <= %(as_of_date)s
      and window_ends_on >= %(as_of_date)s::date - {UPLIFT_DAYS_BACK}
    union
    (
      select event_code from marts.mart_event_uplift
      where suppressed_reason is null
        and window_ends_on between %(as_of_date)s::date - 365 and %(as_of_date)s
      order by evidence = 'registered' desc, window_ends_on desc, event_code
      limit 1
    )
)"""
KEY = "event_code, outcome, source_country_code_iso3"
UPLIFT_QUERIES = {
    "uplifts": f"""
        select {columns_of("uplifts")} from marts.mart_event_uplift
        where event_code in {RECENT}
        order by {KEY}
    """,
    "uplift_days": f"""
        select {columns_of("uplift_days")} from marts.mart_event_uplift_day
        where event_code in {RECENT}
        order by {KEY}, attention_date
    """,
    "uplift_donors": f"""
        select {columns_of("uplift_donors")} from marts.mart_event_uplift_donor
        where event_code in {RECENT}
        order by {KEY}, donor_country_code_iso3
    """,
}
