-- The mart counts exactly the facts that pass the gates on text, subject and time, of any origin.
with counted as (

    select
        coverage_date,
        country_code_iso3,
        sum(n_documents) as n_documents
    from {{ ref('mart_coverage_day') }}
    where {{ in_changed_days('mart_coverage_day') }}
    group by coverage_date, country_code_iso3

),

facts as (

    select
        slot_date as coverage_date,
        country_code_iso3,
        count(*) as n_documents
    from {{ ref('fct_document_country') }}
    where
        passes_text
        and passes_about
        and passes_audit
        and passes_time
        and series <> 'same_language_abroad'
        and {{ in_changed_days('fct_document_country') }}
    group by slot_date, country_code_iso3

)

select
    coalesce(counted.coverage_date, facts.coverage_date) as coverage_date,
    coalesce(counted.country_code_iso3, facts.country_code_iso3) as country_code_iso3
from counted
full join facts
    on
        counted.coverage_date = facts.coverage_date
        and counted.country_code_iso3 = facts.country_code_iso3
where coalesce(counted.n_documents, 0) <> coalesce(facts.n_documents, 0)
