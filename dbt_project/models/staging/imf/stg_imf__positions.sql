with source as (

    select * from {{ source('imf', 'imf__positions') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        country_code_iso3,
        counterpart_code,
        position_year,
        vintage_date,
        value_usd as position_usd,
        status_code,
        coalesce(status_code = 'C', false) as is_confidential
    from source

)

select * from renamed
