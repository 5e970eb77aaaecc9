with slots as (

    select * from {{ ref('int_slots_classified') }}

)

select
    slot_at,
    slot_date,
    stream,
    slot_state
from slots
where slot_state <> 'received'
