{{ config(meta={'public': true}) }}

with observations as (

    select * from {{ ref('int_observations_latest') }}

),

named as (

    select
        country_code_iso3,
        observation_year::integer as outcome_year,
        value::double precision as value,
        vintage_date,
        case indicator_code
            when 'BX.KLT.DINV.CD.WD' then 'fdi_net_inflow_bop_usd'
            when 'ST.INT.ARVL' then 'tourism_arrivals_count'
            when 'ST.INT.RCPT.CD' then 'tourism_receipts_usd'
            when 'NY.GDP.MKTP.CD' then 'gdp_usd'
            when 'SP.POP.TOTL' then 'population_count'
        end as outcome
    from observations

),

pivoted as (

    select
        country_code_iso3,
        outcome_year,
        max(value) filter (where outcome = 'fdi_net_inflow_bop_usd') as fdi_net_inflow_bop_usd,
        max(value) filter (where outcome = 'tourism_arrivals_count') as tourism_arrivals_count,
        max(value) filter (where outcome = 'tourism_receipts_usd') as tourism_receipts_usd,
        max(value) filter (where outcome = 'gdp_usd') as gdp_usd,
        max(value) filter (where outcome = 'population_count') as population_count,
        max(vintage_date) filter (where outcome = 'fdi_net_inflow_bop_usd')
            as fdi_net_inflow_bop_usd_vintage_date,
        max(vintage_date) filter (where outcome = 'tourism_arrivals_count')
            as tourism_arrivals_count_vintage_date,
        max(vintage_date) filter (where outcome = 'tourism_receipts_usd')
            as tourism_receipts_usd_vintage_date,
        max(vintage_date) filter (where outcome = 'gdp_usd')
            as gdp_usd_vintage_date,
        max(vintage_date) filter (where outcome = 'population_count')
            as population_count_vintage_date
    from named
    group by country_code_iso3, outcome_year

)

select * from pivoted
