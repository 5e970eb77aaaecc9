with source as (

    select * from {{ source('registers', 'registers__units') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        left(file_name, -13) as file_name,
        right(file_name, 12) as file_version,
        row_number,
        office,
        template_version,
        unit_code,
        unit_kind,
        name_en,
        name_vi,
        ended_on,
        coalesce(is_withdrawn, false) as is_withdrawn,
        valid_on,
        recorded_on,
        received_at
    from source

)

select * from renamed
