with source as (

    select * from {{ source('registers', 'registers__awards') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        left(file_name, -13) as file_name,
        right(file_name, 12) as file_version,
        row_number,
        office,
        template_version,
        award_code,
        edition_number,
        name_en,
        name_vi,
        held_on,
        n_works,
        n_languages,
        n_prizes,
        coalesce(is_withdrawn, false) as is_withdrawn,
        valid_on,
        recorded_on,
        received_at
    from source

)

select * from renamed
