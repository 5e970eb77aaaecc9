{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['week_start_date']}],
    meta={'public': true, 'partition_column': 'week_start_date', 'days_before': 9, 'days_after': 0},
) }}

with weeks as (

    select * from {{ ref('int_weeks') }}
    where {{ is_rebuilt('week_start_date', is_instant=false) }}

),

stories as (

    select * from {{ ref('mart_story_week') }}
    where series = 'foreign' and {{ is_read('first_date', days_after=6) }}

),

sources as (

    select * from {{ ref('int_story_sources') }}
    where series = 'foreign' and {{ is_read('first_date', days_after=6) }}

),

lists as (

    select distinct
        list_id,
        list_date,
        valid_from,
        valid_to
    from {{ ref('int_rank_lists') }}

),

carried as (

    select
        week_start_date,
        country_code_iso3,
        'world' as source_country_code_iso3,
        n_documents,
        best_rank
    from stories
    union all
    select
        week_start_date,
        country_code_iso3,
        source_country_code_iso3,
        n_documents,
        best_rank
    from sources

),

tiered as (

    select
        *,
        {{ rank_tier('best_rank') }} as best_tier
    from carried

),

counted as (

    select
        week_start_date,
        country_code_iso3,
        source_country_code_iso3,
        sum(n_documents)::integer as n_documents,
        count(*)::integer as n_stories,
        count(*) filter (where best_tier = 'R1')::integer as n_stories_r1,
        count(*) filter (where best_tier = 'R2')::integer as n_stories_r2,
        count(*) filter (where best_tier = 'R3')::integer as n_stories_r3,
        count(*) filter (where best_tier = 'R4')::integer as n_stories_r4,
        sum(coalesce(greatest(0, 1 - log(best_rank) / 6), 0)::numeric)::double precision
            as reach_index
    from tiered
    group by week_start_date, country_code_iso3, source_country_code_iso3

)

select
    counted.week_start_date,
    weeks.window_end_date as week_end_date,
    counted.country_code_iso3,
    counted.source_country_code_iso3,
    counted.n_documents,
    counted.n_stories,
    case when lists.list_id is not null then counted.n_stories_r1 end as n_stories_r1,
    case when lists.list_id is not null then counted.n_stories_r2 end as n_stories_r2,
    case when lists.list_id is not null then counted.n_stories_r3 end as n_stories_r3,
    case when lists.list_id is not null then counted.n_stories_r4 end as n_stories_r4,
    case
        when
            lists.list_id is not null
            then counted.n_stories_r1::double precision / counted.n_stories
    end
        as tier1_pickup_rate,
    case when lists.list_id is not null then counted.reach_index end as reach_index,
    lists.list_id as rank_list_id,
    lists.list_date as rank_list_date,
    case when lists.list_id is null then 'no_rank_list' end as suppressed_reason,
    '{{ var("method_version") }}' as method_version
from counted
inner join weeks on counted.week_start_date = weeks.week_start_date
left join lists
    on counted.week_start_date >= lists.valid_from and counted.week_start_date < lists.valid_to
