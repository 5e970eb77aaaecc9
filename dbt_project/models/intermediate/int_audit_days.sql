{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['slot_date']}],
    meta={'partition_column': 'slot_date', 'days_before': 0, 'days_after': 0},
) }}

with facts as (

    select * from {{ ref('fct_document_country') }}
    where
        passes_text
        and passes_about
        and passes_time
        and {{ is_rebuilt('slot_date', is_instant=false) }}

),

-- An audit stays in force where a country is in focus no longer.
focuses as (

    select distinct country_code_iso3
    from {{ ref('watchlist') }}
    where role = 'focus'

)

select
    facts.slot_date,
    facts.country_code_iso3,
    facts.language_code_iso639_3,
    count(*)::integer as n_documents
from facts
inner join focuses on facts.country_code_iso3 = focuses.country_code_iso3
group by facts.slot_date, facts.country_code_iso3, facts.language_code_iso639_3
