-- A week of the log ends with Sunday or the last complete day; measured are the 365 days up to it.
with versions as (

    select * from {{ ref('int_response_versions') }}

),

targets as (

    select * from {{ ref('int_response_target_versions') }}

),

days as (

    select
        {{ week_start('min(recorded_on)') }} as first_week,
        {{ last_complete_day() }} as last_date
    from versions

),

mondays as (

    select
        days.last_date,
        monday::date as week_start_date
    from days
    cross join lateral generate_series(days.first_week, days.last_date, interval '7 days') as monday

),

weeks as (

    select
        week_start_date,
        least(week_start_date + 6, last_date) as window_end_date,
        least(week_start_date + 6, last_date) - 364 as window_start_date,
        -- 00:00 UTC behind the last day
        (least(week_start_date + 6, last_date) + 1)::timestamp at time zone 'UTC' as known_until_at
    from mondays

),

-- What was known then: of a statement that was recorded later nobody could tell.
known as (

    select
        weeks.*,
        versions.case_code,
        versions.seen_at,
        versions.statement_at,
        versions.decided_at,
        case when versions.decided_at < weeks.known_until_at then versions.decision end as decision
    from weeks
    inner join versions
        on
            versions.is_withdrawn is not true
            and weeks.window_end_date >= versions.recorded_on
            and weeks.window_end_date < coalesce(versions.superseded_on, 'infinity')
            and weeks.known_until_at > versions.seen_at
            and weeks.window_start_date <= {{ utc_date('versions.seen_at') }}

),

told as (

    select
        *,
        case
            when statement_at < known_until_at then 'statement'
            when decision = 'no_statement' then 'no_statement'
            else 'open'
        end as outcome
    from known

),

ended as (

    select
        *,
        case outcome
            when 'statement' then statement_at
            when 'no_statement' then decided_at
            else known_until_at
        end as ended_at
    from told

)

select
    ended.week_start_date,
    ended.window_start_date,
    ended.window_end_date,
    ended.case_code,
    ended.decision,
    ended.outcome,
    (extract(epoch from ended.ended_at - ended.seen_at) / 3600)::double precision as hours,
    target.target_hours::double precision as target_hours
from ended
left join lateral (
    select targets.target_hours
    from targets
    where
        targets.is_withdrawn is not true
        and targets.recorded_on <= ended.window_end_date
        and coalesce(targets.superseded_on, 'infinity') > ended.window_end_date
        and targets.valid_on <= {{ utc_date('ended.seen_at') }}
    order by targets.valid_on desc
    limit 1
) as target on true
