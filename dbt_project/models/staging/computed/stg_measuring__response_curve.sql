with source as (

    select * from {{ source('measuring', 'response_curve') }}

)

select
    week_start_date,
    hours as hours_since_seen,
    n_waiting,
    statement_share,
    statement_share_low,
    statement_share_high,
    no_statement_share,
    no_statement_share_low,
    no_statement_share_high
from source
