with days as (

    select
        slot_date as story_date,
        count(*) filter (where expects_documents)::integer as slots_expected,
        count(*) filter (where has_documents)::integer as slots_received
    from {{ ref('int_slots_classified') }}
    where slot_date <= {{ last_complete_day() }}
    group by slot_date

),

watched as (

    select * from {{ ref('int_watched_series') }}

),

counted as (

    select * from {{ ref('int_series_days_counted') }}

)

select
    days.story_date,
    watched.country_code_iso3,
    watched.source_country_code_iso3,
    watched.pillar,
    days.slots_expected,
    days.slots_received,
    case when counted.is_left_out then null else coalesce(counted.n_stories, 0) end as n_stories,
    case when counted.is_left_out then null else coalesce(counted.n_families, 0) end as n_families
from days
inner join watched
    on
        days.story_date >= watched.valid_from
        and (watched.valid_to is null or days.story_date < watched.valid_to)
left join counted
    on
        days.story_date = counted.story_date
        and watched.country_code_iso3 = counted.country_code_iso3
        and watched.source_country_code_iso3 = counted.source_country_code_iso3
        and watched.pillar = counted.pillar
