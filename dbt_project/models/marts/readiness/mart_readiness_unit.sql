{{ config(meta={'public': true}) }}

with states as (

    select * from {{ ref('int_readiness_states') }}

),

kpis as (

    select * from {{ ref('int_readiness_kpis') }}

),

units as (

    select * from {{ ref('int_readiness_units') }}
    where is_latest

),

-- Only what was merged depends on the rule, and changes with it.
ruled as (

    select
        states.*,
        kpis.kpi_name_en,
        kpis.kpi_name_vi,
        kpis.merger_rule,
        greatest(states.recorded_on, kpis.known_from) as known_from,
        nullif(least(states.superseded_on, kpis.known_until), 'infinity') as known_until,
        case
            when states.state_basis = 'reported' then states.is_met
            when kpis.merger_rule = 'all' then states.is_met_all
            when kpis.merger_rule = 'any' then states.is_met_any
            else states.is_met_reported
        end as is_met_by_rule
    from states
    inner join kpis
        on
            states.kpi_code = kpis.kpi_code
            and states.state_basis = 'merged'
            and states.recorded_on < kpis.known_until
            and coalesce(states.superseded_on, 'infinity') > kpis.known_from
    union all
    select
        states.*,
        kpis.kpi_name_en,
        kpis.kpi_name_vi,
        kpis.merger_rule,
        states.recorded_on as known_from,
        states.superseded_on as known_until,
        case when states.state_basis = 'reported' then states.is_met else states.is_met_all end
            as is_met_by_rule
    from states
    inner join kpis on states.kpi_code = kpis.kpi_code and kpis.is_latest
    where states.state_basis <> 'merged'

),

named as (

    select
        ruled.*,
        units.unit_name_en,
        units.unit_name_vi,
        units.exists_until > {{ edition_date(as_of()) }}
        and ruled.known_until is null
        and ruled.valid_on <= {{ edition_date(as_of()) }} as is_candidate
    from ruled
    inner join units
        on
            ruled.population_version = units.population_version
            and ruled.unit_code = units.unit_code

)

select
    kpi_code,
    kpi_name_en,
    kpi_name_vi,
    population_version,
    unit_code,
    unit_name_en,
    unit_name_vi,
    valid_on,
    known_from as recorded_on,
    known_until as superseded_on,
    is_candidate and row_number() over (
        partition by kpi_code, population_version, unit_code
        order by is_candidate desc, valid_on desc, known_from desc
    ) = 1 as is_current,
    case population_version when '34' then '{{ var("provinces_merged_on") }}'::date end
        as series_break_on,
    state_basis,
    is_met_by_rule as is_met,
    case population_version when '34' then is_met_all end as is_met_all,
    case population_version when '34' then is_met_any end as is_met_any,
    case population_version when '34' then is_met_reported end as is_met_reported,
    case population_version when '34' then merger_rule end as merger_rule,
    n_predecessors,
    n_predecessors_reported,
    n_predecessors_met,
    status,
    evidence,
    office,
    '{{ var("method_version") }}' as method_version
from named
