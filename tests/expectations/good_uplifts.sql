-- Candidates of uplifts: four events ahead, and one that is over with a verdict of each kind. C1 is the focus:
-- its own press is no host.
alter table warehouse.dim_event add column outcomes text[] not null default array['attention'];
insert into warehouse.dim_event (event_code, starts_on, ends_on, host_country_codes_iso3, is_registered_before)
values ('event 5', '2026-05-01', '2026-05-02', array['C2', 'C3'], true);
insert into warehouse.bridge_event_host
select 'event 5', code from unnest(array['C2', 'C3']) as code;
insert into warehouse.mart_event_calendar values ('event 5', 1, true, '2026-05-01', '2026-05-02');

create table warehouse.mart_event_uplift as
select event_code, 'attention' as outcome, source as source_country_code_iso3, '2026-08-20'::date as window_ends_on,
    'cannot_tell' as verdict, case when is_registered_before then 'registered' else 'exploratory' end as evidence,
    null::float8 as uplift_log_points, null::float8 as uplift_low_log_points, null::float8 as uplift_high_log_points,
    null::float8 as difference_log_points, null::float8 as p_space_value, null::float8 as p_time_value,
    null::integer as n_donors, array[]::text[] as overlapping_event_codes, 'not_begun' as suppressed_reason
from warehouse.dim_event, unnest(array['C2', 'world']) as source
where event_code <> 'event 5'
union all
select 'event 5', 'attention', source, '2026-05-20', verdict, 'registered', uplift, low, high, 0.4, p_space, 0.05, 20,
    overlapping, null
from (
    values ('C2', 'clear', 0.6, 0.3, 0.9, 0.04, array[]::text[]),
    ('C3', 'none_detected', 0.1, -0.2, null, 0.5, array[]::text[]),
    ('world', 'possible', 0.5, 0.2, null, 0.3, array['event 9'])
) as told (source, verdict, uplift, low, high, p_space, overlapping);

create table warehouse.mart_event_uplift_day as
select event_code, outcome, source_country_code_iso3, '2026-04-01'::date + n as attention_date, n >= 30 as is_window,
    case when n < 23 then 0 when n >= 30 then uplift_log_points + 0.01 * (n - 40) end as gap_log_points
from warehouse.mart_event_uplift, generate_series(0, 50) as n
where event_code = 'event 5' and n <= 50;

create table warehouse.mart_event_uplift_donor as
select event_code, outcome, source_country_code_iso3, 'D' || n as donor_country_code_iso3, 0.05::float8 as weight_share,
    1 + 0.01 * n as rmspe_ratio
from warehouse.mart_event_uplift, generate_series(1, 20) as n
where event_code = 'event 5';

grant select on all tables in schema warehouse to tiengvang_builder;
