with source as (

    select * from {{ source('pageviews', 'pageviews__article_days') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        project,
        article_title,
        view_date,
        views_count
    from source

)

select * from renamed
