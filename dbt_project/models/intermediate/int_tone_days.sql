{#- Reach: that of int_tone_units. -#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['story_date']}],
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'story_date', 'days_before': 6, 'days_after': 363},
) }}

with units as (

    select * from {{ ref('int_tone_units') }}
    where {{ is_rebuilt('first_date', is_instant=false) }}

),

watched as (

    select distinct
        country_code_iso3,
        source_country_code_iso3,
        valid_from,
        valid_to
    from {{ ref('int_watched_series') }}
    where source_country_code_iso3 <> 'world'

),

-- Outlet families are averaged within a story, then stories, as in the premium of 28 days.
stories as (

    select
        units.first_date as story_date,
        units.country_code_iso3,
        units.source_country_code_iso3,
        units.stratum,
        units.story_id,
        array_agg(units.outlet_family) as outlet_families,
        avg(units.z::numeric) as z
    from units
    inner join watched
        on
            units.country_code_iso3 = watched.country_code_iso3
            and units.source_country_code_iso3 = watched.source_country_code_iso3
            and units.first_date >= watched.valid_from
            and (watched.valid_to is null or units.first_date < watched.valid_to)
    group by
        units.first_date, units.country_code_iso3, units.source_country_code_iso3, units.stratum,
        units.story_id

),

premiums as (

    select
        story_date,
        country_code_iso3,
        source_country_code_iso3,
        stratum,
        count(*)::integer as n_stories,
        avg(z)::double precision as premium
    from stories
    group by story_date, country_code_iso3, source_country_code_iso3, stratum

),

families as (

    select
        stories.story_date,
        stories.country_code_iso3,
        stories.source_country_code_iso3,
        stories.stratum,
        count(distinct family)::integer as n_families
    from stories
    cross join lateral unnest(stories.outlet_families) as family
    group by
        stories.story_date, stories.country_code_iso3, stories.source_country_code_iso3,
        stories.stratum

)

-- Of fewer outlets a mean would be tone by outlet.
select
    premiums.story_date,
    premiums.country_code_iso3,
    premiums.source_country_code_iso3,
    premiums.stratum,
    premiums.n_stories,
    families.n_families,
    case when families.n_families >= {{ var('min_outlets') }} then premiums.premium end as premium
from premiums
inner join families
    on
        premiums.story_date = families.story_date
        and premiums.country_code_iso3 = families.country_code_iso3
        and premiums.source_country_code_iso3 = families.source_country_code_iso3
        and premiums.stratum = families.stratum
