-- Every expected slot is in exactly one state, and `all` is the sum of the streams.
with trust as (

    select * from {{ ref('mart_data_trust') }}
    where {{ in_changed_days('mart_data_trust') }}

),

streams as (

    select
        trust_date,
        sum(slots_expected) filter (where stream <> 'all') as slots_expected_of_streams,
        sum(slots_expected) filter (where stream = 'all') as slots_expected_of_all,
        count(*) as n_rows
    from trust
    group by trust_date

)

select trust_date
from trust
where
    slots_expected
    <> slots_received + slots_missing + slots_gap + slots_refused + slots_empty
union all
select trust_date
from streams
where slots_expected_of_streams <> slots_expected_of_all or n_rows <> 3
