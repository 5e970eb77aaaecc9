with source as (

    select * from {{ source('ops', 'source_files') }}
    where source = 'pageviews'

),

-- A file is called <project>/<title>@<month>; a title may hold a slash.
named as (

    select
        split_part(file_name, '/', 1) as project,
        substring(file_name from '^[^/]+/(.+)@[0-9]{4}-[0-9]{2}$') as article_title,
        {{ utc_date('slot_at') }} as month_start_date,
        status,
        reason,
        load_id is not null and {{ from_passed_loads() }} as has_passed
    from source

),

classified as (

    select
        project,
        article_title,
        month_start_date,
        status,
        reason,
        has_passed and status = 'loaded' as has_views
    from named

)

select * from classified
