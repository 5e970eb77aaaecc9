"""The query of leads of coverage, bound as the others are."""

# ruff: noqa: S608  (names come from columns_analysis_leads.py; values are bound)

from __future__ import annotations

from tiengvang.edition.columns_analysis_leads import LEADS

LEAD_QUERIES = {
    "leads": f"""
        select {", ".join(LEADS)} from marts.mart_lead_lag
        where country_code_iso3 = %(focus)s
        order by partner_country_code_iso3, leading_series, outcome_series, lag_periods
    """,
}
