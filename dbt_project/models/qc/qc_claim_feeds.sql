with feeds as (

    select * from {{ ref('stg_factchecks__feeds') }}

)

select
    load_id,
    seen_at,
    reviews_count,
    kept_count,
    unlisted_count::double precision / nullif(reviews_count, 0) as unlisted_share,
    duplicate_count::double precision / nullif(reviews_count, 0) as duplicate_share,
    rejected_count::double precision / nullif(reviews_count, 0) as rejected_share,
    bad_date_count::double precision / nullif(kept_count, 0) as bad_date_share
from feeds
