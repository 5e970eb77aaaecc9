with source as (

    select * from {{ source('gdelt_domains', 'gdelt_domains__countries') }}
    where {{ from_passed_loads() }}

),

-- A list is replaced as a whole.
newest as (

    select max(load_id) as load_id from source

),

-- The lists hold some names in both spellings, in capitals, with www or with a dot at the end.
renamed as (

    select
        source.list_name,
        rtrim(regexp_replace(lower(source.domain), '^www\.', ''), '.') as outlet_domain,
        source.country_code_fips,
        sum(source.place_mentions)::bigint as place_mentions
    from source
    inner join newest on source.load_id = newest.load_id
    group by source.list_name, outlet_domain, source.country_code_fips

)

select * from renamed
