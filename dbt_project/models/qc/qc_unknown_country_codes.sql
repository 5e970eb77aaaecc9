with places as (

    select * from {{ ref('stg_gdelt__document_places') }}

),

events as (

    select * from {{ ref('stg_gdelt__events') }}

),

observations as (

    select * from {{ ref('stg_worldbank__observations') }}

),

entries as (

    select * from {{ ref('stg_worldbank__countries') }}

),

codes as (

    select * from {{ ref('fips_codes') }}

),

countries as (

    select * from {{ ref('countries') }}

),

found as (

    select
        'fips' as code_system,
        'document_places' as found_in,
        country_code_fips as code,
        slot_at as seen_at
    from places
    union all
    select
        'fips' as code_system,
        'events' as found_in,
        action_geo_country_code_fips as code,
        slot_at as seen_at
    from events
    union all
    select
        'cameo' as code_system,
        'events' as found_in,
        actor.code,
        events.slot_at as seen_at
    from events
    cross join
        lateral (
            values (events.actor1_country_code_cameo), (events.actor2_country_code_cameo)
        ) as actor (code)
    union all
    select
        'worldbank' as code_system,
        'observations' as found_in,
        observations.country_code_wb as code,
        null as seen_at
    from observations
    left join entries on observations.country_code_wb = entries.country_code_wb
    where not coalesce(entries.is_aggregate, false)

),

unknown as (

    select found.*
    from found
    left join codes on found.code_system = 'fips' and found.code = codes.country_code_fips
    left join countries
        on
            (found.code_system = 'cameo' and found.code = countries.country_code_cameo)
            or (found.code_system = 'worldbank' and found.code = countries.country_code_iso3)
    where
        found.code is not null
        and codes.country_code_fips is null
        and countries.country_code_iso3 is null

)

select
    code_system,
    found_in,
    code,
    count(*)::integer as n_rows,
    min(seen_at) as first_seen_at,
    max(seen_at) as last_seen_at
from unknown
group by code_system, found_in, code
