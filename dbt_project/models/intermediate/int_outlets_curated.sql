with seeded as (

    select * from {{ ref('outlets') }}

),

sampled as (

    select * from {{ ref('stg_sample__outlets') }}

),

-- A sample world has outlets of its own; those of the seed do not exist there.
worlds as (

    select count(*) > 0 as is_sample from sampled

),

curated as (

    select
        outlet_domain,
        outlet_name,
        country_code_iso3,
        language_code_iso639_3,
        outlet_kind,
        null::text as outlet_group,
        'sample' as evidence,
        'outlet of the sample world' as evidence_note
    from sampled
    union all
    select
        seeded.outlet_domain,
        seeded.outlet_name,
        seeded.country_code_iso3,
        seeded.language_code_iso639_3,
        seeded.outlet_kind,
        seeded.outlet_group,
        'seed' as evidence,
        seeded.evidence_note
    from seeded
    cross join worlds
    where not worlds.is_sample

)

select * from curated
