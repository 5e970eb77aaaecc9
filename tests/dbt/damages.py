"""Damage to the tables of the hand-made days, and the dbt tests that must see each."""

from __future__ import annotations

FACTS = "warehouse.fct_document_country"
COVERAGE = "warehouse.mart_coverage_day"
TRUST = "warehouse.mart_data_trust"
STORIES = "warehouse.mart_story_week"
REACH = "warehouse.mart_reach_week"
ELIGIBILITY = "warehouse.mart_eligibility_day"
# Marts of which a few days hold no row: rows are made up.
VOICE = (
    "insert into warehouse.mart_share_of_voice"
    " (week_start_date, country_code_iso3, source_country_code_iso3, stream, {})"
    " select '2026-07-06', 'VNM', 'world', 'all', {}"
)
PREMIUM = (
    "insert into warehouse.mart_tone_premium"
    " (week_start_date, country_code_iso3, source_area, stratum, n_outlets, tone_premium)"
    " select '2026-07-06', 'VNM', 'FRA', {}"
)
GAP = (
    "insert into warehouse.mart_message_gap (week_start_date, country_code_iso3,"
    " source_country_code_iso3, language_code_iso639_3, pillar, {})"
    " select '2026-07-06', 'VNM', 'world', 'all', {}"
)
PULSE = (
    "insert into warehouse.mart_dyad_pulse (week_start_date, actor1_country_code_iso3,"
    " actor2_country_code_iso3, stream, media, balance, material_share, suppressed_reason)"
    " select '2026-07-06', 'VNM', 'USA', {}"
)

