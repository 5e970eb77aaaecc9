with source as (

    select * from {{ source('factchecks', 'factchecks__feeds') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        load_id,
        seen_at,
        elements_count,
        reviews_count,
        kept_count,
        unlisted_count,
        duplicate_count,
        rejected_count,
        bad_date_count
    from source

)

select * from renamed
