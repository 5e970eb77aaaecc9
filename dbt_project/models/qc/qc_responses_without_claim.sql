with responses as (

    select * from {{ ref('int_claim_responses_latest') }}

),

reviews as (

    select distinct address_key from {{ ref('int_claim_reviews_rated') }}

)

select
    responses.address_key,
    responses.n_cases,
    responses.response_seen_at
from responses
left join reviews on responses.address_key = reviews.address_key
where reviews.address_key is null
