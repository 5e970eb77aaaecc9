{{ config(meta={'public': true}) }}

with outlets as (

    select * from {{ ref('int_outlets_resolved') }}

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
        outlets.evidence,
        outlets.evidence_note
    from outlets
    left join focus on true

)

select * from typed
