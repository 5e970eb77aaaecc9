{#- Both round: genuine Decembers of 2018 to 2021 differ by 0.06 million dollars, one project. -#}
{%- set tolerance = 0.005 -%}
with registered as (

    select * from {{ ref('int_fia_registered_mapped') }}
    where not is_total

),

licensed as (

    select * from {{ ref('int_nso_fdi_mapped') }}
    where extract(month from period_month) = 12

),

-- A release that was supplied twice, with other content, counts as it was received last.
in_force as (

    select distinct on (release_month)
        release_month,
        file_name,
        file_version
    from licensed
    order by release_month asc, received_at desc, file_name desc, file_version desc

),

licensed_in_force as (

    select
        licensed.*,
        extract(year from licensed.period_month)::integer as registered_year,
        coalesce(licensed.country_code_iso3, licensed.province_id, licensed.group_code) as code
    from licensed
    inner join in_force
        on
            licensed.file_name = in_force.file_name
            and licensed.file_version = in_force.file_version

),

nso as (

    select
        registered_year,
        breakdown,
        code,
        measure,
        sum(value_printed)::numeric as nso_value,
        min(file_name || ', ' || place) as nso_place
    from licensed_in_force
    group by registered_year, breakdown, code, measure

),

measured as (

    select
        registered.registered_year,
        registered.breakdown,
        coalesce(registered.country_code_iso3, registered.province_id, registered.group_code)
            as code,
        figures.measure,
        figures.value
    from registered
    cross join
        lateral (
            values
            ('projects', registered.new_projects::numeric),
            ('new_capital_usd_million', registered.new_capital_usd / 1000000),
            ('adjusted_capital_usd_million', registered.adjusted_capital_usd / 1000000)
        ) as figures (measure, value)

),

fia as (

    select
        registered_year,
        breakdown,
        code,
        measure,
        sum(value) as fia_value
    from measured
    group by registered_year, breakdown, code, measure
    union all
    select
        registered_year,
        'total' as breakdown,
        'total' as code,
        measure,
        sum(value) as fia_value
    from measured
    where breakdown = 'partner'
    group by registered_year, measure

),

compared as (

    select
        nso.registered_year,
        nso.breakdown,
        nso.code,
        nso.measure,
        nso.nso_value,
        fia.fia_value,
        fia.fia_value - nso.nso_value as difference,
        greatest(abs(fia.fia_value), abs(nso.nso_value)) as largest,
        nso.nso_place
    from nso
    left join fia
        on
            nso.registered_year = fia.registered_year
            and nso.breakdown = fia.breakdown
            and nso.code = fia.code
            and nso.measure = fia.measure
    where nso.registered_year in (select years.registered_year from registered as years)

)

select
    registered_year,
    breakdown,
    code,
    measure,
    nso_value,
    fia_value,
    difference,
    coalesce(abs(difference) <= greatest({{ tolerance }} * largest, 0.1), false)
        as is_within_tolerance,
    nso_place
from compared
