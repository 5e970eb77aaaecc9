-- Every day since August 2008 has 63 units, every day since July 2025 has 34; a code names one of
-- them; and the bridge leads each of the 63 to one of the 34.
with provinces as (

    select * from {{ ref('provinces') }}

),

starts as (

    select distinct valid_from as day from provinces

),

counted as (

    select
        starts.day,
        count(*) as n_units,
        count(distinct provinces.province_code_nso) as n_codes
    from starts
    inner join provinces
        on
            starts.day >= provinces.valid_from
            and (provinces.valid_to is null or starts.day < provinces.valid_to)
    group by starts.day

),

bridge as (

    select
        province_bridge.province_id_before,
        old.province_id is not null as is_of_the_63,
        new.province_id is not null as is_of_the_34,
        province_bridge.province_id_after,
        (province_bridge.change_kind = 'unchanged')
        = (province_bridge.province_id_before = province_bridge.province_id_after) as is_of_its_kind
    from {{ ref('province_bridge') }} as province_bridge
    left join provinces as old
        on
            province_bridge.province_id_before = old.province_id
            and old.valid_from < '2025-07-01'
            and (old.valid_to is null or old.valid_to = '2025-07-01')
    left join provinces as new
        on
            province_bridge.province_id_after = new.province_id
            and new.valid_to is null
    where province_bridge.changed_on = '2025-07-01'

)

select day::text as found
from counted
where
    n_units <> case when day < '2025-07-01' then 63 else 34 end
    or n_codes <> n_units
union all
select province_id_before as found from bridge
where not is_of_the_63 or not is_of_the_34 or not is_of_its_kind
union all
select 'bridge' as found from bridge
having count(*) <> 63 or count(distinct province_id_after) <> 34
