with source as (

    select * from {{ source('sample', 'sample__outlets') }}

),

renamed as (

    select
        lower(outlet_domain) as outlet_domain,
        outlet_name,
        country_code_iso3,
        language_code_iso639_3,
        case outlet_type
            when 'owned' then 'foreign_language'
            when 'aggregator' then 'aggregator'
            else 'general'
        end as outlet_kind
    from source

)

select * from renamed
