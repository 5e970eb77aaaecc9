with outlets as (

    select * from {{ ref('dim_outlet') }}
    where country_code_iso3 is null

),

facts as (

    select * from {{ ref('fct_document_country') }}
    where series = 'unknown' and passes_text and passes_about

),

counted as (

    select
        outlets.outlet_domain,
        count(*)::integer as n_documents,
        min(facts.slot_date) as first_seen_date,
        max(facts.slot_date) as last_seen_date
    from outlets
    inner join facts on outlets.outlet_domain = facts.outlet_domain
    group by outlets.outlet_domain

)

select * from counted
