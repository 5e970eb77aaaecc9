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
        sum(listed.place_mentions) as n_place_mentions
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
            order by n_place_mentions desc nulls last, covered_country_code_iso3 asc
        ) as place,
        sum(n_place_mentions) over (partition by outlet_domain, list_name)
            as n_listed_place_mentions,
        sum(n_place_mentions) filter (where covered_country_code_iso3 = country_code_iso3)
            over (partition by outlet_domain, list_name) as n_home_place_mentions
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
    n_place_mentions::bigint as n_most_covered_place_mentions,
    -- a list that counts has fewer countries than an outlet mentions
    case
        when n_listed_place_mentions is not null then coalesce(n_home_place_mentions, 0)
    end::bigint as n_home_place_mentions,
    n_listed_place_mentions::bigint as n_listed_place_mentions
from ranked
where place = 1 and covered_country_code_iso3 <> country_code_iso3
