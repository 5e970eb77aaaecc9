-- One row per address of a fact-check that a case of the response log names.
with responses as (

    select * from {{ ref('stg_registers__responses') }}

),

versions as (

    {{ register_versions('responses', ['case_code']) }}

),

in_force as (

    select
        *,
        {{ address_key('claim_review_url') }} as address_key
    from versions
    where is_latest and claim_review_url is not null

)

-- Two cases about one page are one answer: the first that was seen, the first that was given.
select
    address_key,
    min(seen_at) as response_seen_at,
    min(statement_at) as statement_at,
    min(decided_at) filter (where decision = 'no_statement') as declined_at,
    count(*)::integer as n_cases
from in_force
group by address_key
