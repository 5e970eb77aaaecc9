with source as (

    select * from {{ source('registers', 'registers__agreements') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        left(file_name, -13) as file_name,
        right(file_name, 12) as file_version,
        row_number,
        office,
        template_version,
        partner_code_iso3,
        kind,
        tier,
        title_en,
        title_vi,
        signed_on,
        is_verified,
        source_url,
        coalesce(is_withdrawn, false) as is_withdrawn,
        valid_on,
        recorded_on,
        received_at
    from source

)

select * from renamed
