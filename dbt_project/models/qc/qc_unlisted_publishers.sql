with publishers as (

    select * from {{ ref('stg_factchecks__publishers') }}

)

select
    publisher_domain,
    reviews_count,
    reviews_count::double precision / sum(reviews_count) over () as reviews_share
from publishers
order by reviews_count desc, publisher_domain asc
