with delivered as (

    select * from {{ ref('stg_registers__kpis') }}
    where recorded_on <= {{ edition_date(as_of()) }}

),

versions as (

    {{ register_versions('delivered', ['kpi_code']) }}

),

-- No rule: the KPI was withdrawn.
in_force as (

    select
        kpi_code,
        case when is_withdrawn is not true then merger_rule end as merger_rule,
        recorded_on,
        version_number
    from versions
    where superseded_on is distinct from recorded_on

),

compared as (

    select
        *,
        lag(merger_rule) over version as merger_rule_before,
        version_number = min(version_number) over version as is_first
    from in_force
    window version as (partition by kpi_code order by version_number)

),

-- The first rule stands for the time before it as well: reports may be older than the definition.
changes as (

    select
        *,
        case when is_first then '-infinity' else recorded_on end as known_from,
        coalesce(
            lead(recorded_on) over (partition by kpi_code order by version_number), 'infinity'
        ) as known_until
    from compared
    where merger_rule is distinct from merger_rule_before

),

rules as (

    select
        *,
        version_number = max(version_number) over (partition by kpi_code) as is_latest
    from changes
    where merger_rule is not null

),

-- A KPI that was withdrawn keeps its last name for what was known before.
names as (

    select distinct on (kpi_code) *
    from versions
    where is_withdrawn is not true
    order by kpi_code asc, version_number desc

)

select
    rules.kpi_code,
    names.unit_kind,
    names.name_en as kpi_name_en,
    names.name_vi as kpi_name_vi,
    names.definition_en as kpi_definition_en,
    names.definition_vi as kpi_definition_vi,
    rules.merger_rule,
    rules.known_from,
    rules.known_until,
    rules.is_latest
from rules
inner join names on rules.kpi_code = names.kpi_code
