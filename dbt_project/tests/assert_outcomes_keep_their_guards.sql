-- What is withheld or cannot be known has no figure, and what has none says why.
select
    'a month without a figure that does not say why, or with one that does' as fault,
    breakdown || ' ' || unit_code as key,
    fdi_month as period
from {{ ref('fct_fdi_registered_month') }}
where
    (new_projects_count is null) <> (new_projects_missing_reason is not null)
    or (new_capital_registered_usd is null) <> (new_capital_missing_reason is not null)
    or (adjusted_capital_registered_usd is null) <> (adjusted_capital_missing_reason is not null)
union all
select
    'a confidential figure' as fault,
    partner_code as key,
    make_date(position_year, 1, 1) as period
from {{ ref('fct_fdi_position_year') }}
where
    (is_position_imf_confidential and fdi_position_imf_usd is not null)
    or (is_flow_oecd_confidential and fdi_flow_oecd_usd is not null)
    or (is_flow_oecd_without_spe_confidential and fdi_flow_oecd_without_spe_usd is not null)
union all
select
    'coverage of a month with gaps' as fault,
    partner_country_code_iso3 as key,
    month_start_date as period
from {{ ref('mart_outcome_month') }}
where
    coverage_missing_reason is not null
    and coalesce(
        n_documents, n_stories, attention_balanced_per_10000, native_tone_premium_over_peers,
        translated_tone_premium_over_peers
    ) is not null
