{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['week_start_date']}],
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'week_start_date', 'days_before': 6, 'days_after': 27},
) }}

with weeks as (

    select * from {{ ref('int_weeks') }}
    where {{ is_rebuilt('week_start_date', is_instant=false) }}

),

outlet_days as (

    select * from {{ ref('fct_outlet_day') }}

),

outlets as (

    select * from {{ ref('int_outlets_resolved') }}
    where country_code_iso3 is not null

),

mirrors as (

    select * from {{ ref('stg_grouping__outlet_mirrors') }}

),

-- A family's documents: those of all its domains, each by the family of the day.
summed as (

    select
        weeks.week_start_date,
        outlets.country_code_iso3 as source_country_code_iso3,
        outlet_days.stream,
        coalesce(outlets.outlet_group, mirrors.outlet_family, outlets.registered_domain)
            as outlet_family,
        sum(outlet_days.documents)::bigint as n_all_documents
    from weeks
    inner join outlet_days
        on outlet_days.coverage_date between weeks.window_start_date and weeks.window_end_date
    inner join outlets on outlet_days.outlet_domain = outlets.outlet_domain
    left join mirrors
        on
            outlets.registered_domain = mirrors.registered_domain
            and outlet_days.coverage_date = mirrors.family_date
    group by
        weeks.week_start_date,
        outlets.country_code_iso3,
        outlet_days.stream,
        coalesce(outlets.outlet_group, mirrors.outlet_family, outlets.registered_domain)

)

select * from summed
where n_all_documents >= {{ var('min_outlet_documents') }}
