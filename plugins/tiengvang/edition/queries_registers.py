"""The queries of registers and fact-checks, bound as the others are.

They say what was known when the marts were built, on ``as_of_date``; the response clock alone is of
the newest week that was over when the period ended.
"""

# ruff: noqa: S608  (names come from columns_registers.py; values are bound)

from __future__ import annotations

from tiengvang.edition.queries_outcomes import columns_of

CLOCKS = """marts.mart_response_clock where window_end_date < %(period_end)s"""

REGISTER_QUERIES = {
    "provinces": f"""
        select {columns_of("provinces")} from marts.dim_province
        where valid_from <= %(as_of_date)s and coalesce(valid_to, 'infinity') > %(as_of_date)s
        order by province_id
    """,
    "readiness": f"""
        select {columns_of("readiness")} from marts.mart_readiness_kpi
        where superseded_on is null and valid_on <= %(as_of_date)s
        order by kpi_code, population_version desc, basis desc, valid_on
    """,
    "readiness_units": f"""
        select {columns_of("readiness_units")} from marts.mart_readiness_unit
        where is_current
        order by population_version, unit_code, kpi_code
    """,
    "events": f"""
        select {columns_of("events")} from marts.dim_event order by starts_on, event_code
    """,
    "event_versions": f"""
        select {columns_of("event_versions")} from marts.mart_event_calendar
        order by event_code, version_number
    """,
    "agreements": f"""
        select {columns_of("agreements")} from marts.mart_agreement
        where country_code_iso3 = %(focus)s
        order by signed_on desc nulls last, partner_country_code_iso3, agreement_kind, title_en
    """,
    "awards": f"""
        select {columns_of("awards")} from marts.mart_award_edition
        order by award_code, edition_number desc
    """,
    "training": f"""
        select {columns_of("training")} from marts.mart_training_unit
        order by training_year desc, unit_code
    """,
    # Those about peers alone wait for no answer of the focus.
    "claims": f"""
        select {columns_of("claims")} from marts.mart_claim_watch
        where answer_status is not null
        order by published_on desc nulls last, review_id
    """,
    "response_clock": f"""
        select {columns_of("response_clock")} from {CLOCKS}
          and week_start_date > %(period_end)s::date - %(clock_days)s
        order by week_start_date
    """,
    "response_curve": f"""
        select {columns_of("response_curve")} from marts.mart_response_curve
        where week_start_date = (select max(week_start_date) from {CLOCKS})
        order by hours_since_seen
    """,
    "correction_reach": f"""
        select {columns_of("correction_reach")} from marts.mart_correction_reach
        where suppressed_reason is distinct from 'no_statement'
        order by statement_at desc, case_code
    """,
}
