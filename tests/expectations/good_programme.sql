-- Candidates of the registers of events, training and responses: two weeks of a log, one of them too thin.
create table intermediate.int_response_weeks as
select '2026-07-06'::date - 7 * n as week_start_date, '2026-07-12'::date - 7 * n as window_end_date
from generate_series(0, 1) as n;

create table warehouse.mart_response_clock as
select '2026-07-06'::date as week_start_date, '2026-07-12'::date as window_end_date, 20 as n_cases, 5 as n_open,
    12 as n_statements, 3 as n_no_statement, 16 as n_decided, 2 as n_correct_ourselves, 20 as n_with_target,
    30::float8 as median_hours, 20::float8 as median_hours_low, 50::float8 as median_hours_high,
    null::text as median_reason, null::float8 as p90_hours, null::float8 as p90_hours_low,
    null::float8 as p90_hours_high, 'no_statement_too_often' as p90_reason, 0.4::float8 as within_target_share,
    0.2::float8 as within_target_share_low, 0.6::float8 as within_target_share_high,
    null::text as within_target_reason, 0.125::float8 as own_error_share, 0.03::float8 as own_error_share_low,
    0.36::float8 as own_error_share_high, null::text as own_error_reason, null::text as suppressed_reason
union all
select '2026-06-29', '2026-07-05', 4, 2, 2, 0, 2, 0, 4, null, null, null, 'under_10_cases', null, null, null,
    'under_10_cases', null, null, null, 'under_10_cases', null, null, null, 'under_10_decided', 'under_10_cases';

create table warehouse.mart_response_curve as
select '2026-07-06'::date as week_start_date, hour as hours_since_seen, hour / 100::float8 as statement_share,
    hour / 200::float8 as statement_share_low, least(hour / 60::float8, 1) as statement_share_high,
    hour / 400::float8 as no_statement_share, null::float8 as no_statement_share_low,
    null::float8 as no_statement_share_high
from generate_series(0, 60, 10) as hour;

create table warehouse.fct_response_case as
select 'case ' || n as case_code, '2026-07-10'::date as recorded_on from generate_series(1, 20) as n;

create table warehouse.mart_correction_reach as
select 'case ' || n as case_code, '2026-07-08 00:00+00'::timestamptz as statement_at,
    '2026-07-08 03:00+00'::timestamptz as first_foreign_at, 0.4::float8 as correction_reach_ratio,
    null::text as suppressed_reason
from generate_series(1, 5) as n;

create table warehouse.dim_event as
select 'event ' || n as event_code, '2026-08-01'::date as starts_on, '2026-08-02'::date as ends_on,
    array['C1', 'C2'] as host_country_codes_iso3, n < 4 as is_registered_before
from generate_series(1, 4) as n;
create table warehouse.bridge_event_host as
select event_code, code as country_code_iso3 from warehouse.dim_event, unnest(array['C1', 'C2']) as code;
create table warehouse.mart_event_calendar as
select event_code, 1 as version_number, true as is_in_force, starts_on, ends_on from warehouse.dim_event;

create table warehouse.mart_training_unit as
select 'unit ' || n as unit_code, 2026 as training_year, 3 as n_sessions, n - 1 as n_sessions_with_participants,
    case when n > 1 then 20 * n end as n_participants
from generate_series(1, 3) as n;

grant select on all tables in schema warehouse, intermediate to tiengvang_builder;
