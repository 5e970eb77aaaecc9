with seen as (

    select * from {{ ref('int_outlets_seen') }}

),

curated as (

    select * from {{ ref('int_outlets_curated') }}

),

countries as (

    select * from {{ ref('countries') }}

),

domains as (

    select outlet_domain from seen
    union distinct
    select outlet_domain from curated

),

labelled as (

    select
        domains.outlet_domain,
        coalesce(registered.registered_domain, domains.outlet_domain) as registered_domain,
        string_to_array(domains.outlet_domain, '.') as labels
    from domains
    left join {{ ref('stg_reading__outlet_domains') }} as registered
        on domains.outlet_domain = registered.outlet_domain

),

-- Every suffix that is a curated domain matches; the longest is the most precise (e.vnexpress.net).
suffixed as (

    select
        labelled.outlet_domain,
        array_to_string(labelled.labels[position.n:], '.') as suffix,
        position.n
    from labelled
    cross join generate_series(1, cardinality(labelled.labels)) as position (n)

),

matched as (

    select distinct on (suffixed.outlet_domain)
        suffixed.outlet_domain,
        curated.outlet_name,
        curated.country_code_iso3,
        curated.language_code_iso639_3,
        curated.outlet_kind,
        curated.outlet_group,
        curated.evidence,
        curated.evidence_note
    from suffixed
    inner join curated on suffixed.suffix = curated.outlet_domain
    order by suffixed.outlet_domain, suffixed.n

),

-- A domain of one label is no domain: in 2015 the outlet's column can hold a citation.
top_level as (

    select
        labelled.outlet_domain,
        countries.country_code_iso3,
        '.' || countries.country_code_tld as top_level_domain
    from labelled
    inner join countries
        on labelled.labels[cardinality(labelled.labels)] = countries.country_code_tld
    where
        cardinality(labelled.labels) > 1
        and (
            not countries.is_tld_in_generic_use
            or labelled.labels[cardinality(labelled.labels) - 1] in ('gov', 'edu', 'mil')
        )

),

resolved as (

    select
        labelled.outlet_domain,
        labelled.registered_domain,
        matched.outlet_name,
        matched.language_code_iso639_3,
        matched.outlet_kind,
        matched.outlet_group,
        coalesce(matched.country_code_iso3, top_level.country_code_iso3) as country_code_iso3,
        case
            when matched.outlet_domain is not null then matched.evidence
            when top_level.outlet_domain is not null then 'cctld'
            else 'none'
        end as evidence,
        coalesce(matched.evidence_note, 'country-code domain ' || top_level.top_level_domain)
            as evidence_note
    from labelled
    left join matched on labelled.outlet_domain = matched.outlet_domain
    left join top_level on labelled.outlet_domain = top_level.outlet_domain

)

select * from resolved
