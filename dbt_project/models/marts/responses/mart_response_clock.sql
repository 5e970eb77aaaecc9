{{ config(meta={'public': true}) }}

with clocks as (

    select * from {{ ref('stg_measuring__response_clock') }}

),

targets as (

    select * from {{ ref('int_response_target_versions') }}

)

select
    clocks.week_start_date,
    clocks.window_start_date,
    clocks.window_end_date,
    clocks.n_cases,
    clocks.n_open,
    clocks.n_statements,
    clocks.n_no_statement,
    clocks.median_hours,
    clocks.median_hours_low,
    clocks.median_hours_high,
    clocks.median_reason,
    clocks.p90_hours,
    clocks.p90_hours_low,
    clocks.p90_hours_high,
    clocks.p90_reason,
    target.target_hours,
    clocks.n_with_target,
    clocks.within_target_share,
    clocks.within_target_share_low,
    clocks.within_target_share_high,
    clocks.no_statement_within_target_share,
    clocks.within_target_reason,
    clocks.n_decided,
    clocks.n_correct_ourselves,
    clocks.own_error_share,
    clocks.own_error_share_low,
    clocks.own_error_share_high,
    clocks.own_error_reason,
    clocks.suppressed_reason,
    '{{ var("method_version") }}' as method_version
from clocks
left join lateral (
    select targets.target_hours::double precision as target_hours
    from targets
    where
        targets.is_withdrawn is not true
        and targets.recorded_on <= clocks.window_end_date
        and coalesce(targets.superseded_on, 'infinity') > clocks.window_end_date
        and targets.valid_on <= clocks.window_end_date
    order by targets.valid_on desc
    limit 1
) as target on true
