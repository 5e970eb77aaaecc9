with summed as (

    select
        first_date,
        country_code_iso3,
        story_id,
        pillar,
        -- rounded, so that equal pillars stay equal in whatever order they are summed
        round(sum(weight)::numeric, 9) as weight
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
order by first_date asc, country_code_iso3 asc, story_id asc, weight desc, pillar asc
