{#- Reach: a story begins up to three days before a changed day, its month up to 30 before that. -#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    meta={'partition_column': 'month_start_date', 'days_before': 33, 'days_after': 0},
) }}

{#- The months that are rebuilt end up to 30 days after the last changed day. -#}
{% if is_incremental() %}
    {%- set reach = model_reach() -%}
    {%- set members = in_ranges('first_date', changed_ranges(reach.before, 30), false) -%}
{% else %}
    {%- set members = 'true' -%}
{% endif %}

with sources as (

    select
        *,
        date_trunc('month', first_date)::date as month_start_date
    from {{ ref('int_story_sources') }}
    where series = 'foreign' and {{ members }}

),

lists as (

    select distinct
        valid_from,
        valid_to
    from {{ ref('int_rank_lists') }}

)

select
    sources.month_start_date,
    sources.country_code_iso3,
    sources.source_country_code_iso3,
    count(*)::integer as n_stories,
    sum(sources.n_documents)::integer as n_documents,
    bool_and(lists.valid_from is not null) as has_rank_list,
    count(*) filter (where sources.best_rank <= 5000)::integer as n_stories_r1
from sources
left join lists
    on sources.week_start_date >= lists.valid_from and sources.week_start_date < lists.valid_to
where {{ is_rebuilt('sources.month_start_date', is_instant=false) }}
group by
    sources.month_start_date, sources.country_code_iso3, sources.source_country_code_iso3
