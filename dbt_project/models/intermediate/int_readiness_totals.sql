with delivered as (

    select * from {{ ref('stg_registers__readiness_totals') }}
    where recorded_on <= {{ edition_date(as_of()) }}

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
    period.recorded_on,
    nullif(period.ended_on, 'infinity') as superseded_on,
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
        else period.unused_reason
    end as unused_reason
from versions
left join kpis on versions.kpi_code = kpis.kpi_code
-- Until its KPI was withdrawn, and since.
cross join
    lateral (
        values
        (versions.recorded_on, least(versions.superseded_on, kpis.known_until), null),
        (
            greatest(versions.recorded_on, coalesce(kpis.known_until, 'infinity')),
            versions.superseded_on,
            'withdrawn'
        )
    ) as period (recorded_on, ended_on, unused_reason)
where
    versions.is_withdrawn is not true
    and period.recorded_on < coalesce(period.ended_on, 'infinity')
