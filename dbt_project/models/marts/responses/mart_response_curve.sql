{{ config(meta={'public': true}) }}

with curves as (

    select * from {{ ref('stg_measuring__response_curve') }}

)

select
    week_start_date,
    hours_since_seen,
    n_waiting,
    statement_share,
    statement_share_low,
    statement_share_high,
    no_statement_share,
    no_statement_share_low,
    no_statement_share_high,
    '{{ var("method_version") }}' as method_version
from curves
