{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['slot_date']}],
    meta={'public': true, 'partition_column': 'slot_date', 'days_before': 7, 'days_after': 1},
) }}

with events as (

    select * from {{ ref('stg_gdelt__events') }}
    where {{ is_rebuilt('slot_at') }}

),

mentions as (

    select * from {{ ref('int_mentions_grouped_by_event') }}
    where {{ is_rebuilt('event_slot_at') }}

),

codes as (

    select * from {{ ref('fips_codes') }}

),

countries as (

    select * from {{ ref('countries') }}

),

mapped as (

    select
        events.global_event_id,
        events.slot_at,
        events.slot_date,
        events.stream,
        events.event_date,
        actor1.country_code_iso3 as actor1_country_code_iso3,
        actor2.country_code_iso3 as actor2_country_code_iso3,
        events.actor1_country_code_cameo,
        events.actor2_country_code_cameo,
        events.is_root_event,
        events.event_code,
        events.event_base_code,
        events.event_root_code,
        events.quad_class::integer as quad_class,
        events.goldstein_scale,
        events.action_geo_type::integer as action_geo_type,
        codes.country_code_iso3 as action_geo_country_code_iso3,
        events.action_geo_country_code_fips,
        events.action_geo_adm1_code,
        events.action_geo_feature_id,
        events.action_geo_latitude,
        events.action_geo_longitude,
        events.url,
        events.outlet_domain,
        coalesce(mentions.n_mentions, 0) as n_mentions,
        coalesce(mentions.n_outlets, 0) as n_outlets,
        mentions.confidence_percent_max::integer as confidence_percent_max,
        '{{ var("method_version") }}' as method_version
    from events
    left join mentions
        on
            events.global_event_id = mentions.global_event_id
            and events.slot_at = mentions.event_slot_at
    left join countries as actor1 on events.actor1_country_code_cameo = actor1.country_code_cameo
    left join countries as actor2 on events.actor2_country_code_cameo = actor2.country_code_cameo
    left join codes on events.action_geo_country_code_fips = codes.country_code_fips

)

select * from mapped
