with source as (

    select * from {{ source('registers', 'registers__targets') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        left(file_name, -13) as file_name,
        right(file_name, 12) as file_version,
        row_number,
        office,
        template_version,
        kpi_code,
        target_percent,
        due_on,
        source_title,
        source_url,
        is_verified,
        coalesce(is_withdrawn, false) as is_withdrawn,
        valid_on,
        recorded_on,
        received_at
    from source

)

select * from renamed
