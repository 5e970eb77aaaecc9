with watchlist as (

    select * from {{ ref('watchlist') }}
    where role in ('focus', 'peer')

),

pillars as (

    select * from {{ ref('pillars') }}

),

focuses as (

    select country_code_iso3 from watchlist
    where role = 'focus'

),

-- Hosts by how many of their outlets are curated: a rule that no day's news can change.
hosts as (

    select
        outlets.country_code_iso3,
        row_number() over (order by count(*) desc, outlets.country_code_iso3 asc) as place
    from {{ ref('int_outlets_curated') }} as outlets
    left join focuses on outlets.country_code_iso3 = focuses.country_code_iso3
    where outlets.country_code_iso3 is not null and focuses.country_code_iso3 is null
    group by outlets.country_code_iso3

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
