with days as (

    select
        {{ utc_date('min(slot_at)') }} as first_date,
        {{ last_complete_day() }} as last_date
    from {{ ref('stg_ops__source_files') }}

),

mondays as (

    select monday::date as week_start_date
    from days
    cross join
        lateral generate_series(
            {{ week_start('days.first_date') }}, days.last_date, interval '7 days'
        ) as monday

)

select
    mondays.week_start_date,
    least(mondays.week_start_date + 6, days.last_date) as window_end_date,
    least(mondays.week_start_date + 6, days.last_date) - 27 as window_start_date
from mondays
cross join days
