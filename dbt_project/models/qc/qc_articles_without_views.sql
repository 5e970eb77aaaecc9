with articles as (

    select * from {{ ref('pageview_articles') }}

),

months as (

    select * from {{ ref('stg_pageviews__article_months') }}

),

counted as (

    select
        project,
        article_title,
        count(*)::integer as n_months_asked,
        (count(*) filter (where has_views))::integer as n_months_with_views,
        min(month_start_date) filter (where not has_views) as first_month_without_date,
        max(month_start_date) filter (where not has_views) as last_month_without_date,
        (array_agg(reason order by month_start_date desc) filter (where not has_views))[1]
            as last_reason
    from months
    group by project, article_title

),

lacking as (

    select
        articles.country_code_iso3,
        articles.topic,
        counted.project,
        counted.article_title,
        articles.is_checked,
        counted.n_months_asked,
        counted.n_months_with_views,
        counted.first_month_without_date,
        counted.last_month_without_date,
        counted.last_reason
    from counted
    left join articles
        on
            counted.project = articles.project
            and counted.article_title = articles.article_title
    where counted.n_months_with_views < counted.n_months_asked

)

select * from lacking
