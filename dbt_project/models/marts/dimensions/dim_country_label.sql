{{ config(meta={'public': true}) }}

with countries as (

    select * from {{ ref('countries') }}

),

fips as (

    select * from {{ ref('fips_codes') }}
    where country_code_iso3 is not null

),

printed as (

    select * from {{ ref('statistical_labels') }}
    where kind = 'country'

),

own_codes as (

    select
        countries.country_code_iso3,
        systems.label_system,
        systems.label,
        countries.valid_from,
        null::date as valid_to
    from countries
    cross join
        lateral (
            values
            ('iso3', countries.country_code_iso3),
            ('iso2', countries.country_code_iso2),
            ('iso_numeric', countries.country_code_iso_numeric),
            ('cameo', countries.country_code_cameo),
            ('name_en', countries.country_name_en),
            ('name_vi', countries.country_name_vi)
        ) as systems (label_system, label)
    where systems.label is not null

),

-- Publishers may carry a country's code back to years before it came to be.
area_codes as (

    select
        countries.country_code_iso3,
        systems.label_system,
        systems.label,
        null::date as valid_from,
        null::date as valid_to
    from countries
    cross join
        lateral (
            values
            ('imf', countries.country_code_iso3),
            ('oecd', countries.country_code_iso3),
            ('worldbank', countries.country_code_iso3),
            ('un_tourism', countries.country_code_iso_numeric)
        ) as systems (label_system, label)
    where systems.label is not null

),

fips_codes as (

    select
        country_code_iso3,
        'fips' as label_system,
        country_code_fips as label,
        null::date as valid_from,
        null::date as valid_to
    from fips

),

printed_labels as (

    select
        printed.country_code_iso3,
        publishers.publisher as label_system,
        printed.label,
        printed.valid_from,
        printed.valid_to
    from printed
    cross join lateral regexp_split_to_table(printed.seen_in, ' ') as publishers (publisher)

),

unioned as (

    select * from own_codes
    union all
    select * from area_codes
    union all
    select * from fips_codes
    union all
    select * from printed_labels

)

select * from unioned
