with places as (

    select * from {{ ref('stg_gdelt__document_places') }}

),

codes as (

    select * from {{ ref('fips_codes') }}

),

-- FIPS 'AU' is Austria, ISO 'AU' is Australia: map the code system first, never join on letters.
mapped as (

    select
        places.record_id,
        places.slot_at,
        places.slot_date,
        codes.country_code_iso3,
        places.place_mentions,
        places.has_subnational_place
    from places
    left join codes on places.country_code_fips = codes.country_code_fips

),

-- One country can have several codes (Serbia: RI and, until 2006, RB).
countries as (

    select
        record_id,
        slot_at,
        slot_date,
        country_code_iso3,
        sum(place_mentions) as place_mentions,
        bool_or(has_subnational_place) as has_subnational_place
    from mapped
    group by record_id, slot_at, slot_date, country_code_iso3

),

-- Codes of seas and of no known country stay in the denominator, as in the parser's totals.
weighed as (

    select
        record_id,
        slot_at,
        slot_date,
        country_code_iso3,
        place_mentions::integer as place_mentions,
        has_subnational_place,
        (sum(place_mentions) over (partition by record_id, slot_at, slot_date))::integer
            as all_place_mentions
    from countries

)

select * from weighed
where country_code_iso3 is not null
