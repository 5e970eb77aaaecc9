{{ config(meta={'public': true}) }}

with versions as (

    select * from {{ ref('int_response_versions') }}

),

targets as (

    select * from {{ ref('int_response_target_versions') }}
    where is_latest

),

counted as (

    select
        *,
        count(*) over (partition by case_code) as n_versions,
        min(recorded_on) over (partition by case_code) as first_recorded_on
    from versions

),

in_force as (

    select
        *,
        case
            when statement_at is not null then 'answered'
            when decision = 'no_statement' then 'no_statement'
            when decided_at is not null then 'decided'
            when triaged_at is not null then 'triaged'
            else 'seen'
        end as case_status
    from counted
    where is_latest

),

ended as (

    select
        *,
        case case_status
            when 'answered' then statement_at
            when 'no_statement' then decided_at
            else {{ as_of() }}
        end as ended_at
    from in_force

),

waited as (

    select
        *,
        (extract(epoch from ended_at - seen_at) / 3600)::double precision as waited_hours
    from ended

)

select
    waited.case_code,
    waited.claim_review_url,
    waited.claim_url,
    waited.seen_at,
    waited.triaged_at,
    waited.decided_at,
    waited.decision,
    waited.statement_at,
    waited.statement_url,
    waited.case_status,
    waited.waited_hours,
    target.target_hours,
    case
        when waited.case_status = 'no_statement' then null
        when waited.waited_hours > target.target_hours then false
        when waited.case_status = 'answered' and target.target_hours is not null then true
    end as is_within_target,
    waited.first_recorded_on,
    waited.recorded_on,
    waited.n_versions::integer as n_versions,
    waited.office,
    '{{ var("method_version") }}' as method_version
from waited
left join lateral (
    select targets.target_hours::double precision as target_hours
    from targets
    where targets.valid_on <= {{ utc_date('waited.seen_at') }}
    order by targets.valid_on desc
    limit 1
) as target on true
