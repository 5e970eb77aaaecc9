with renamed as (

    select
        province_id_before,
        province_id_after
    from {{ ref('province_bridge') }}
    where change_kind = 'renamed'

),

delivered as (

    select
        stated.file_name,
        stated.file_version,
        stated.row_number,
        stated.office,
        stated.template_version,
        stated.kpi_code,
        coalesce(renamed.province_id_after, stated.unit_code) as unit_code,
        stated.is_met,
        stated.evidence,
        stated.status,
        stated.is_withdrawn,
        stated.valid_on,
        stated.recorded_on,
        stated.received_at
    from {{ ref('stg_registers__readiness_units') }} as stated
    left join renamed on stated.unit_code = renamed.province_id_before
    where stated.recorded_on <= {{ edition_date(as_of()) }}

),

versions as (

    {{ register_versions('delivered', ['kpi_code', 'unit_code', 'valid_on']) }}

),

kpis as (

    select * from {{ ref('int_readiness_kpis') }}
    where is_latest

),

units as (

    select * from {{ ref('int_readiness_units') }}
    where is_latest

)

select
    versions.kpi_code,
    units.population_version,
    versions.unit_code,
    versions.valid_on,
    period.recorded_on,
    nullif(period.ended_on, 'infinity') as superseded_on,
    versions.is_met,
    versions.status,
    versions.evidence,
    versions.office,
    versions.file_name,
    versions.row_number,
    case
        when kpis.kpi_code is null then 'unknown_kpi'
        when units.unit_code is not null then period.unused_reason
        when
            versions.unit_code not in (select known_units.unit_code from units as known_units)
            then 'unknown_unit'
        else 'unit_not_counted_then'
    end as unused_reason
from versions
left join kpis on versions.kpi_code = kpis.kpi_code
left join units
    on
        versions.unit_code = units.unit_code
        and (kpis.unit_kind = 'ministry') = (units.population_version = 'ministries')
        and versions.valid_on >= units.exists_from
        and versions.valid_on < units.exists_until
-- Until its KPI or unit was withdrawn, and since.
cross join
    lateral (
        values
        (
            versions.recorded_on,
            least(versions.superseded_on, kpis.known_until, units.known_until),
            null
        ),
        (
            greatest(
                versions.recorded_on,
                coalesce(least(kpis.known_until, units.known_until), 'infinity')
            ),
            versions.superseded_on,
            'withdrawn'
        )
    ) as period (recorded_on, ended_on, unused_reason)
where
    versions.is_withdrawn is not true
    and period.recorded_on < coalesce(period.ended_on, 'infinity')
