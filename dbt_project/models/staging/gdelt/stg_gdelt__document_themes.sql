with source as (

    select * from {{ source('gdelt', 'gdelt__documents') }}
    where {{ from_passed_loads() }}

),

-- V1Themes and V2Themes overlap: a code counts once.
unnested as (

    select distinct
        source.record_id,
        source.slot_at,
        {{ utc_date('source.slot_at') }} as slot_date,
        codes.theme_code
    from source
    cross join lateral unnest(source.theme_codes) as codes (theme_code)

)

select * from unnested
