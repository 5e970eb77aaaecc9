{{ config(meta={'public': true}) }}

with outlets as (

    select * from {{ ref('int_outlets_resolved') }}

),

-- The family and the rank of the build's instant; those of an earlier day stand in the facts.
mirrors as (

    select distinct on (registered_domain)
        registered_domain,
        outlet_family
    from {{ ref('stg_grouping__outlet_mirrors') }}
    where family_date >= {{ utc_date(as_of()) }} - 30
    order by registered_domain asc, family_date desc

),

ranks as (

    select * from {{ ref('int_site_ranks') }}
    where {{ utc_date(as_of()) }} >= valid_from and {{ utc_date(as_of()) }} < valid_to

),

focus as (

    select
        dim_country.country_code_iso3,
        countries.distinctive_language_code_iso639_3
    from {{ ref('dim_country') }} as dim_country
    inner join {{ ref('countries') }} as countries
        on dim_country.country_code_iso3 = countries.country_code_iso3
    where dim_country.watch_role = 'focus'

),

typed as (

    select
        outlets.outlet_domain,
        outlets.outlet_name,
        outlets.country_code_iso3,
        outlets.language_code_iso639_3,
        case
            when outlets.outlet_kind = 'aggregator' then 'aggregator'
            when outlets.country_code_iso3 is null then 'unknown'
            when
                outlets.country_code_iso3 = focus.country_code_iso3
                and outlets.outlet_kind = 'foreign_language'
                then 'owned'
            when outlets.country_code_iso3 = focus.country_code_iso3 then 'domestic'
            when outlets.language_code_iso639_3 = focus.distinctive_language_code_iso639_3
                then 'same_language_abroad'
            else 'foreign'
        end as outlet_type,
        coalesce(outlets.outlet_group, mirrors.outlet_family, outlets.registered_domain)
            as outlet_family,
        case
            when outlets.outlet_group is not null then 'seed'
            when mirrors.registered_domain is not null then 'mirror'
            else 'registered_domain'
        end as family_evidence,
        outlets.evidence,
        outlets.evidence_note,
        ranks.site_rank,
        {{ rank_tier('ranks.site_rank') }} as rank_tier,
        ranks.list_id as rank_list_id,
        ranks.list_date as rank_list_date
    from outlets
    left join focus on true
    left join mirrors on outlets.registered_domain = mirrors.registered_domain
    left join ranks on outlets.registered_domain = ranks.registered_domain

)

select * from typed
