"""One mutation per expectation of the marts door, as in ``mutations``."""

from __future__ import annotations

from mutations import BETWEEN, IN_SET, Key

VIET_NAM = "country_code_iso3 = 'C1'"
NEWEST = "week_start_date = '2026-07-06'"
ONE_COMPARISON = f"{NEWEST} and source_country_code_iso3 = 'C20' and stream = 'all'"
ONE_SHARE = f"{ONE_COMPARISON} and country_code_iso3 = 'C1'"
ONE_PREMIUM = (
    f"{NEWEST} and country_code_iso3 = 'C1' and source_area = 'C20' and stratum = 'native'"
)
ONE_GAP = f"{NEWEST} and country_code_iso3 = 'C1' and source_country_code_iso3 = 'world'"
ONE_PAIR = f"{NEWEST} and actor1_country_code_iso3 = 'C1'"
LAST_DAY = "trust_date = '2026-07-12'"


def _shares(change: str, rows: str = ONE_SHARE) -> str:
    return f"update warehouse.mart_share_of_voice set {change} where {rows}"


def _premium(change: str) -> str:
    return f"update warehouse.mart_tone_premium set {change} where {ONE_PREMIUM}"


def _gap(change: str, rows: str = ONE_GAP) -> str:
    return f"update warehouse.mart_message_gap set {change} where {rows}"


def _reach(change: str, source: str) -> str:
    return (
        f"update warehouse.mart_reach_week set {change} where source_country_code_iso3 = '{source}'"
    )


def _pairs(change: str, rows: str = ONE_PAIR) -> str:
    return f"update warehouse.mart_dyad_pulse set {change} where {rows}"


def _trust(change: str) -> str:
    return f"update warehouse.mart_data_trust set {change} where {LAST_DAY} and stream = 'all'"


