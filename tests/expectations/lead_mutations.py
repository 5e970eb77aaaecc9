"""What spoils the leads of coverage: one mutation per expectation."""

from __future__ import annotations

from mutations import BETWEEN, Key

LEAD_LAG = "warehouse.mart_lead_lag"

LEADS: dict[Key, str] = {
    ("lead_lag", BETWEEN, "pairs_unjudged"): (
        f"delete from {LEAD_LAG} where partner_country_code_iso3 = 'C4'"
    ),
    ("lead_lag", BETWEEN, "pairs_with_unlike_rows"): (
        f"delete from {LEAD_LAG} where partner_country_code_iso3 = 'C4' and lag_periods = 3"
    ),
    ("lead_lag", BETWEEN, "verdicts_unfounded"): (
        f"update {LEAD_LAG} set q_value = 0.06 where verdict = 'association'"
    ),
    ("lead_lag", BETWEEN, "withheld_and_shown"): (
        f"update {LEAD_LAG} set correlation = 0.9 where verdict = 'cannot_tell' and lag_periods = 0"
    ),
    ("lead_lag", BETWEEN, "short_and_judged"): (
        f"update {LEAD_LAG} set n_periods = 59 where verdict = 'none_detected'"
    ),
    ("lead_lag", BETWEEN, "association_share"): (
        f"update {LEAD_LAG} set verdict = 'association', p_value = 0.01, q_value = 0.03 "
        "where partner_country_code_iso3 = 'C3'"
    ),
}
