with source as (

    select * from {{ source('grouping', 'story_documents') }}

)

select
    country_code_iso3,
    record_id,
    slot_date,
    story_id
from source
