with watchlist as (

    select * from {{ ref('watchlist') }}
    where role in ('focus', 'peer')

),

pillars as (

    select * from {{ ref('pillars') }}

),

-- Hosts by how many of their outlets are curated: a rule that no day's news can change.
hosts as (

    select
        country_code_iso3,
        row_number() over (order by count(*) desc, country_code_iso3) as place
    from {{ ref('int_outlets_curated') }}
    where country_code_iso3 not in (select country_code_iso3 from watchlist where role = 'focus')
    group by country_code_iso3

),

worlds as (

    select
        country_code_iso3,
        'world' as source_country_code_iso3,
        'all' as pillar,
        valid_from,
        valid_to
    from watchlist

),

focus_hosts as (

    select
        watchlist.country_code_iso3,
        hosts.country_code_iso3 as source_country_code_iso3,
        'all' as pillar,
        watchlist.valid_from,
        watchlist.valid_to
    from watchlist
    cross join hosts
    where watchlist.role = 'focus' and hosts.place <= {{ var('max_watched_hosts') }}

),

focus_pillars as (

    select
        watchlist.country_code_iso3,
        'world' as source_country_code_iso3,
        pillars.pillar,
        watchlist.valid_from,
        watchlist.valid_to
    from watchlist
    cross join pillars
    where watchlist.role = 'focus'

)

select * from worlds
union all
select * from focus_hosts
union all
select * from focus_pillars
