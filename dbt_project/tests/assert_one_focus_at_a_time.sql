-- A country has one role at a time, and every day since the watch-list began has exactly one focus.
with watchlist as (

    select
        country_code_iso3,
        role,
        valid_from,
        coalesce(valid_to, 'infinity') as valid_to
    from {{ ref('watchlist') }}

),

overlapping as (

    select
        one.country_code_iso3,
        other.country_code_iso3 as other_country_code_iso3
    from watchlist as one
    inner join watchlist as other
        on
            (one.country_code_iso3, one.role, one.valid_from)
            < (other.country_code_iso3, other.role, other.valid_from)
            and one.valid_from < other.valid_to
            and one.valid_to > other.valid_from
    where
        one.country_code_iso3 = other.country_code_iso3
        or (one.role = 'focus' and other.role = 'focus')

),

-- A focus can only be missing from the first day on, or from the day that another one ends.
starts as (

    select min(valid_from) as start_date from watchlist
    union distinct
    select valid_to as start_date from watchlist
    where role = 'focus' and valid_to < 'infinity'

),

without_focus as (

    select
        'no focus from' as country_code_iso3,
        starts.start_date::text as other_country_code_iso3
    from starts
    left join watchlist as focus
        on
            focus.role = 'focus'
            and starts.start_date >= focus.valid_from
            and starts.start_date < focus.valid_to
    where focus.country_code_iso3 is null

)

select * from overlapping
union all
select * from without_focus
