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

documents as (

    select * from {{ ref('fct_document_country') }}
    where is_eligible and {{ is_read('slot_date', days_before=27, days_after=6) }}

)

select
    weeks.week_start_date,
    documents.country_code_iso3,
    documents.source_country_code_iso3,
    documents.stream,
    documents.outlet_family,
    count(*)::bigint as n_documents
from weeks
inner join documents
    on documents.slot_date between weeks.window_start_date and weeks.window_end_date
group by
    weeks.week_start_date,
    documents.country_code_iso3,
    documents.source_country_code_iso3,
    documents.stream,
    documents.outlet_family
