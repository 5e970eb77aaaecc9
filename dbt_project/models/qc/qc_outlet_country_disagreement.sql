with outlets as (

    select * from {{ ref('dim_outlet') }}
    where country_code_iso3 is not null

),

listed as (

    select * from {{ ref('stg_gdelt_domains__countries') }}

),

codes as (

    select * from {{ ref('fips_codes') }}

),

counted as (

    select
        outlets.outlet_domain,
        outlets.outlet_name,
        outlets.country_code_iso3,
        outlets.evidence,
        outlets.evidence_note,
        listed.list_name,
        codes.country_code_iso3 as covered_country_code_iso3,
        sum(listed.documents) as n_documents
    from outlets
    inner join listed on outlets.outlet_domain = listed.outlet_domain
    inner join codes on listed.country_code_fips = codes.country_code_fips
    where codes.country_code_iso3 is not null
    group by
        outlets.outlet_domain, outlets.outlet_name, outlets.country_code_iso3, outlets.evidence,
        outlets.evidence_note, listed.list_name, codes.country_code_iso3

),

ranked as (

    select
        *,
        row_number() over (
            partition by outlet_domain, list_name
            order by n_documents desc, covered_country_code_iso3 asc
        ) as place,
        sum(n_documents) over (partition by outlet_domain, list_name) as n_listed_documents,
        sum(n_documents) filter (where covered_country_code_iso3 = country_code_iso3)
            over (partition by outlet_domain, list_name) as n_home_documents
    from counted

)

select
    outlet_domain,
    outlet_name,
    country_code_iso3,
    evidence,
    evidence_note,
    list_name,
    covered_country_code_iso3 as most_covered_country_code_iso3,
    n_documents::bigint as n_most_covered_documents,
    coalesce(n_home_documents, 0)::bigint as n_home_documents,
    n_listed_documents::bigint as n_listed_documents
from ranked
where place = 1 and covered_country_code_iso3 <> country_code_iso3
