with source as (

    select * from {{ source('grouping', 'boilerplate_documents') }}

)

select
    record_id,
    slot_date
from source
