-- Four pairs of coverage and visitors: a lead, two without, and one with too little history.
create table intermediate.int_lead_series as
select 'C1' as country_code_iso3, partner as partner_country_code_iso3, series, 'month' as rhythm,
    '2026-06-01'::date as period_start_date, 1::float8 as value, false as is_closed_border
from unnest(array['C2', 'C3', 'C4', 'C5']) as partner, unnest(array['stories', 'arrivals']) as series;

create table warehouse.mart_lead_lag as
with pairs (partner, n_periods, q_value, verdict, reason) as (
    values
    ('C2', 70, 0.008::float8, 'association', null),
    ('C3', 70, 0.6, 'none_detected', null),
    ('C4', 70, 0.9, 'none_detected', null),
    ('C5', 2, null, 'cannot_tell', 'short_history')
)
select 'C1' as country_code_iso3, partner as partner_country_code_iso3, 'stories' as leading_series,
    'arrivals' as outcome_series, lag as lag_periods, 'month' as rhythm, n_periods, 60 as n_periods_needed,
    case when reason is null then 0.4::float8 end as correlation,
    case when reason is null then 0.3::float8 end as correlation_threshold,
    case when reason is null then 0.8::float8 end as raw_correlation,
    case when reason is null then 2 end as strongest_lag_periods,
    q_value / 3 as p_value, q_value, null::float8 as forecast_gain_share, verdict,
    reason::text as suppressed_reason
from pairs, generate_series(-6, 6) as lag;
grant select on all tables in schema warehouse, intermediate to tiengvang_builder;
