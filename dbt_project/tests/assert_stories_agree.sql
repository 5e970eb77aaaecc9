-- A story's documents are those of the facts, within 72 hours, and its id is its first document.
-- Documents of three days more on each side make whole every story that began on a changed day.
with members as (

    select
        country_code_iso3,
        story_id,
        count(*) as n_documents,
        count(distinct series) as n_series,
        min(slot_at) as first_slot_at,
        max(slot_at) as last_slot_at,
        min(slot_date) as first_date
    from {{ ref('fct_document_country') }}
    where
        story_id is not null
        and {{ in_changed_days('fct_document_country', wider_before=6, wider_after=3) }}
    group by country_code_iso3, story_id

),

changed as (

    select * from members
    where {{ in_changed_days('mart_story_week') }}

),

stories as (

    select * from {{ ref('mart_story_week') }}
    where {{ in_changed_days('mart_story_week') }}

)

select
    coalesce(changed.country_code_iso3, stories.country_code_iso3) as country_code_iso3,
    coalesce(changed.story_id, stories.story_id) as story_id
from changed
full join stories
    on
        changed.country_code_iso3 = stories.country_code_iso3
        and changed.story_id = stories.story_id
where
    changed.n_documents is distinct from stories.n_documents
    or changed.first_slot_at is distinct from stories.first_slot_at
    or changed.n_series <> 1
    or changed.last_slot_at - changed.first_slot_at > interval '72 hours'
