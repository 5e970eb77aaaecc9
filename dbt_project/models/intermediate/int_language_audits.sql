{{ config(
    materialized='table',
    post_hook='analyze {{ this }}',
) }}

with labels as (

    select * from {{ ref('stg_audit__labels') }}

),

-- Offices that judged one document: the majority decides, and where there is none nobody does.
documents as (

    select
        country_code_iso3,
        language_code_iso639_3,
        audit_month,
        record_id,
        count(*) filter (where is_about) as n_yes,
        count(*) filter (where not is_about) as n_no
    from labels
    group by country_code_iso3, language_code_iso639_3, audit_month, record_id

),

offices as (

    select
        country_code_iso3,
        language_code_iso639_3,
        audit_month,
        count(distinct office)::integer as n_offices
    from labels
    group by country_code_iso3, language_code_iso639_3, audit_month

),

counted as (

    select
        country_code_iso3,
        language_code_iso639_3,
        audit_month,
        count(*)::integer as n_labelled,
        count(*) filter (where n_yes > n_no)::integer as n_about,
        count(*) filter (where n_no > n_yes)::integer as n_not_about,
        count(*) filter (where n_yes = n_no)::integer as n_undecided,
        count(*) filter (where n_yes + n_no >= 2)::integer as n_labelled_twice,
        -- Of all pairs of answers, yes or no, to one document: the share that are the same.
        sum((n_yes * (n_yes - 1) + n_no * (n_no - 1)) / 2)::double precision
        / nullif(sum((n_yes + n_no) * (n_yes + n_no - 1) / 2), 0) as agreement_share
    from documents
    group by country_code_iso3, language_code_iso639_3, audit_month

),

measured as (

    select
        counted.*,
        offices.n_offices,
        counted.n_about + counted.n_not_about as n_decided,
        counted.n_about + counted.n_not_about >= {{ var('min_audit_labels') }} as is_sufficient
    from counted
    inner join offices
        on
            counted.country_code_iso3 = offices.country_code_iso3
            and counted.language_code_iso639_3 = offices.language_code_iso639_3
            and counted.audit_month = offices.audit_month

),

-- An audit with too few answers neither suppresses a language nor clears it.
in_force as (

    select
        country_code_iso3,
        language_code_iso639_3,
        audit_month,
        lead(audit_month) over (
            partition by country_code_iso3, language_code_iso639_3
            order by audit_month
        ) as next_month
    from measured
    where is_sufficient

)

select
    measured.country_code_iso3,
    measured.language_code_iso639_3,
    measured.audit_month,
    measured.n_offices,
    measured.n_labelled,
    measured.n_about,
    measured.n_not_about,
    measured.n_undecided,
    measured.n_labelled_twice,
    measured.agreement_share,
    measured.is_sufficient,
    -- In decimals, not in binary fractions: 40 of 50 are not under 0.8.
    measured.is_sufficient
    and measured.n_about < {{ var('min_audit_precision') }} * measured.n_decided as is_under,
    case
        when measured.is_sufficient then measured.n_about::double precision / measured.n_decided
    end as precision_share,
    case
        when measured.is_sufficient then {{ wilson('measured.n_about', 'measured.n_decided', -1) }}
    end as precision_low,
    case
        when measured.is_sufficient then {{ wilson('measured.n_about', 'measured.n_decided', 1) }}
    end as precision_high,
    in_force.audit_month as valid_from,
    case
        when measured.is_sufficient then coalesce(in_force.next_month, date 'infinity')
    end as valid_to
from measured
left join in_force
    on
        measured.country_code_iso3 = in_force.country_code_iso3
        and measured.language_code_iso639_3 = in_force.language_code_iso639_3
        and measured.audit_month = in_force.audit_month
