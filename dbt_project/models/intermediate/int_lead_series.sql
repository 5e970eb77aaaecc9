with focus as (

    select country_code_iso3
    from {{ ref('dim_country') }}
    where watch_role = 'focus'

),

received as (

    select * from {{ ref('int_coverage_months_received') }}

),

coverage as (

    select
        counted.source_country_code_iso3 as partner_country_code_iso3,
        counted.month_start_date,
        counted.n_stories
    from {{ ref('int_coverage_months_counted') }} as counted
    inner join focus on counted.country_code_iso3 = focus.country_code_iso3
    where counted.source_country_code_iso3 <> 'unknown'

),

hosts as (

    select distinct country_code_iso3 as partner_country_code_iso3
    from {{ ref('int_outlets_curated') }}
    where country_code_iso3 is not null

),

covering as (

    select
        partner_country_code_iso3,
        true as is_host
    from hosts
    union all
    select distinct
        coverage.partner_country_code_iso3,
        false as is_host
    from coverage
    left join hosts on coverage.partner_country_code_iso3 = hosts.partner_country_code_iso3
    where hosts.partner_country_code_iso3 is null

),

-- As many stories as if every slot of a whole month had come. Zero is said only of a country some
-- outlet of which is known.
stories as (

    select
        covering.partner_country_code_iso3,
        'stories' as series,
        received.month_start_date,
        case
            when received.coverage_missing_reason is null
                then
                    coalesce(coverage.n_stories, case when covering.is_host then 0 end)
                    * received.slots_expected::double precision
                    / received.slots_received
        end as value
    from covering
    cross join received
    left join coverage
        on
            covering.partner_country_code_iso3 = coverage.partner_country_code_iso3
            and received.month_start_date = coverage.month_start_date

),

articles as (

    select
        articles.project,
        articles.article_title,
        countries.country_code_iso3 as partner_country_code_iso3
    from {{ ref('pageview_articles') }} as articles
    inner join focus on articles.country_code_iso3 = focus.country_code_iso3
    -- the encyclopedia names its languages by two letters
    inner join (values ('id', 'ind'), ('ja', 'jpn'), ('th', 'tha')) as languages (short, code)
        on split_part(articles.project, '.', 1) = languages.short
    inner join {{ ref('countries') }} as countries
        on languages.code = countries.distinctive_language_code_iso639_3
    where articles.topic = 'country'

),

-- Readers of the article on the country, in a language that is one country's own; whole months.
interest as (

    select
        articles.partner_country_code_iso3,
        'interest' as series,
        date_trunc('month', views.view_date)::date as month_start_date,
        case
            when
                date_trunc('month', min(views.view_date))::date + count(*)::integer
                = date_trunc('month', min(views.view_date)) + interval '1 month'
                then sum(views.views_count)::double precision
        end as value
    from {{ ref('stg_pageviews__article_days') }} as views
    inner join articles
        on views.project = articles.project and views.article_title = articles.article_title
    group by articles.partner_country_code_iso3, date_trunc('month', views.view_date)

),

visitors as (

    select
        arrived.market_country_code_iso3 as partner_country_code_iso3,
        'arrivals' as series,
        arrived.arrivals_month as month_start_date,
        arrived.arrivals_count as value
    from {{ ref('fct_arrivals_month') }} as arrived
    inner join focus on arrived.country_code_iso3 = focus.country_code_iso3
    where arrived.market_kind = 'country' and arrived.transport_mode = 'all'

),

monthly as (

    select * from stories
    union all
    select * from interest
    union all
    select * from visitors

),

licensed as (

    select
        registered.partner_country_code_iso3,
        registered.fdi_month,
        registered.new_capital_registered_ytd_usd
    from {{ ref('fct_fdi_registered_month') }} as registered
    inner join focus on registered.country_code_iso3 = focus.country_code_iso3
    where registered.breakdown = 'partner' and registered.unit_kind = 'country'

),

-- A quarter is the difference of the years to date at its two ends: months between may be missing.
registered_quarters as (

    select
        licensed.partner_country_code_iso3,
        'registered_capital' as series,
        date_trunc('quarter', licensed.fdi_month)::date as period_start_date,
        licensed.new_capital_registered_ytd_usd
        - case
            when extract(month from licensed.fdi_month) = 3 then 0
            else earlier.new_capital_registered_ytd_usd
        end as value
    from licensed
    left join licensed as earlier
        on
            licensed.partner_country_code_iso3 = earlier.partner_country_code_iso3
            and licensed.fdi_month = earlier.fdi_month + interval '3 months'
    where extract(month from licensed.fdi_month) in (3, 6, 9, 12)

),

periods as (

    select
        partner_country_code_iso3,
        series,
        'month' as rhythm,
        month_start_date as period_start_date,
        value,
        {{ is_closed_border('month_start_date') }} as is_closed_border
    from monthly
    union all
    select
        partner_country_code_iso3,
        series,
        'quarter' as rhythm,
        date_trunc('quarter', month_start_date)::date as period_start_date,
        case when count(value) = 3 then sum(value) end as value,
        bool_or({{ is_closed_border('month_start_date') }}) as is_closed_border
    from monthly
    where series <> 'arrivals'
    group by partner_country_code_iso3, series, date_trunc('quarter', month_start_date)
    union all
    select
        partner_country_code_iso3,
        series,
        'quarter' as rhythm,
        period_start_date,
        value,
        {{ is_closed_border('period_start_date') }}
        or {{ is_closed_border("(period_start_date + interval '2 months')") }} as is_closed_border
    from registered_quarters

)

select
    focus.country_code_iso3,
    periods.partner_country_code_iso3,
    periods.series,
    periods.rhythm,
    periods.period_start_date,
    periods.value,
    periods.is_closed_border
from periods
inner join focus on periods.partner_country_code_iso3 <> focus.country_code_iso3
