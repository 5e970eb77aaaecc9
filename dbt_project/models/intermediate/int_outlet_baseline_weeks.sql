{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['week_start_date']}, {'columns': ['outlet_domain', 'stream']}],
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'week_start_date', 'days_before': 6, 'days_after': 0},
) }}

with outlet_days as (

    select
        *,
        {{ week_start('coverage_date') }} as week_start_date
    from {{ ref('fct_outlet_day') }}
    where documents_80_words > 0 and {{ is_read('coverage_date', days_after=6) }}

),

outlets as (

    select * from {{ ref('int_outlets_resolved') }}

),

watched as (

    select distinct country_code_iso3 from {{ ref('watchlist') }}
    where role in ('focus', 'peer')

),

-- A baseline leaves out two countries, the covered one and the outlet's own: only these stay apart.
classed as (

    select
        outlet_days.week_start_date,
        outlet_days.outlet_domain,
        outlets.country_code_iso3 as source_country_code_iso3,
        outlet_days.stream,
        case
            when outlet_days.principal_country_code_iso3 = outlets.country_code_iso3 then 'home'
            when watched.country_code_iso3 is not null then watched.country_code_iso3
            else 'other'
        end as principal_class,
        outlet_days.documents_80_words,
        outlet_days.tone_sum,
        outlet_days.tone_square_sum
    from outlet_days
    inner join outlets on outlet_days.outlet_domain = outlets.outlet_domain
    left join watched on outlet_days.principal_country_code_iso3 = watched.country_code_iso3
    where {{ is_rebuilt('outlet_days.week_start_date', is_instant=false) }}

)

select
    week_start_date,
    outlet_domain,
    source_country_code_iso3,
    stream,
    principal_class,
    sum(documents_80_words)::bigint as documents_80_words,
    sum(tone_sum::numeric)::double precision as tone_sum,
    sum(tone_square_sum::numeric)::double precision as tone_square_sum
from classed
group by week_start_date, outlet_domain, source_country_code_iso3, stream, principal_class
