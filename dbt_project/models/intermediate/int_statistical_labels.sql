with printed as (

    select
        breakdown,
        {{ label_key('label') }} as label_key,
        kind,
        country_code_iso3,
        province_id,
        group_code,
        coalesce(valid_from, '-infinity') as valid_from,
        coalesce(valid_to, 'infinity') as valid_to
    from {{ ref('statistical_labels') }}

),

-- Publishers of international statistics write ISO's codes; the seed has what else they write.
area_codes as (

    select
        systems.breakdown,
        {{ label_key('systems.area_code') }} as label_key,
        'country' as kind,
        countries.country_code_iso3,
        null as province_id,
        null as group_code,
        '-infinity'::date as valid_from,
        'infinity'::date as valid_to
    from {{ ref('countries') }} as countries
    cross join
        lateral (
            values
            ('imf_area', countries.country_code_iso3),
            ('oecd_area', countries.country_code_iso3),
            ('un_tourism_area', countries.country_code_iso_numeric)
        ) as systems (breakdown, area_code)
    where systems.area_code is not null

)

-- Spellings that differ in case, spaces or hyphens are one.
select distinct * from printed
union all
select * from area_codes
