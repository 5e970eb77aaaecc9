with source as (

    select * from {{ source('tranco', 'tranco__ranks') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        list_id,
        list_date,
        rank,
        domain
    from source

)

select * from renamed
