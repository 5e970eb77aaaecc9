-- Thirty judged days of ten series with one alert, its story, the months' calibrations, and a tone without a shift.
create table warehouse.mart_anomaly_alert as
select '2026-07-12'::date - n as alert_date, 'C1' as country_code_iso3, 'C' || host as source_country_code_iso3,
    'all' as pillar, case when is_loud then 40 else 10 end as n_stories, 6 as n_families,
    10::float8 as n_stories_expected, 192 as slots_expected, 190 as slots_received,
    case when is_loud then 0.0001 else 0.5 end::float8 as p_value,
    case when is_loud then 0.001 else 0.9 end::float8 as q_value, is_loud as is_alert,
    null::text as suppressed_reason
from generate_series(0, 30) as n, generate_series(20, 29) as host, lateral (select n = 3 and host = 20) as loud (is_loud);
update warehouse.mart_anomaly_alert
set suppressed_reason = 'few_stories', p_value = null, q_value = null, is_alert = null, n_stories = 3
where source_country_code_iso3 = 'C29';

create table warehouse.mart_anomaly_story as
select alert_date, country_code_iso3, source_country_code_iso3, pillar, 1 as story_rank, 'S1' as story_id
from warehouse.mart_anomaly_alert where is_alert;

create table warehouse.mart_anomaly_calibration as
select 'stories' as calibrated_statistic, month::date as month_start_date, 1 as level_number, 0.4::float8 as alarms_per_100
from unnest(array['2026-06-01', '2026-07-01']) as month;

create table warehouse.mart_tone_shift as
select '2026-07-12'::date - n as story_date, 'C1' as country_code_iso3, 'C20' as source_country_code_iso3,
    'native' as stratum, 5 as n_families, 0.1::float8 as tone_premium_of_day, 0.5::float8 as p_value,
    false as is_shift, null::text as suppressed_reason
from generate_series(0, 30) as n;
grant select on all tables in schema warehouse to tiengvang_builder;
