with source as (

    select * from {{ source('worldbank', 'worldbank__countries') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        country_code_wb,
        country_name as country_name_en,
        is_aggregate
    from source

)

select * from renamed
