with source as (

    select * from {{ source('audit', 'audit__labels') }}
    where {{ from_passed_loads() }}

),

-- The newest file of an office takes the place of its earlier ones, whole.
ranked as (

    select
        country_code_iso3,
        language_code_iso639_3,
        audit_month,
        office,
        record_id,
        is_about,
        load_id,
        max(load_id) over (
            partition by country_code_iso3, language_code_iso639_3, audit_month, office
        ) as newest_load_id
    from source

)

select
    country_code_iso3,
    language_code_iso639_3,
    audit_month,
    office,
    record_id,
    is_about
from ranked
where load_id = newest_load_id
