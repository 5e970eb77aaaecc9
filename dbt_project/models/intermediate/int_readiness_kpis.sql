with delivered as (

    select * from {{ ref('stg_registers__kpis') }}
    where recorded_on <= {{ utc_date(as_of()) }}

),

versions as (

    {{ register_versions('delivered', ['kpi_code']) }}

),

in_force as (

    select
        kpi_code,
        merger_rule,
        recorded_on,
        version_number,
        lag(merger_rule) over version as merger_rule_before
    from versions
    where superseded_on is distinct from recorded_on
    window version as (partition by kpi_code order by version_number)

),

-- The first rule stands for the time before it as well: reports may be older than the definition.
rules as (

    select
        kpi_code,
        merger_rule,
        case when merger_rule_before is null then '-infinity' else recorded_on end as known_from,
        coalesce(lead(recorded_on) over version, 'infinity') as known_until,
        lead(recorded_on) over version is null as is_latest
    from in_force
    where merger_rule is distinct from merger_rule_before
    window version as (partition by kpi_code order by version_number)

)

select
    rules.kpi_code,
    versions.unit_kind,
    versions.name_en as kpi_name_en,
    versions.name_vi as kpi_name_vi,
    versions.definition_en as kpi_definition_en,
    versions.definition_vi as kpi_definition_vi,
    rules.merger_rule,
    rules.known_from,
    rules.known_until,
    rules.is_latest
from rules
inner join versions on rules.kpi_code = versions.kpi_code and versions.is_latest
