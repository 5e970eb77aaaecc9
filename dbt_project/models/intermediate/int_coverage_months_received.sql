with received_days as (

    select
        date_trunc('month', trust_date)::date as month_start_date,
        slots_expected,
        slots_received
    from {{ ref('mart_data_trust') }}
    where stream = 'all' and trust_date <= {{ last_complete_day() }}

),

received_months as (

    select
        month_start_date,
        count(*)::integer as n_days,
        sum(slots_expected)::integer as slots_expected,
        sum(slots_received)::integer as slots_received
    from received_days
    group by month_start_date

)

select
    month_start_date,
    slots_expected,
    slots_received,
    case
        when slots_received = 0 then 'no_slot_received'
        when month_start_date + interval '1 month' > {{ last_complete_day() }} + 1
            then 'month_not_over'
        when
            month_start_date + n_days < month_start_date + interval '1 month'
            or slots_received < {{ var('min_received_share') }} * slots_expected
            then 'too_few_slots_received'
    end as coverage_missing_reason
from received_months
