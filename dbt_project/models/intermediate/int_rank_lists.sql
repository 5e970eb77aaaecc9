with lists as (

    select * from {{ ref('stg_tranco__lists') }}

)

-- A list is in force from its own date to the next one's; the first one for the time before it too.
select
    list_id,
    list_date,
    case
        when lag(list_date) over (order by list_date, list_id) is null then date '-infinity'
        else list_date
    end as valid_from,
    coalesce(lead(list_date) over (order by list_date, list_id), date 'infinity') as valid_to
from lists
