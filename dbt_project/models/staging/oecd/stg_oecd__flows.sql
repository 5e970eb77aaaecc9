with source as (

    select * from {{ source('oecd', 'oecd__flows') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        country_code_iso3,
        reporter_code,
        entity_type,
        flow_year,
        vintage_date,
        value_usd as flow_usd,
        status_code,
        confidentiality_code,
        'C' in (coalesce(status_code, ''), coalesce(confidentiality_code, '')) as is_confidential
    from source

)

select * from renamed
