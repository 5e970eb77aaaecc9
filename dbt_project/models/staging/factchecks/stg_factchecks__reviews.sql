with source as (

    select * from {{ source('factchecks', 'factchecks__reviews') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        review_id,
        load_id,
        content_digest,
        is_listed,
        claim_review_url,
        checker_domain,
        claim_text,
        review_title,
        language_code_iso639_3,
        language_basis,
        rating_text,
        rating_key,
        rating_head_key,
        rating_value,
        rating_best,
        rating_worst,
        published_on,
        named_country_codes_iso3
    from source

)

select * from renamed
