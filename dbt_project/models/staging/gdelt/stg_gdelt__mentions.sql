with source as (

    select * from {{ source('gdelt', 'gdelt__mentions') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        slot_at,
        {{ utc_date('slot_at') }} as slot_date,
        stream,
        line_number,
        global_event_id,
        event_slot_at,
        {{ utc_date('event_slot_at') }} as event_slot_date,
        outlet_domain,
        url,
        confidence_percent
    from source

)

select * from renamed
