{#-
    Reach: a story can be new to a host up to three days after its first document; what a pillar says of a
    story can change with its documents of the three days after its first.
-#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['story_date']}],
    pre_hook='{{ join_by_hash() }}',
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'story_date', 'days_before': 3, 'days_after': 3},
) }}

with documents as (

    select * from {{ ref('fct_document_country') }}
    where is_eligible and story_id is not null and {{ is_read('slot_date', days_before=3) }}

),

-- What would be counted whatever an audit found of its language.
before_audits as (

    select * from {{ ref('fct_document_country') }}
    where
        passes_text
        and passes_about
        and passes_foreign
        and passes_known_origin
        and passes_time
        and {{ is_rebuilt('slot_date', is_instant=false) }}

),

main_pillars as (

    select * from {{ ref('int_story_main_pillars') }}
    where {{ is_rebuilt('first_date', is_instant=false) }}

),

watched as (

    select * from {{ ref('int_watched_series') }}

),

-- A story counts once in a series: on the day of its first document there.
dated as (

    select
        *,
        min(slot_date) over (partition by country_code_iso3, story_id) as first_date,
        min(slot_date) over (partition by country_code_iso3, story_id, source_country_code_iso3)
            as first_host_date
    from documents

),

told as (

    select
        slot_date as story_date,
        country_code_iso3,
        'world' as source_country_code_iso3,
        'all' as pillar,
        story_id,
        outlet_family
    from dated
    where slot_date = first_date
    union all
    select
        slot_date as story_date,
        country_code_iso3,
        source_country_code_iso3,
        'all' as pillar,
        story_id,
        outlet_family
    from dated
    where slot_date = first_host_date
    union all
    select
        dated.slot_date as story_date,
        dated.country_code_iso3,
        'world' as source_country_code_iso3,
        main_pillars.pillar,
        dated.story_id,
        dated.outlet_family
    from dated
    inner join main_pillars
        on
            dated.first_date = main_pillars.first_date
            and dated.country_code_iso3 = main_pillars.country_code_iso3
            and dated.story_id = main_pillars.story_id
    where dated.slot_date = dated.first_date

),

counted as (

    select
        story_date,
        country_code_iso3,
        source_country_code_iso3,
        pillar,
        count(distinct story_id)::integer as n_stories,
        count(distinct outlet_family)::integer as n_families
    from told
    where {{ is_rebuilt('story_date', is_instant=false) }}
    group by story_date, country_code_iso3, source_country_code_iso3, pillar

),

-- Where an audit put most of a day's documents aside, what is left says nothing of the day.
left_out as (

    select
        slot_date as story_date,
        country_code_iso3,
        coalesce(source_country_code_iso3, 'world') as source_country_code_iso3
    from before_audits
    group by
        slot_date,
        country_code_iso3,
        grouping sets ((source_country_code_iso3), ())
    having count(*) filter (where not passes_audit) * 2 > count(*)

),

left_out_series as (

    select
        left_out.story_date,
        watched.country_code_iso3,
        watched.source_country_code_iso3,
        watched.pillar
    from left_out
    inner join watched
        on
            left_out.country_code_iso3 = watched.country_code_iso3
            and left_out.source_country_code_iso3 = watched.source_country_code_iso3

),

-- Rows of one key side by side and not joined: of such groups the planner expects a single one.
gathered as (

    select
        story_date,
        country_code_iso3,
        source_country_code_iso3,
        pillar,
        n_stories,
        n_families,
        false as is_left_out
    from counted
    union all
    select
        story_date,
        country_code_iso3,
        source_country_code_iso3,
        pillar,
        0 as n_stories,
        0 as n_families,
        true as is_left_out
    from left_out_series

)

select
    gathered.story_date,
    gathered.country_code_iso3,
    gathered.source_country_code_iso3,
    gathered.pillar,
    case when not bool_or(gathered.is_left_out) then max(gathered.n_stories) end as n_stories,
    case when not bool_or(gathered.is_left_out) then max(gathered.n_families) end as n_families,
    bool_or(gathered.is_left_out) as is_left_out
from gathered
inner join watched
    on
        gathered.country_code_iso3 = watched.country_code_iso3
        and gathered.source_country_code_iso3 = watched.source_country_code_iso3
        and gathered.pillar = watched.pillar
group by
    gathered.story_date,
    gathered.country_code_iso3,
    gathered.source_country_code_iso3,
    gathered.pillar
