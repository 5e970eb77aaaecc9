with source as (

    select * from {{ source('tranco', 'tranco__ranks') }}
    where {{ from_passed_loads() }}

)

-- Every list has a first place, and one.
select
    list_id,
    list_date
from source
where rank = 1
