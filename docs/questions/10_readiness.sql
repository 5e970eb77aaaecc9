-- 10. Which ministries and provinces are behind plan?
-- Bộ, ngành, địa phương nào chậm so với kế hoạch?

-- Counts from units and totals that an office reported stand apart (`basis`); a share that is known
-- to be at least `ratio` is at most `ratio_high`; by what rule a KPI is behind plan is `plan_rule`.
select
    kpi_name_en,
    population_version,
    basis,
    valid_on,
    numerator,
    denominator,
    n_units_reported,
    ratio,
    ratio_high,
    reported_ratio,
    target_ratio,
    target_due_on,
    is_target_verified,
    gap_to_target_share,
    plan_rule,
    is_behind_plan
from marts.mart_readiness_kpi
where is_current
order by is_behind_plan desc nulls last, gap_to_target_share asc, kpi_code asc, basis asc;

-- Which units do not meet a KPI, or are not known (`is_met` is null); for merged provinces by the
-- KPI's own rule, and by all three:
select
    kpi_name_en,
    population_version,
    unit_code,
    unit_name_en,
    is_met,
    state_basis,
    merger_rule,
    is_met_all,
    is_met_any,
    is_met_reported,
    valid_on,
    recorded_on
from marts.mart_readiness_unit
where is_current and is_met is not true
order by kpi_code, is_met nulls last, unit_code;

-- What did we know on one day of how things stood on another? Change the two dates; rows of the 63
-- and of the 34 provinces are never joined.
with asked as (

    select
        date '2023-12-31' as known_on,
        date '2023-12-31' as valid_on

)

select distinct on (value.kpi_code, value.basis)
    value.kpi_name_en,
    value.population_version,
    value.basis,
    value.valid_on,
    value.recorded_on,
    value.numerator,
    value.denominator,
    value.ratio,
    value.ratio_high,
    value.reported_ratio,
    value.status,
    value.evidence
from marts.mart_readiness_kpi as value
cross join asked
where
    value.recorded_on <= asked.known_on
    and (value.superseded_on is null or value.superseded_on > asked.known_on)
    and value.valid_on <= asked.valid_on
order by value.kpi_code asc, value.basis asc, value.valid_on desc, value.population_version asc;
