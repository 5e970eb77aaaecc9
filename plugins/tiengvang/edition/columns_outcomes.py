"""The columns of yearly and monthly outcomes that an edition reads, and the type of each."""

from __future__ import annotations

OUTCOMES = (
    "fdi_net_inflow_bop_usd",
    "tourism_arrivals_count",
    "tourism_receipts_usd",
    "gdp_usd",
    "population_count",
)
OUTCOME_YEARS = 20
# Seven years: long enough to show, until 2027, a year before the borders closed.
OUTCOME_MONTHS = 84
# Markets and partners that an edition shows: those that were largest over this many months.
MAIN_MARKETS, MAIN_MONTHS = 5, 12

OUTCOME_YEARLY = {
    "country_code_iso3": "str",
    "outcome_year": "Int64",
    **dict.fromkeys(OUTCOMES, "float64"),
    **{f"{name}_vintage_date": "object" for name in OUTCOMES},
}
ARRIVALS = {
    "arrivals_month": "object",
    "market_code": "str",
    "transport_mode": "str",
    "market_kind": "str",
    "arrivals_count": "float64",
    "arrivals_status": "str",
    "vintage_month": "object",
    "n_vintages": "Int64",
    "revised_from_count": "float64",
    "revised_by_count": "float64",
    "revised_from_vintage_month": "object",
    "correction_reason": "str",
    "source_file_name": "str",
    "source_place": "str",
    "method_version": "str",
}
REGISTERED = {
    "fdi_month": "object",
    "breakdown": "str",
    "unit_code": "str",
    "cut_off_date": "object",
    "new_capital_registered_ytd_usd": "float64",
    "new_capital_registered_usd": "float64",
    "new_capital_missing_reason": "str",
    "adjusted_capital_registered_ytd_usd": "float64",
    "adjusted_capital_registered_usd": "float64",
    "adjusted_capital_missing_reason": "str",
    "vintage_month": "object",
    "correction_reason": "str",
    "source_file_name": "str",
    "source_place": "str",
    "method_version": "str",
}
OUTCOME_MONTHLY = {
    "partner_country_code_iso3": "str",
    "month_start_date": "object",
    "is_closed_border": "boolean",
    "coverage_missing_reason": "str",
    "n_documents": "Int64",
    "n_stories": "Int64",
    "method_version": "str",
}
REVISIONS = {
    "source": "str",
    "measure": "str",
    "country_code_iso3": "str",
    "item_kind": "str",
    "item_code": "str",
    "period_start_date": "object",
    "new_vintage": "str",
    "old_vintage_date": "object",
    "new_vintage_date": "object",
    "change_kind": "str",
    "value_unit": "str",
    "old_value": "float64",
    "new_value": "float64",
    "method_version": "str",
}