MARTS: dict[Key, str] = {
    ("dimensions", BETWEEN, "countries"): (
        "delete from warehouse.dim_country where watch_role is null and country_code_fips > '100'"
    ),
    ("dimensions", BETWEEN, "watched_missing"): (
        "delete from warehouse.dim_country where country_code_fips = 'ID'"
    ),
    ("dimensions", BETWEEN, "watched_uncovered"): (
        "delete from warehouse.mart_coverage_day where country_code_iso3 = 'C3';"
        "update warehouse.fct_document_country "
        "set is_eligible = false, passes_about = false, story_id = null "
        "where country_code_iso3 = 'C3';"
        "update marts.fct_document_country set is_eligible = false where country_code_iso3 = 'C3'"
    ),
    # Of 240 documents on every day before, a sixth of all.
    ("dimensions", BETWEEN, "watched_silent"): (
        "update warehouse.mart_eligibility_day set n_documents = 20, n_dropped_length = 0, "
        "n_dropped_about = 0, n_dropped_domestic = 0, n_eligible = 20 "
        "where country_code_iso3 = 'C4' and coverage_date = '2026-07-12'"
    ),
    ("coverage", BETWEEN, "days_ahead"): (
        "insert into warehouse.mart_coverage_day "
        "select country_code_iso3, source_country_code_iso3, '2026-07-14', 0, null "
        "from warehouse.mart_coverage_day where coverage_date = '2026-07-12';"
        "insert into warehouse.mart_data_trust (trust_date, stream, slots_expected, "
        "slots_received, slots_missing, slots_gap, slots_refused, slots_empty) "
        "values ('2026-07-14', 'all', 0, 0, 0, 0, 0, 0)"
    ),
    ("coverage", BETWEEN, "n_documents"): (
        "update warehouse.mart_coverage_day set n_documents = "
        "case source_country_code_iso3 when 'unknown' then -1 else 9 end "
        f"where {VIET_NAM} and coverage_date = '2026-07-12'"
    ),
    ("coverage", BETWEEN, "tone_mean"): "update warehouse.mart_coverage_day set tone_mean = -100.5",
    ("trust", BETWEEN, "received_share"): (
        "update warehouse.mart_data_trust set received_share = 1.01 where stream = 'english'"
    ),
    ("trust", BETWEEN, "minutes_ahead"): (
        "update warehouse.mart_data_trust set newest_slot_at = '2026-07-13 01:30+00'"
    ),
    ("trust", BETWEEN, "slots_open"): (
        "update warehouse.mart_data_trust set slots_empty = 1 where stream = 'translation'"
    ),
    ("trust", BETWEEN, "rejected_row_share"): (
        "update warehouse.mart_data_trust set rejected_row_share = 0.06 where stream = 'english'"
    ),
    ("consistency", BETWEEN, "days_without_trust"): (
        "delete from warehouse.mart_data_trust where trust_date = '2026-07-11' and stream = 'all';"
        "update warehouse.mart_data_trust set n_documents = 1500 where stream = 'all'"
    ),
    ("consistency", BETWEEN, "documents_unaccounted"): (
        "update warehouse.mart_coverage_day set n_documents = 5 "
        f"where {VIET_NAM} and source_country_code_iso3 = 'unknown'"
    ),
    ("consistency", BETWEEN, "totals_unaccounted"): (
        "update warehouse.fct_outlet_day set documents = 24 where outlet_domain = 'o1.example'"
    ),
    ("consistency", BETWEEN, "documents_minutes_ahead"): (
        "update warehouse.fct_document_country set slot_at = '2026-07-13 01:30+00' "
        "where slot_date = '2026-07-12'"
    ),
    ("consistency", BETWEEN, "events_minutes_ahead"): (
        "update warehouse.fct_event set slot_at = '2026-07-13 01:30+00' "
        "where slot_date = '2026-07-12'"
    ),
    # A series in another unit from one year on, which readers see already.
    ("outcomes", BETWEEN, "gdp_change_factor"): (
        f"update warehouse.mart_outcome_year set gdp_usd = gdp_usd / 1000 where {VIET_NAM} "
        "and outcome_year >= 2020;"
        f"update marts.mart_outcome_year set gdp_usd = gdp_usd / 1000 where {VIET_NAM} "
        "and outcome_year >= 2020"
    ),
    ("outcomes", BETWEEN, "population_smallest"): (
        "update warehouse.mart_outcome_year set population_count = 900 "
        "where country_code_iso3 = 'C20' and outcome_year = 2025"
    ),
    ("outcomes", BETWEEN, "years_ahead"): (
        "insert into warehouse.mart_outcome_year "
        "select country_code_iso3, 2027, gdp_usd, population_count "
        "from warehouse.mart_outcome_year where outcome_year = 2025"
    ),
    ("outcomes", BETWEEN, "gdp_years_old"): (
        "update warehouse.mart_outcome_year set gdp_usd = null where outcome_year >= 2022;"
        "update marts.mart_outcome_year set gdp_usd = null where outcome_year >= 2022"
    ),
    ("outcomes", BETWEEN, "countries_share_of_total"): (
        "update warehouse.fct_arrivals_month set arrivals_count = 0.5e6 "
        "where market_code = 'C2' and arrivals_month = '2026-03-01'"
    ),
    ("outcomes", BETWEEN, "continents_gap_share"): (
        "update warehouse.fct_arrivals_month set arrivals_count = 0.52e6 "
        "where market_code = 'continent 1' and arrivals_month = '2026-03-01'"
    ),
    # An estimate in persons that the next file prints in thousands.
    ("outcomes", BETWEEN, "arrivals_revision_factor"): (
        "update warehouse.fct_arrivals_month set revised_from_count = 1e9 "
        "where is_total and arrivals_month = '2026-03-01'"
    ),
    ("outcomes", BETWEEN, "arrivals_days_ahead"): (
        "insert into warehouse.fct_arrivals_month (country_code_iso3, arrivals_month, market_kind, "
        "market_code, transport_mode) values ('C1', '2026-08-01', 'total', 'total', 'all')"
    ),
    ("outcomes", BETWEEN, "parts_share_of_total"): (
        "update warehouse.fct_fdi_registered_month "
        "set new_capital_registered_ytd_usd = new_capital_registered_ytd_usd * 10 "
        "where unit_code = 'C2' and fdi_month = '2026-03-01'"
    ),
    ("outcomes", BETWEEN, "fdi_days_ahead"): (
        "insert into warehouse.fct_fdi_registered_month (country_code_iso3, fdi_month, breakdown, "
        "unit_code, unit_kind) values ('C1', '2026-08-01', 'total', 'total', 'total')"
    ),
    ("outcomes", BETWEEN, "negative_months_share"): (
        "update warehouse.fct_fdi_registered_month set is_new_capital_negative = true "
        "where fdi_month = '2026-03-01'"
    ),
    ("outcomes", BETWEEN, "unmapped_share"): (
        "update warehouse.fct_arrivals_month set market_kind = 'unmapped' "
        "where market_code in ('C2', 'C3', 'C4', 'C5')"
    ),
    ("revision", BETWEEN, "documents_kept_share"): (
        "delete from warehouse.fct_document_country where not is_eligible"
    ),
    ("revision", BETWEEN, "eligible_kept_share"): (
        "update warehouse.fct_document_country set is_eligible = false where record_id like '%-8'"
    ),
    ("revision", BETWEEN, "outlets_kept_share"): (
        "delete from warehouse.dim_outlet where outlet_domain like 'o1%'"
    ),
    ("revision", BETWEEN, "figures_kept_share"): (
        "update warehouse.mart_outcome_year set tourism_receipts_usd = null"
    ),
    ("revision", BETWEEN, "figures_changed_share"): (
        "update warehouse.mart_outcome_year "
        "set tourism_arrivals_count = tourism_arrivals_count / 1000"
    ),
    ("revision", BETWEEN, "arrivals_lost"): (
        "delete from warehouse.fct_arrivals_month "
        "where market_code = 'C2' and arrivals_month = '2026-02-01'"
    ),
    ("revision", BETWEEN, "fdi_lost"): (
        "update warehouse.fct_fdi_registered_month set new_capital_registered_ytd_usd = null "
        "where unit_code = 'C2' and fdi_month = '2026-02-01'"
    ),
    ("revision", BETWEEN, "positions_lost"): (
        "delete from warehouse.fct_fdi_position_year where partner_code = 'C2'"
    ),
    ("stories", BETWEEN, "documents_unread"): (
        "delete from computed.document_titles where record_id = '2026-07-12-1-1'"
    ),
    ("stories", BETWEEN, "eligible_without_story"): (
        "update warehouse.fct_document_country set story_id = null "
        "where record_id = '2026-07-12-1-1'"
    ),
    ("stories", BETWEEN, "dropped_in_story"): (
        "update warehouse.fct_document_country set story_id = '2026-07-12-1-1' "
        "where record_id = '2026-07-12-1-9'"
    ),
    # 245 of the week's 484 documents, and few more documents a story than usual.
    ("stories", BETWEEN, "largest_story_share"): (
        "update warehouse.mart_story_week set n_documents = "
        "case when story_id = 'S-C1-2026-07-06-1' then 245 else 1 end "
        f"where {NEWEST} and series = 'foreign';"
        "update warehouse.mart_reach_week set n_documents = "
        "case when country_code_iso3 = 'C1' then 284 else 40 end "
        f"where {NEWEST} and source_country_code_iso3 = 'world'"
    ),
    ("stories", BETWEEN, "documents_per_story_ratio"): (
        "update warehouse.mart_story_week set n_documents = 1 "
        "where week_start_date >= '2026-06-29' and series = 'foreign';"
        "update warehouse.mart_reach_week set n_documents = 40 "
        "where week_start_date >= '2026-06-29' and source_country_code_iso3 = 'world'"
    ),
    ("stories", BETWEEN, "stories_without_pillar_share"): (
        "delete from intermediate.int_story_pillars where story_id ~ '[0-3]$'"
    ),
    ("share_of_voice", BETWEEN, "weeks_unmeasured"): (
        "delete from warehouse.mart_share_of_voice where week_start_date = '2026-06-29'"
    ),
    ("share_of_voice", BETWEEN, "comparisons_incomplete"): _shares(
        "compared_country_codes_iso3 = compared_country_codes_iso3 || array['C9']", ONE_COMPARISON
    ),
    ("share_of_voice", BETWEEN, "hosts_in_own_comparison"): _shares(
        "source_country_code_iso3 = 'C3'", ONE_COMPARISON
    ),
    ("share_of_voice", BETWEEN, "share_sum_error"): _shares(
        "share_of_voice_pooled = share_of_voice_pooled + 0.01"
    ),
    ("share_of_voice", BETWEEN, "shares_outside_interval"): _shares(
        "share_of_voice_low = share_of_voice + 0.01"
    ),
    ("share_of_voice", BETWEEN, "withheld_and_shown"): _shares("suppressed_reason = 'few'"),
    ("share_of_voice", BETWEEN, "documents_over_total"): _shares(
        "n_documents = n_all_documents + 1"
    ),
    ("share_of_voice", BETWEEN, "largest_attention"): _shares("attention_pooled_per_10000 = 10001"),
    ("tone_premium", BETWEEN, "weeks_unmeasured"): (
        "delete from warehouse.mart_tone_premium where week_start_date = '2026-06-29'"
    ),
    ("tone_premium", BETWEEN, "premiums_outside_interval"): _premium(
        "tone_premium_over_peers_high = tone_premium_over_peers - 0.1"
    ),
    ("tone_premium", BETWEEN, "thin_and_shown"): _premium("n_outlets = 7"),
    ("tone_premium", BETWEEN, "withheld_and_shown"): _premium("suppressed_reason = 'few'"),
    ("tone_premium", BETWEEN, "compared_with_nobody"): _premium("n_peers = 0"),
    ("tone_premium", BETWEEN, "largest_premium"): _premium(
        "tone_premium = -3.5, tone_premium_low = -4, tone_premium_high = -3"
    ),
    ("message_gap", BETWEEN, "weeks_unmeasured"): (
        "delete from warehouse.mart_message_gap "
        "where week_start_date = '2026-06-29' and country_code_iso3 = 'C1'"
    ),
    ("message_gap", BETWEEN, "gaps_incomplete"): (
        "delete from warehouse.mart_message_gap "
        "where pillar = 'pillar 8' and suppressed_reason is not null"
    ),
    ("message_gap", BETWEEN, "share_sum_error"): _gap(
        "owned_share = owned_share * 1.01, foreign_share = foreign_share * 1.01, "
        "js_divergence_bits = js_divergence_bits * 1.01"
    ),
    ("message_gap", BETWEEN, "log_ratio_error"): _gap("log_ratio = -log_ratio"),
    ("message_gap", BETWEEN, "divergence_error"): _gap(
        "js_divergence_bits = js_divergence_bits / ln(2)"
    ),
    ("message_gap", BETWEEN, "thin_and_shown"): _gap("n_owned_stories = 99"),
    ("message_gap", BETWEEN, "withheld_and_shown"): _gap("suppressed_reason = 'few'"),
    ("reach", BETWEEN, "weeks_unaccounted"): _reach("n_documents = 59", "world"),
    ("reach", BETWEEN, "rows_off_tier"): _reach("n_stories_r4 = 19", "C20"),
    ("reach", BETWEEN, "reach_over_stories"): _reach("reach_index = 41", "C20"),
    ("reach", BETWEEN, "ranked_story_share"): _reach(
        "n_stories_r1 = 0, n_stories_r2 = 0, n_stories_r3 = 0, n_stories_r4 = 40", "world"
    ),
    ("reach", BETWEEN, "rank_list_days_old"): _reach("rank_list_date = '2026-05-01'", "world"),
    ("dyad_pulse", BETWEEN, "signals_off_class"): _pairs(
        "n_verbal_conflict = n_verbal_conflict + 1"
    ),
    ("dyad_pulse", BETWEEN, "pairs_over_events"): _pairs("n_root_events = 107"),
    ("dyad_pulse", BETWEEN, "pairs_over_world"): _pairs("n_world_root_events = 119"),
    ("dyad_pulse", BETWEEN, "withheld_and_shown"): _pairs("suppressed_reason = 'few'"),
    ("dyad_pulse", BETWEEN, "unknown_media_share"): _pairs("media = 'unknown'", "media = 'third'"),
    ("eligibility", IN_SET, "is_null_where_nothing_came"): (
        "update warehouse.mart_eligibility_day set n_documents = null "
        "where coverage_date = '2026-07-12' and country_code_iso3 = 'C1'"
    ),
    ("eligibility", BETWEEN, "documents_unaccounted"): (
        "update warehouse.mart_eligibility_day set n_dropped_audit = 1 "
        "where coverage_date = '2026-07-12' and country_code_iso3 = 'C1'"
    ),
    ("eligibility", BETWEEN, "eligible_share_fall"): (
        "update warehouse.mart_eligibility_day set n_eligible = 41, n_dropped_length = 49 "
        "where coverage_date = '2026-07-12' and country_code_iso3 = 'C1'"
    ),
    # Left out for a language that nobody found imprecise.
    ("aboutness_audit", BETWEEN, "documents_against_the_audit"): (
        "update warehouse.fct_document_country "
        "set passes_audit = false, is_eligible = false, story_id = null "
        "where record_id = '2026-07-12-1-8';"
        "update warehouse.mart_coverage_day set n_documents = 3 "
        f"where {VIET_NAM} and coverage_date = '2026-07-12' and source_country_code_iso3 = 'C20'"
    ),
    ("aboutness_audit", BETWEEN, "audits_at_odds"): (
        "update warehouse.mart_aboutness_audit set precision_share = 0.99 "
        "where audit_month = '2026-07-01' and language_code_iso639_3 = 'eng'"
    ),
    ("aboutness_audit", BETWEEN, "languages_unaudited"): (
        "update warehouse.mart_aboutness_audit set suppressed_reason = 'under_30_labels', "
        "precision_share = null where n_labelled > 0"
    ),
    ("aboutness_audit", BETWEEN, "languages_suppressed"): (
        "update warehouse.mart_aboutness_audit set is_language_suppressed = true, "
        "audit_month_in_force = '2026-06-01' where language_code_iso639_3 = 'fra'"
    ),
    ("trust", BETWEEN, "duplicate_band_widths_off"): _trust("duplicate_share = 0.41"),
    ("trust", BETWEEN, "boilerplate_rise"): _trust("boilerplate_share = 0.11"),
    ("trust", BETWEEN, "unknown_outlet_rise"): _trust("unknown_outlet_share = 0.31"),
}
