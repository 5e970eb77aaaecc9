with delivered as (

    select * from {{ ref('stg_registers__readiness_totals') }}
    where recorded_on <= {{ utc_date(as_of()) }}

),

versions as (

    {{ register_versions('delivered', ['kpi_code', 'population_version', 'valid_on']) }}

),

kpis as (

    select * from {{ ref('int_readiness_kpis') }}
    where is_latest

)

select
    versions.kpi_code,
    versions.population_version,
    versions.valid_on,
    versions.recorded_on,
    versions.superseded_on,
    versions.numerator,
    versions.denominator,
    versions.reported_percent / 100 as reported_ratio,
    versions.status,
    versions.evidence,
    versions.office,
    versions.file_name,
    versions.row_number,
    case
        when kpis.kpi_code is null then 'unknown_kpi'
        when
            (kpis.unit_kind = 'ministry') <> (versions.population_version = 'ministries')
            or (
                versions.population_version = '63'
                and versions.valid_on >= '{{ var("provinces_merged_on") }}'
            )
            or (
                versions.population_version = '34'
                and versions.valid_on < '{{ var("provinces_merged_on") }}'
            )
            then 'population_not_counted_then'
    end as unused_reason
from versions
left join kpis on versions.kpi_code = kpis.kpi_code
where versions.superseded_on is distinct from versions.recorded_on
