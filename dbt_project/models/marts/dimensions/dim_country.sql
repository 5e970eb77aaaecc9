{{ config(meta={'public': true}) }}

with countries as (

    select * from {{ ref('countries') }}

),

watchlist as (

    select * from {{ ref('watchlist') }}
    where
        valid_from <= {{ utc_date(as_of()) }}
        and (valid_to is null or valid_to > {{ utc_date(as_of()) }})

),

joined as (

    select
        countries.country_code_iso3,
        countries.country_code_iso2,
        countries.country_code_fips,
        countries.country_code_cameo,
        countries.country_name_en,
        countries.country_name_vi,
        countries.region_name_en,
        countries.country_code_iso_numeric,
        countries.valid_from,
        watchlist.role as watch_role
    from countries
    left join watchlist on countries.country_code_iso3 = watchlist.country_code_iso3

)

select * from joined
