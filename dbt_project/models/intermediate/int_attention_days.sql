{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['coverage_date']}, {'columns': ['source_country_code_iso3']}],
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'coverage_date', 'days_before': 0, 'days_after': 0},
) }}

with totals as (

    select * from {{ ref('stg_gdelt__outlet_country_totals') }}
    where {{ is_rebuilt('slot_at') }}

),

outlet_days as (

    select * from {{ ref('fct_outlet_day') }}
    where {{ is_rebuilt('coverage_date', is_instant=false) }}

),

outlets as (

    select * from {{ ref('int_outlets_resolved') }}
    where country_code_iso3 is not null

),

codes as (

    select * from {{ ref('fips_codes') }}

),

compared as (

    select distinct country_code_iso3 from {{ ref('watchlist') }}

),

-- The rule is the loader's, the same for every compared country: no title is read, no language audited.
about as (

    select
        totals.slot_date as coverage_date,
        outlets.country_code_iso3 as source_country_code_iso3,
        codes.country_code_iso3,
        sum(totals.salient_documents)::bigint as n_documents
    from totals
    inner join outlets on totals.outlet_domain = outlets.outlet_domain
    inner join codes on totals.country_code_fips = codes.country_code_fips
    group by totals.slot_date, outlets.country_code_iso3, codes.country_code_iso3

),

published as (

    select
        outlet_days.coverage_date,
        outlets.country_code_iso3 as source_country_code_iso3,
        'all' as country_code_iso3,
        sum(outlet_days.documents)::bigint as n_documents
    from outlet_days
    inner join outlets on outlet_days.outlet_domain = outlets.outlet_domain
    group by outlet_days.coverage_date, outlets.country_code_iso3

),

hosts as (

    select * from about
    union all
    select * from published

),

-- Outlets of a compared country write most about their own: none of them speaks for the world.
world as (

    select
        hosts.coverage_date,
        'world' as source_country_code_iso3,
        hosts.country_code_iso3,
        sum(hosts.n_documents)::bigint as n_documents
    from hosts
    left join compared on hosts.source_country_code_iso3 = compared.country_code_iso3
    where compared.country_code_iso3 is null
    group by hosts.coverage_date, hosts.country_code_iso3

)

select * from hosts
union all
select * from world
