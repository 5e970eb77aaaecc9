-- Not materialized: the latest state of a unit is looked up by the mart's primary key.
with states as not materialized (

    select * from {{ ref('mart_readiness_unit') }}

),

units as (

    select * from {{ ref('int_readiness_units') }}

),

series as (

    select
        kpi_code,
        population_version,
        min(valid_on) as first_on,
        min(recorded_on) as first_known_on
    from states
    group by kpi_code, population_version

),

-- From which day on, and since when it is known, a count may be another one.
changes as (

    select
        states.kpi_code,
        states.population_version,
        states.valid_on,
        known.known_on,
        false as is_bound
    from states
    cross join lateral (values (states.recorded_on), (states.superseded_on)) as known (known_on)
    where known.known_on is not null
    union distinct
    select
        series.kpi_code,
        series.population_version,
        greatest(bounds.day, series.first_on) as valid_on,
        greatest(known.known_on, series.first_known_on) as known_on,
        true as is_bound
    from series
    inner join units on series.population_version = units.population_version
    cross join lateral (values (units.exists_from), (units.exists_until)) as bounds (day)
    -- a day that was corrected, and a ministry that was withdrawn, change counts from it on
    cross join lateral (values (units.known_from), (units.known_until)) as known (known_on)
    where
        series.population_version = 'ministries'
        and isfinite(bounds.day)
        and known.known_on < 'infinity'

),

days as (

    select
        kpi_code,
        population_version,
        valid_on,
        min(known_on) as first_known_on,
        bool_or(is_bound) as is_bound
    from changes
    group by kpi_code, population_version, valid_on

),

cells as (

    select distinct
        days.kpi_code,
        days.population_version,
        days.valid_on,
        days.is_bound,
        changes.known_on
    from days
    inner join changes
        on
            days.kpi_code = changes.kpi_code
            and days.population_version = changes.population_version
            and days.valid_on >= changes.valid_on
            and days.first_known_on <= changes.known_on

),

counted as (

    select
        cells.kpi_code,
        cells.population_version,
        cells.valid_on,
        cells.known_on,
        (count(*) filter (where latest.is_met))::integer as numerator,
        count(*)::integer as denominator,
        count(latest.is_met)::integer as n_units_reported,
        (count(*) filter (where latest.is_met_all))::integer as numerator_all,
        (count(*) filter (where latest.is_met_any))::integer as numerator_any,
        (count(*) filter (where latest.is_met_reported))::integer as numerator_reported,
        max(latest.merger_rule) as merger_rule,
        -- in the order of the alphabet: estimated, reported, verified
        min(latest.status) as status,
        -- a day of which all statements were withdrawn has no count
        count(latest.status) > 0 and (
            cells.is_bound or exists (
                select 1 from states
                where
                    states.kpi_code = cells.kpi_code
                    and states.population_version = cells.population_version
                    and states.valid_on = cells.valid_on
                    and states.recorded_on <= cells.known_on
                    and coalesce(states.superseded_on, 'infinity') > cells.known_on
            )
        ) as is_stated
    from cells
    inner join units
        on
            cells.population_version = units.population_version
            and cells.valid_on >= units.exists_from
            and cells.valid_on < units.exists_until
            and cells.known_on >= units.known_from
            and cells.known_on < units.known_until
    left join lateral (
        select
            states.is_met,
            states.is_met_all,
            states.is_met_any,
            states.is_met_reported,
            states.merger_rule,
            states.status
        from states
        where
            states.kpi_code = cells.kpi_code
            and states.population_version = cells.population_version
            and states.unit_code = units.unit_code
            and states.valid_on <= cells.valid_on
            and states.recorded_on <= cells.known_on
            and (states.superseded_on is null or states.superseded_on > cells.known_on)
        order by states.valid_on desc
        limit 1
    ) as latest on true
    group by
        cells.kpi_code, cells.population_version, cells.valid_on, cells.is_bound, cells.known_on

),

compared as (

    select
        *,
        {{ is_news('counted', ['kpi_code', 'population_version', 'valid_on']) }} as is_news
    from counted

),

versions as (

    select
        *,
        lead(known_on) over (
            partition by kpi_code, population_version, valid_on order by known_on
        ) as superseded_on
    from compared
    where is_news

)

select
    kpi_code,
    population_version,
    valid_on,
    known_on as recorded_on,
    superseded_on,
    numerator,
    denominator,
    n_units_reported,
    case population_version when '34' then numerator_all end as numerator_all,
    case population_version when '34' then numerator_any end as numerator_any,
    case population_version when '34' then numerator_reported end as numerator_reported,
    merger_rule,
    status
from versions
where is_stated
