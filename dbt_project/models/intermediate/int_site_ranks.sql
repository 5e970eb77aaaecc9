with lists as (

    select * from {{ ref('int_rank_lists') }}

),

ranks as (

    select * from {{ ref('stg_tranco__ranks') }}

)

select
    ranks.domain as registered_domain,
    ranks.rank as site_rank,
    lists.list_id,
    lists.list_date,
    lists.valid_from,
    lists.valid_to
from ranks
inner join lists on ranks.list_id = lists.list_id
