-- Every candidate is dropped by exactly one gate or eligible, and the mart counts the facts.
with days as (

    select
        coverage_date,
        country_code_iso3,
        sum(n_documents) as n_documents,
        sum(n_eligible) as n_eligible,
        sum(
            n_dropped_length + n_dropped_boilerplate + n_dropped_about + n_dropped_audit
            + n_dropped_domestic + n_dropped_owned + n_dropped_same_language_abroad
            + n_dropped_unknown_origin + n_dropped_time + n_eligible
        ) as n_accounted
    from {{ ref('mart_eligibility_day') }}
    where {{ in_changed_days('mart_eligibility_day') }}
    group by coverage_date, country_code_iso3

),

facts as (

    select
        slot_date as coverage_date,
        country_code_iso3,
        count(*) as n_documents,
        count(*) filter (where is_eligible) as n_eligible
    from {{ ref('fct_document_country') }}
    where {{ in_changed_days('fct_document_country') }}
    group by slot_date, country_code_iso3

)

select
    coalesce(days.coverage_date, facts.coverage_date) as coverage_date,
    coalesce(days.country_code_iso3, facts.country_code_iso3) as country_code_iso3
from days
full join facts
    on
        days.coverage_date = facts.coverage_date
        and days.country_code_iso3 = facts.country_code_iso3
where
    coalesce(days.n_documents, 0) <> coalesce(facts.n_documents, 0)
    or coalesce(days.n_eligible, 0) <> coalesce(facts.n_eligible, 0)
    or coalesce(days.n_accounted, 0) <> coalesce(days.n_documents, 0)
