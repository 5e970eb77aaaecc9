with source as (

    select * from {{ source('factchecks', 'factchecks__publishers') }}
    where {{ from_passed_loads() }}

),

-- A snapshot's counts are those of the newest one.
newest as (

    select max(load_id) as load_id from source

),

renamed as (

    select
        source.publisher_domain,
        source.reviews_count
    from source
    inner join newest on source.load_id = newest.load_id

)

select * from renamed
