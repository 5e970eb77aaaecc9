{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['coverage_date']}],
    meta={'public': false, 'partition_column': 'coverage_date', 'days_before': 0, 'days_after': 0},
) }}

with totals as (

    select * from {{ ref('stg_gdelt__outlet_totals') }}
    where {{ is_rebuilt('slot_at') }}

),

codes as (

    select * from {{ ref('fips_codes') }}

),

summed as (

    select
        totals.outlet_domain,
        totals.slot_date as coverage_date,
        totals.stream,
        coalesce(codes.country_code_iso3, 'none') as principal_country_code_iso3,
        sum(totals.documents)::integer as documents,
        sum(totals.documents_80_words)::integer as documents_80_words,
        sum(totals.words)::bigint as words,
        sum(totals.tone_sum::numeric)::double precision as tone_sum,
        sum(totals.tone_square_sum::numeric)::double precision as tone_square_sum
    from totals
    left join codes on totals.principal_country_code_fips = codes.country_code_fips
    group by
        totals.outlet_domain,
        totals.slot_date,
        totals.stream,
        coalesce(codes.country_code_iso3, 'none')

)

select * from summed
