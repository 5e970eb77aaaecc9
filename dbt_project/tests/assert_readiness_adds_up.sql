-- A share is its units by all units; what is known on a day is known once; a unit counts in one
-- population; the newest counts of provincial units are those of the units.
with kpis as (

    select
        *,
        lead(recorded_on) over (
            partition by kpi_code, population_version, basis, valid_on order by recorded_on
        ) as next_recorded_on
    from {{ ref('mart_readiness_kpi') }}

),

units as (

    select
        *,
        lead(recorded_on) over (
            partition by kpi_code, population_version, unit_code, valid_on order by recorded_on
        ) as next_recorded_on
    from {{ ref('mart_readiness_unit') }}

),

current_units as (

    select
        kpi_code,
        population_version,
        count(*) filter (where is_met) as numerator,
        count(is_met) as n_units_reported
    from units
    where is_current and population_version <> 'ministries'
    group by kpi_code, population_version

)

select
    'share' as fault,
    kpi_code,
    valid_on
from kpis
where
    numerator > denominator
    or n_units_reported > denominator
    or numerator > n_units_reported
    or ratio > ratio_high
    or (numerator is null) <> (denominator is null)
    or (numerator is null) <> (ratio is null)
    or abs(ratio * denominator - numerator) > 0.000001
union all
select
    'two versions' as fault,
    kpi_code,
    valid_on
from kpis
where superseded_on <= recorded_on or coalesce(superseded_on, 'infinity') > next_recorded_on
union all
select
    'two versions' as fault,
    kpi_code,
    valid_on
from units
where superseded_on <= recorded_on or coalesce(superseded_on, 'infinity') > next_recorded_on
union all
select
    'two populations' as fault,
    kpi_code,
    max(valid_on) as valid_on
from units
where is_current
group by kpi_code, unit_code
having count(*) > 1
union all
select
    'population of another day' as fault,
    kpi_code,
    valid_on
from units
where
    (population_version = '63' and valid_on >= '{{ var("provinces_merged_on") }}')
    or (population_version = '34' and valid_on < '{{ var("provinces_merged_on") }}')
union all
select
    'decided though unknown' as fault,
    kpi_code,
    valid_on
from units
where
    n_predecessors_reported < n_predecessors
    and coalesce(is_met, is_met_all, is_met_any, is_met_reported) is not null
union all
select
    'other units' as fault,
    current_units.kpi_code,
    kpis.valid_on
from current_units
inner join kpis
    on
        current_units.kpi_code = kpis.kpi_code
        and current_units.population_version = kpis.population_version
        and kpis.is_current
        and kpis.basis = 'units'
where
    current_units.numerator <> kpis.numerator
    or current_units.n_units_reported <> kpis.n_units_reported
