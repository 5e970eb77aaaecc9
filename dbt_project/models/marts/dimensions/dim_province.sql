{{ config(meta={'public': true}) }}

with provinces as (

    select * from {{ ref('provinces') }}

),

changes as (

    select * from {{ ref('province_bridge') }}
    where change_kind <> 'unchanged'

),

joined as (

    select
        provinces.province_id,
        provinces.province_code_nso,
        provinces.province_name_en,
        provinces.province_name_vi,
        provinces.unit_kind,
        provinces.valid_from,
        provinces.valid_to,
        changes.province_id_after as successor_province_id
    from provinces
    left join changes on provinces.province_id = changes.province_id_before

)

select * from joined
