with source as (

    select * from {{ source('registers', 'registers__events') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        left(file_name, -13) as file_name,
        right(file_name, 12) as file_version,
        row_number,
        office,
        template_version,
        event_code,
        kind,
        name_en,
        name_vi,
        starts_on,
        ends_on,
        string_to_array(host_countries, ' ') as host_countries,
        string_to_array(outcomes, ' ') as outcomes,
        window_days,
        coalesce(is_withdrawn, false) as is_withdrawn,
        valid_on,
        recorded_on,
        received_at
    from source

)

select * from renamed
