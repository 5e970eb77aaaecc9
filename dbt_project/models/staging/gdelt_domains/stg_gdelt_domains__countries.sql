with source as (

    select * from {{ source('gdelt_domains', 'gdelt__domain_countries') }}

),

-- The lists hold some names in both spellings, in capitals or with www.
renamed as (

    select
        list_name,
        regexp_replace(lower(domain), '^www\.', '') as outlet_domain,
        country_code_fips,
        sum(documents)::bigint as documents
    from source
    group by list_name, regexp_replace(lower(domain), '^www\.', ''), country_code_fips

)

select * from renamed
