with source as (

    select * from {{ source('grouping', 'story_aliases') }}

)

select
    country_code_iso3,
    series,
    old_story_id,
    story_id
from source