# The damage, and the tests that must see it; `*` is any suffix that dbt adds to a long name.
MUTATIONS = {
    f"insert into {FACTS} select * from {FACTS} where record_id = 'short'": {
        "unique_key_fct_document_country_*"
    },
    "update warehouse.fct_outlet_day set outlet_domain = 'nowhere'"
    " where outlet_domain = 'kurier.at'": {"relationships_fct_outlet_day_outlet_domain__*"},
    f"update {FACTS} set country_code_iso3 = 'VN' where record_id = 'alone'": {
        "relationships_fct_document_country_country_code_iso3__*"
    },
    "delete from warehouse.dim_date where date_day = '2026-07-08'": {
        "relationships_mart_coverage_day_coverage_date__*",
        "relationships_mart_data_trust_trust_date__*",
    },
    f"update {FACTS} set salience = 1.01 where record_id = 'both'": {
        "between_fct_document_country_salience__*"
    },
    f"update {FACTS} set series = 'friend' where record_id = 'cctld'": {
        "accepted_values_fct_document_country_series__*"
    },
    f"update {FACTS} set stream = 'french' where record_id = 'subdomain'": {
        "accepted_values_fct_document_country_stream__*"
    },
    f"update {FACTS} set passes_about = false where record_id = 'at_home'": {
        "assert_documents_agree"
    },
    f"update {FACTS} set is_eligible = false where record_id = 'austria'": {
        "assert_eligibility_adds_up"
    },
    f"insert into {ELIGIBILITY} select * from {ELIGIBILITY} where coverage_date = '2026-07-08'": {
        "unique_key_mart_eligibility_day_*"
    },
    f"update {ELIGIBILITY} set stream = 'all' where coverage_date = '2026-07-07'": {
        "accepted_values_mart_eligibility_day_stream__*"
    },
    f"update {STORIES} set n_documents = 3 where story_id = 'original'": {"assert_stories_agree"},
    f"insert into {STORIES} select * from {STORIES} where story_id = 'three_of_four'": {
        "unique_key_mart_story_week_*"
    },
    f"update {STORIES} set tone_median = 1 where story_id = 'both'": {"assert_no_tone_by_outlet"},
    f"update {STORIES} set series = 'friend' where story_id = 'both'": {
        "accepted_values_mart_story_week_series__*"
    },
    f"update {STORIES} set best_tier = 'R0' where story_id = 'austria'": {
        "accepted_values_mart_story_week_best_tier__*"
    },
    f"update {STORIES} set reach_index = 1.1 where story_id = 'austria'": {
        "between_mart_story_week_reach_index__*"
    },
    f"insert into {REACH} select * from {REACH} limit 1": {"unique_key_mart_reach_week_*"},
    f"update {REACH} set tier1_pickup_rate = 1.1": {"between_mart_reach_week_tier1_pickup_rate__*"},
    f"update {REACH} set suppressed_reason = 'shy'": {
        "accepted_values_mart_reach_week_suppressed_reason__*"
    },
    VOICE.format("share_of_voice", "1.1 from generate_series(1, 2)"): {
        "between_mart_share_of_voice_share_of_voice__*",
        "unique_key_mart_share_of_voice_*",
    },
    VOICE.format("share_of_voice_pooled", "-0.1"): {
        "between_mart_share_of_voice_share_of_voice_pooled__*"
    },
    PREMIUM.format("'native', 2, 0.1 from generate_series(1, 2)"): {
        "assert_no_tone_by_outlet",
        "unique_key_mart_tone_premium_*",
    },
    PREMIUM.format("'dubbed', 9, 0.1"): {"accepted_values_mart_tone_premium_stratum__*"},
    GAP.format("owned_share, foreign_share", "'sport', 1.1, -0.1"): {
        "relationships_mart_message_gap_pillar__*",
        "between_mart_message_gap_owned_share__*",
        "between_mart_message_gap_foreign_share__*",
    },
    GAP.format(
        "js_divergence_bits, p_value, log_ratio_p_value",
        "'economy', 1.1, -0.1, 1.1 from generate_series(1, 2)",
    ): {
        "unique_key_mart_message_gap_*",
        "between_mart_message_gap_js_divergence_bits__*",
        "between_mart_message_gap_p_value__*",
        "between_mart_message_gap_log_ratio_p_value__*",
    },
    PULSE.format("'all', 'press', -1.1, 1.1, 'shy' from generate_series(1, 2)"): {
        "unique_key_mart_dyad_pulse_*",
        "accepted_values_mart_dyad_pulse_stream__*",
        "accepted_values_mart_dyad_pulse_media__*",
        "accepted_values_mart_dyad_pulse_suppressed_reason__*",
        "between_mart_dyad_pulse_balance__*",
        "between_mart_dyad_pulse_material_share__*",
    },
    f"insert into {COVERAGE} select * from {COVERAGE} where coverage_date = '2026-07-08' limit 1": {
        "unique_key_mart_coverage_day_*"
    },
    f"update {COVERAGE} set n_documents = 0 where coverage_date = '2026-07-07'": {
        "assert_gaps_are_null"
    },
    f"update {COVERAGE} set tone_mean = -100.5 where source_country_code_iso3 = 'DEU'": {
        "assert_no_tone_by_outlet",
        "between_mart_coverage_day_tone_mean__*",
    },
    f"update {COVERAGE} set suppressed_reason = 'shy' where suppressed_reason = 'under_3_outlets'": {
        "accepted_values_mart_coverage_day_suppressed_reason__*"
    },
    f"update {COVERAGE} set source_relation = 'friend' where source_relation = 'unknown'": {
        "accepted_values_mart_coverage_day_source_relation__*"
    },
    f"update {TRUST} set slots_received = slots_received + 1 where trust_date = '2026-07-08'": {
        "assert_slots_add_up"
    },
    f"update {TRUST} set received_share = 1.5 where trust_date = '2026-07-08'": {
        "between_mart_data_trust_received_share__*"
    },
    f"update {TRUST} set stream = null where trust_date = '2026-07-09' and stream = 'english'": {
        "unique_key_mart_data_trust_*"
    },
    f"update {TRUST} set unknown_outlet_share = -0.1 where trust_date = '2026-07-06'": {
        "between_mart_data_trust_unknown_outlet_share__*"
    },
    f"update {TRUST} set boilerplate_share = 1.1, duplicate_share = -0.1": {
        "between_mart_data_trust_boilerplate_share__*",
        "between_mart_data_trust_duplicate_share__*",
    },
    "insert into warehouse.fct_event select * from warehouse.fct_event limit 1": {
        "unique_key_fct_event_global_event_id"
    },
    "update warehouse.fct_event set confidence_percent_max = 101 where global_event_id = 1": {
        "between_fct_event_confidence_percent_max__*"
    },
    "update warehouse.fct_event set quad_class = 5 where global_event_id = 2": {
        "between_fct_event_quad_class__*"
    },
    "update warehouse.fct_event set goldstein_scale = 11 where global_event_id = 2": {
        "between_fct_event_goldstein_scale__*"
    },
    "insert into warehouse.fct_outlet_day select * from warehouse.fct_outlet_day limit 1": {
        "unique_key_fct_outlet_day_*"
    },
    "insert into warehouse.dim_outlet select * from warehouse.dim_outlet limit 1": {
        "unique_key_dim_outlet_outlet_domain"
    },
    "update warehouse.dim_outlet set outlet_type = 'hostile' where outlet_domain = 'ria.ru'": {
        "accepted_values_dim_outlet_outlet_type__*"
    },
    "update warehouse.dim_outlet set country_code_iso3 = 'AU' where outlet_domain = 'abc.net.au'": {
        "relationships_dim_outlet_country_code_iso3__*"
    },
    "update warehouse.dim_outlet set evidence = 'guess' where outlet_domain = 'ft.com'": {
        "accepted_values_dim_outlet_evidence__*"
    },
    "update warehouse.dim_outlet set family_evidence = 'guess', rank_tier = 'R0'": {
        "accepted_values_dim_outlet_family_evidence__*",
        "accepted_values_dim_outlet_rank_tier__*",
    },
    "insert into warehouse.dim_country select * from warehouse.dim_country limit 1": {
        "unique_key_dim_country_country_code_iso3"
    },
    "update warehouse.dim_country set watch_role = 'rival' where country_code_iso3 = 'LAO'": {
        "accepted_values_dim_country_watch_role__*"
    },
    "insert into warehouse.mart_outcome_year select * from warehouse.mart_outcome_year limit 1": {
        "unique_key_mart_outcome_year_*"
    },
    "update warehouse.mart_outcome_year set gdp_usd = -1": {"between_mart_outcome_year_gdp_usd__*"},
    # Of the days made by hand the statistics hold no row: rows are made up.
    "insert into warehouse.fct_arrivals_month (country_code_iso3, market_code, transport_mode,"
    " arrivals_month, market_kind, arrivals_count) select 'VNM', 'JPN', 'all', '2019-10-01',"
    " 'region', -1 from generate_series(1, 2)": {
        "unique_key_fct_arrivals_month_*",
        "accepted_values_fct_arrivals_month_market_kind__*",
        "between_fct_arrivals_month_arrivals_count__*",
    },
    "insert into warehouse.fct_fdi_registered_month (country_code_iso3, breakdown, unit_code,"
    " fdi_month, province_id, new_capital_missing_reason) select 'VNM', 'sector', 'C',"
    " '2019-10-01', '99-2099', 'unknown' from generate_series(1, 2)": {
        "unique_key_fct_fdi_registered_month_*",
        "accepted_values_fct_fdi_registered_month_breakdown__*",
        "accepted_values_fct_fdi_registered_month_new_capital_missing_reason__*",
        "relationships_fct_fdi_registered_month_province_id__*",
        "assert_outcomes_keep_their_guards",
    },
    "insert into warehouse.fct_fdi_position_year (country_code_iso3, partner_code, position_year,"
    " partner_kind) select 'VNM', 'world', 2024, 'globe' from generate_series(1, 2)": {
        "unique_key_fct_fdi_position_year_*",
        "accepted_values_fct_fdi_position_year_partner_kind__*",
    },
    "insert into warehouse.mart_claim_watch (review_id, rating, checker_class, answer_status,"
    " rating_basis, days_open) select 'twice', 'hostile', 'friend', 'ignored', 'guess', -1"
    " from generate_series(1, 2)": {
        "unique_key_mart_claim_watch_*",
        "accepted_values_mart_claim_watch_rating__*",
        "accepted_values_mart_claim_watch_checker_class__*",
        "accepted_values_mart_claim_watch_answer_status__*",
        "accepted_values_mart_claim_watch_rating_basis__*",
        "between_mart_claim_watch_days_open__*",
    },
    "insert into warehouse.mart_revision_log (source, measure, country_code_iso3, item_kind,"
    " item_code, period_start_date, new_vintage, change_kind) select 'nso', 'arrivals', 'VNM',"
    " 'market', 'JPN', '2019-10-01', 'v', 'changed' from generate_series(1, 2)": {
        "unique_key_mart_revision_log_*",
        "accepted_values_mart_revision_log_change_kind__*",
    },
    "insert into warehouse.mart_outcome_month (country_code_iso3, partner_country_code_iso3,"
    " month_start_date, coverage_missing_reason, n_stories, share_of_voice) select 'VNM', 'ZZZ',"
    " '2019-10-01', 'unknown', 1, 1.5 from generate_series(1, 2)": {
        "unique_key_mart_outcome_month_*",
        "relationships_mart_outcome_month_partner_country_code_iso3__*",
        "accepted_values_mart_outcome_month_coverage_missing_reason__*",
        "between_mart_outcome_month_share_of_voice__*",
        "assert_outcomes_keep_their_guards",
    },
    "insert into warehouse.mart_lead_lag (country_code_iso3, partner_country_code_iso3,"
    " leading_series, outcome_series, lag_periods, rhythm, correlation, p_value, q_value, verdict,"
    " suppressed_reason, n_periods) select 'VNM', 'ZZZ', 'tone', 'trade', 7, 'week', 1.5, -0.1, 2,"
    " 'lead', 'guess', -1 from generate_series(1, 2)": {
        "unique_key_mart_lead_lag_*",
        "relationships_mart_lead_lag_partner_country_code_iso3__*",
        "accepted_values_mart_lead_lag_leading_series__*",
        "accepted_values_mart_lead_lag_outcome_series__*",
        "accepted_values_mart_lead_lag_rhythm__*",
        "accepted_values_mart_lead_lag_verdict__*",
        "accepted_values_mart_lead_lag_suppressed_reason__*",
        "between_mart_lead_lag_lag_periods__*",
        "between_mart_lead_lag_n_periods__*",
        "between_mart_lead_lag_correlation__*",
        "between_mart_lead_lag_p_value__*",
        "between_mart_lead_lag_q_value__*",
    },
    "insert into warehouse.mart_readiness_kpi (kpi_code, population_version, basis, valid_on,"
    " recorded_on, unit_kind, numerator, denominator, ratio, reported_ratio, status, plan_rule)"
    " select 'site', '12', 'guess', '2024-12-31', '2024-12-31', 'city', 3, 0, 1.5, 90, 'heard',"
    " 'hope' from generate_series(1, 2)": {
        "unique_key_mart_readiness_kpi_*",
        "accepted_values_mart_readiness_kpi_unit_kind__*",
        "accepted_values_mart_readiness_kpi_population_version__*",
        "accepted_values_mart_readiness_kpi_basis__*",
        "accepted_values_mart_readiness_kpi_status__*",
        "accepted_values_mart_readiness_kpi_plan_rule__*",
        "between_mart_readiness_kpi_denominator__*",
        "between_mart_readiness_kpi_ratio__*",
        "between_mart_readiness_kpi_reported_ratio__*",
        "assert_readiness_adds_up",
    },
    "insert into warehouse.mart_readiness_unit (kpi_code, population_version, unit_code, valid_on,"
    " recorded_on, state_basis, merger_rule, n_predecessors, status) select 'site', '12',"
    " '24-2025', '2025-12-31', '2025-12-31', 'guessed', 'most', -1, 'heard'"
    " from generate_series(1, 2)": {
        "unique_key_mart_readiness_unit_*",
        "accepted_values_mart_readiness_unit_population_version__*",
        "accepted_values_mart_readiness_unit_state_basis__*",
        "accepted_values_mart_readiness_unit_merger_rule__*",
        "accepted_values_mart_readiness_unit_status__*",
        "between_mart_readiness_unit_n_predecessors__*",
    },
    "insert into seeds.watchlist values ('LAO', 'focus', '2026-01-01', '2026-02-01')": {
        "assert_one_focus_at_a_time"
    },
    "update seeds.watchlist set role = 'rival' where country_code_iso3 = 'NPL'": {
        "accepted_values_watchlist_role__*"
    },
    "update seeds.countries set country_code_fips = 'AS' where country_code_iso3 = 'AUT'": {
        "unique_countries_country_code_fips"
    },
    "insert into seeds.fips_codes values ('VM', 'THA', 'Vietnam', 'other')": {
        "unique_fips_codes_country_code_fips"
    },
    "update seeds.fips_codes set country_code_iso3 = 'AS' where country_code_fips = 'AS'": {
        "relationships_fips_codes_country_code_iso3__*"
    },
    "insert into seeds.outlets select * from seeds.outlets limit 1": {
        "unique_outlets_outlet_domain"
    },
    "update seeds.theme_map set pillar = 'sport' where theme_code = 'AGRICULTURE'": {
        "relationships_theme_map_pillar__*"
    },
    "insert into seeds.theme_map select * from seeds.theme_map limit 1": {
        "unique_theme_map_theme_code"
    },
    "insert into seeds.country_aliases select * from seeds.country_aliases limit 1": {
        "unique_key_country_aliases_*"
    },
    "update seeds.partnership_tiers set tier = 'best'": {
        "accepted_values_partnership_tiers_tier__*"
    },
}
