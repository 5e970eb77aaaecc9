with source as (

    select * from {{ source('gdelt', 'gdelt__event_totals') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        slot_at,
        {{ utc_date('slot_at') }} as slot_date,
        stream,
        quad_class::integer as quad_class,
        events,
        root_pair_events
    from source

)

select * from renamed
