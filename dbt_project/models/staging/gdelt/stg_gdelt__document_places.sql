with source as (

    select * from {{ source('gdelt', 'gdelt__document_places') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        record_id,
        slot_at,
        {{ utc_date('slot_at') }} as slot_date,
        stream,
        country_code_fips,
        place_mentions,
        has_subnational_place
    from source

)

select * from renamed
