select
    rating_text,
    min(checker_domain) as example_domain,
    count(*)::integer as n_reviews,
    count(distinct checker_domain)::integer as n_checkers,
    max(published_on) as last_published_on
from {{ ref('int_claim_reviews_rated') }}
where is_latest and is_listed and rating = 'other'
group by rating_text
order by n_reviews desc, rating_text asc
