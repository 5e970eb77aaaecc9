with source as (

    select * from {{ source('measuring', 'case_pages') }}

)

select
    case_code,
    page,
    record_id
from source
