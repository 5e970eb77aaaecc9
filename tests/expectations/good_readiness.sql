-- One KPI of the 63 as a total and of the 34 by unit, of which the last is not known, and one of ministries.
create table warehouse.mart_readiness_unit as
select 'site' as kpi_code, '34' as population_version, 'U' || n as unit_code, '2025-07-01'::date as valid_on,
    '2025-07-01'::date as recorded_on, null::date as superseded_on, true as is_current,
    case when n < 34 then n <= 20 end as is_met, case when n < 34 then n <= 20 end as is_met_all,
    case when n < 34 then n <= 20 end as is_met_any, null::boolean as is_met_reported,
    2 as n_predecessors, case when n < 34 then 2 else 1 end as n_predecessors_reported
from generate_series(1, 34) as n
union all
select 'site', '63', 'V' || n, '2024-12-31', known, until, false, n <= 40, null, null, null, null, null
from generate_series(1, 63) as n,
    (values ('2025-01-15'::date, '2025-02-15'::date), ('2025-02-15', null)) as versions (known, until);

create table warehouse.mart_readiness_kpi as
select kpi_code, population_version, basis, valid_on::date, recorded_on::date, superseded_on::date, is_current, numerator,
    denominator, n_units_reported, numerator::float8 / denominator as ratio,
    (numerator + denominator - coalesce(n_units_reported, denominator))::float8 / denominator as ratio_high,
    reported_ratio::float8, 1::float8 as target_ratio
from (values
    ('site', '34', 'units', '2025-07-01', '2025-07-01', null, true, 20, 34, 33, null),
    ('site', '63', 'units', '2024-12-31', '2025-01-15', '2025-02-15', false, 39, 63, 63, null),
    ('site', '63', 'units', '2024-12-31', '2025-02-15', null, false, 40, 63, 63, null),
    ('site', '63', 'total', '2023-12-31', '2023-12-31', null, false, 58, 63, null, null),
    ('plan', 'ministries', 'total', '2023-12-31', '2023-12-31', null, true, null, null, null, 0.9)
) as stated (kpi_code, population_version, basis, valid_on, recorded_on, superseded_on, is_current, numerator,
    denominator, n_units_reported, reported_ratio);

create table intermediate.int_readiness_statements as select 'U1' as unit_code, null::text as unused_reason;
create table intermediate.int_readiness_totals as select '63' as population_version, null::text as unused_reason;

grant select on all tables in schema warehouse, intermediate to tiengvang_builder;
