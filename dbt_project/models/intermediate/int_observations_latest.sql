with observations as (

    select * from {{ ref('stg_worldbank__observations') }}

),

entries as (

    select * from {{ ref('stg_worldbank__countries') }}

),

countries as (

    select * from {{ ref('countries') }}

),

latest as (

    select distinct on (indicator_code, country_code_wb, observation_year) *
    from observations
    order by indicator_code asc, country_code_wb asc, observation_year asc, vintage_date desc

),

-- The publisher's three letters are ISO's, Kosovo (XKX) included; aggregates share the column.
mapped as (

    select
        countries.country_code_iso3,
        latest.indicator_code,
        latest.observation_year,
        latest.vintage_date,
        latest.value
    from latest
    inner join countries on latest.country_code_wb = countries.country_code_iso3
    left join entries on latest.country_code_wb = entries.country_code_wb
    where not coalesce(entries.is_aggregate, false)

)

select * from mapped
