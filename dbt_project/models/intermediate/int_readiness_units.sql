with delivered as (

    select * from {{ ref('stg_registers__units') }}
    where recorded_on <= {{ edition_date(as_of()) }}

),

versions as (

    {{ register_versions('delivered', ['unit_code']) }}

),

first_list as (

    select min(received_at) as received_at from delivered

),

in_force as (

    select
        *,
        version_number = min(version_number) over unit as is_first,
        version_number = max(version_number) over unit as is_last,
        min(received_at) over unit as first_received_at
    from versions
    where superseded_on is distinct from recorded_on and is_withdrawn is not true
    window unit as (partition by unit_code)

),

-- The list that came first stands for the time before it as well: else nothing that was recorded
-- earlier would have a denominator. What comes later is known from the day of its recording on,
-- which may be mistaken: so the day of receipt says which list was first.
ministries as (

    select
        'ministries' as population_version,
        in_force.unit_code,
        in_force.name_en as unit_name_en,
        in_force.name_vi as unit_name_vi,
        in_force.valid_on as exists_from,
        coalesce(in_force.ended_on + 1, 'infinity') as exists_until,
        case
            when in_force.is_first and in_force.first_received_at = first_list.received_at
                then '-infinity'
            else in_force.recorded_on
        end as known_from,
        coalesce(in_force.superseded_on, 'infinity') as known_until,
        in_force.is_last as is_latest
    from in_force
    cross join first_list

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
