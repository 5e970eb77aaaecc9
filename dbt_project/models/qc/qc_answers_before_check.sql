-- One row per fact-check that is called answered by a statement of a day before its publication:
-- the case was seen before anybody had checked the claim, or it names another one than it answers.
with claims as (

    select * from {{ ref('mart_claim_watch') }}

)

select
    review_id,
    claim_review_url,
    published_on,
    answered_at,
    published_on - {{ utc_date('answered_at') }} as days_before
from claims
where answer_status = 'answered' and {{ utc_date('answered_at') }} < published_on
