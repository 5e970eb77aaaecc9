with real as (

    select * from {{ ref('fact_checkers') }}

),

invented as (

    select * from {{ ref('sample_fact_checkers') }}

),

unioned as (

    select
        checker_domain,
        checker_name,
        checker_class,
        network,
        country_code_iso3,
        language_code_iso639_3,
        valid_from,
        valid_to,
        evidence,
        is_verified
    from real
    union all
    select
        checker_domain,
        checker_name,
        checker_class,
        network,
        country_code_iso3,
        language_code_iso639_3,
        valid_from,
        valid_to,
        evidence,
        is_verified
    from invented

)

select * from unioned
