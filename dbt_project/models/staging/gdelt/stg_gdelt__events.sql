with source as (

    select * from {{ source('gdelt', 'gdelt__events') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        global_event_id,
        slot_at,
        {{ utc_date('slot_at') }} as slot_date,
        stream,
        event_date,
        is_root_event,
        event_code,
        event_base_code,
        event_root_code,
        quad_class,
        goldstein_scale,
        actor1_country_code_cameo,
        actor2_country_code_cameo,
        action_geo_type,
        action_geo_country_code_fips,
        action_geo_adm1_code,
        action_geo_feature_id,
        action_geo_latitude,
        action_geo_longitude,
        url,
        outlet_domain
    from source

)

select * from renamed
