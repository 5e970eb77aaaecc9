with delivered as (

    select * from {{ ref('stg_registers__units') }}
    where recorded_on <= {{ utc_date(as_of()) }}

),

versions as (

    {{ register_versions('delivered', ['unit_code']) }}

),

first_list as (

    select min(recorded_on) as recorded_on from delivered

),

-- The first list stands for the time before it as well: else nothing that was recorded earlier
-- would have a denominator. What is added later is known from then on.
ministries as (

    select
        'ministries' as population_version,
        versions.unit_code,
        versions.name_en as unit_name_en,
        versions.name_vi as unit_name_vi,
        min(versions.valid_on) over (
            partition by versions.unit_code order by versions.version_number
        ) as exists_from,
        coalesce(versions.ended_on + 1, 'infinity') as exists_until,
        case
            when versions.recorded_on = first_list.recorded_on then '-infinity'
            else versions.recorded_on
        end as known_from,
        coalesce(versions.superseded_on, 'infinity') as known_until,
        versions.is_latest
    from versions
    cross join first_list
    where versions.superseded_on is distinct from versions.recorded_on

),

-- A unit that was only renamed is one unit, under its last id.
renamed as (

    select
        province_id_before,
        province_id_after
    from {{ ref('province_bridge') }}
    where change_kind = 'renamed'

),

provinces as (

    select
        provinces.province_id as unit_code,
        provinces.province_name_en as unit_name_en,
        provinces.province_name_vi as unit_name_vi,
        least(provinces.valid_from, earlier.valid_from) as exists_from,
        coalesce(provinces.valid_to, 'infinity') as exists_until
    from {{ ref('provinces') }} as provinces
    left join renamed on provinces.province_id = renamed.province_id_after
    left join {{ ref('provinces') }} as earlier
        on renamed.province_id_before = earlier.province_id
    where
        not exists (
            select 1 from renamed as old
            where old.province_id_before = provinces.province_id
        )

),

versions_of_provinces as (

    select
        '63' as population_version,
        *
    from provinces
    where exists_from < '{{ var("provinces_merged_on") }}'
    union all
    select
        '34' as population_version,
        *
    from provinces
    where exists_until = 'infinity'

)

select
    population_version,
    unit_code,
    unit_name_en,
    unit_name_vi,
    exists_from,
    exists_until,
    known_from,
    known_until,
    is_latest
from ministries
union all
select
    population_version,
    unit_code,
    unit_name_en,
    unit_name_vi,
    case population_version
        when '34' then greatest(exists_from, '{{ var("provinces_merged_on") }}')
        else exists_from
    end as exists_from,
    case population_version
        when '63' then least(exists_until, '{{ var("provinces_merged_on") }}')
        else exists_until
    end as exists_until,
    '-infinity' as known_from,
    'infinity' as known_until,
    true as is_latest
from versions_of_provinces
