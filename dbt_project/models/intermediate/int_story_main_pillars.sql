with summed as (

    select
        first_date,
        country_code_iso3,
        story_id,
        pillar,
        sum(weight) as weight
    from {{ ref('int_story_pillars') }}
    where series = 'foreign'
    group by first_date, country_code_iso3, story_id, pillar

)

-- The day is among the keys so that a condition on it reaches the table's index.
select distinct on (first_date, country_code_iso3, story_id)
    first_date,
    country_code_iso3,
    story_id,
    pillar
from summed
order by first_date, country_code_iso3, story_id, weight desc, pillar
