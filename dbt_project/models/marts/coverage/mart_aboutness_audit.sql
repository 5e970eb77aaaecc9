{#- Reach: a month's partition is its first day, up to 30 days before the day that changed. -#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['audit_month']}],
    meta={'public': true, 'partition_column': 'audit_month', 'days_before': 30, 'days_after': 0},
) }}

with days as (

    select
        country_code_iso3,
        language_code_iso639_3,
        date_trunc('month', slot_date)::date as audit_month,
        n_documents
    from {{ ref('int_audit_days') }}

),

documents as (

    select
        country_code_iso3,
        language_code_iso639_3,
        audit_month,
        sum(n_documents)::integer as n_documents
    from days
    where {{ is_rebuilt('audit_month', is_instant=false) }}
    group by country_code_iso3, language_code_iso639_3, audit_month

),

audits as (

    select * from {{ ref('int_language_audits') }}

),

-- Documents may go after they were judged: the answers stay.
months as (

    select
        country_code_iso3,
        language_code_iso639_3,
        audit_month
    from documents
    union distinct
    select
        country_code_iso3,
        language_code_iso639_3,
        audit_month
    from audits
    where {{ is_rebuilt('audit_month', is_instant=false) }}

)

select
    months.country_code_iso3,
    months.language_code_iso639_3,
    months.audit_month,
    coalesce(documents.n_documents, 0) as n_documents,
    least(coalesce(documents.n_documents, 0), {{ var('audit_sample_size') }}) as n_sampled,
    coalesce(audits.n_offices, 0) as n_offices,
    coalesce(audits.n_labelled, 0) as n_labelled,
    coalesce(audits.n_about, 0) as n_about,
    coalesce(audits.n_not_about, 0) as n_not_about,
    coalesce(audits.n_undecided, 0) as n_undecided,
    coalesce(audits.n_labelled_twice, 0) as n_labelled_twice,
    audits.agreement_share,
    audits.precision_share,
    audits.precision_low,
    audits.precision_high,
    case
        when audits.audit_month is null then 'not_audited'
        when not audits.is_sufficient then 'under_{{ var("min_audit_labels") }}_labels'
    end as suppressed_reason,
    in_force.audit_month as audit_month_in_force,
    coalesce(in_force.is_under, false) as is_language_suppressed,
    {{ var('min_audit_precision') }}::double precision as min_precision,
    '{{ var("method_version") }}' as method_version
from months
left join documents
    on
        months.country_code_iso3 = documents.country_code_iso3
        and months.language_code_iso639_3 = documents.language_code_iso639_3
        and months.audit_month = documents.audit_month
left join audits
    on
        months.country_code_iso3 = audits.country_code_iso3
        and months.language_code_iso639_3 = audits.language_code_iso639_3
        and months.audit_month = audits.audit_month
left join audits as in_force
    on
        months.country_code_iso3 = in_force.country_code_iso3
        and months.language_code_iso639_3 = in_force.language_code_iso639_3
        and months.audit_month >= in_force.valid_from
        and months.audit_month < in_force.valid_to
