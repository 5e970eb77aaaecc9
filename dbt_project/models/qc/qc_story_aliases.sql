with aliases as (

    select * from {{ ref('stg_grouping__story_aliases') }}

),

stories as (

    select * from {{ ref('mart_story_week') }}

)

select
    aliases.country_code_iso3,
    aliases.series,
    aliases.old_story_id,
    aliases.story_id,
    stories.story_id is not null as is_a_story_now,
    stories.first_date,
    stories.title
from aliases
left join stories
    on
        aliases.country_code_iso3 = stories.country_code_iso3
        and aliases.series = stories.series
        and aliases.story_id = stories.story_id
