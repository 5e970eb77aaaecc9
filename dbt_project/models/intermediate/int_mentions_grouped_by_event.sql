with mentions as (

    select * from {{ ref('stg_gdelt__mentions') }}

),

-- A mention's event slot is its event's slot: it is part of the key, so that a day of events needs
-- only the mentions that name this day.
grouped as (

    select
        global_event_id,
        event_slot_at,
        count(*)::integer as n_mentions,
        count(distinct outlet_domain)::integer as n_outlets,
        max(confidence_percent) as confidence_percent_max
    from mentions
    group by global_event_id, event_slot_at

)

select * from grouped
