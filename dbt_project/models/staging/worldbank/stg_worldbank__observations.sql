with source as (

    select * from {{ source('worldbank', 'worldbank__observations') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        indicator_code,
        country_code_wb,
        observation_year,
        vintage_date,
        value
    from source

)

select * from renamed
