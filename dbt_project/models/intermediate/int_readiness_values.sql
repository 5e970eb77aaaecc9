with units as (

    select * from {{ ref('int_readiness_units') }}
    where population_version = 'ministries' and is_latest and known_until = 'infinity'

),

-- Days on which a ministry began or ended, after the first of them: as known today, on rows of what
-- was known earlier as well, so that there is one set of breaks.
ministries_changed as (

    select distinct bounds.day
    from units
    cross join lateral (values (units.exists_from), (units.exists_until)) as bounds (day)
    where isfinite(bounds.day)

),

first_ministry as (

    select min(exists_from) as began_on from units

),

stated as (

    select
        'units' as basis,
        kpi_code,
        population_version,
        valid_on,
        recorded_on,
        superseded_on,
        numerator,
        denominator,
        null::numeric as reported_ratio,
        n_units_reported,
        numerator_all,
        numerator_any,
        numerator_reported,
        merger_rule,
        status,
        null as evidence,
        null as office
    from {{ ref('int_readiness_counted') }}
    union all
    select
        'total' as basis,
        kpi_code,
        population_version,
        valid_on,
        recorded_on,
        superseded_on,
        numerator,
        denominator,
        reported_ratio,
        null::integer as n_units_reported,
        null::integer as numerator_all,
        null::integer as numerator_any,
        null::integer as numerator_reported,
        null as merger_rule,
        status,
        evidence,
        office
    from {{ ref('int_readiness_totals') }}
    where unused_reason is null

),

divided as (

    select
        *,
        numerator::numeric / nullif(denominator, 0) as ratio,
        (numerator + coalesce(denominator - n_units_reported, 0))::numeric / nullif(denominator, 0)
            as ratio_high
    from stated

)

select
    divided.*,
    coalesce(divided.ratio, divided.reported_ratio) as known_ratio,
    coalesce(divided.ratio_high, divided.reported_ratio) as known_ratio_high,
    case divided.population_version
        when '34' then '{{ var("provinces_merged_on") }}'::date
        when
            'ministries'
            then (
                select max(ministries_changed.day)
                from ministries_changed
                cross join first_ministry
                where
                    ministries_changed.day > first_ministry.began_on
                    and ministries_changed.day <= divided.valid_on
            )
    end as series_break_on,
    case divided.population_version
        when '63' then '{{ var("provinces_merged_on") }}'::date
        when
            'ministries'
            then (
                select min(ministries_changed.day)
                from ministries_changed
                cross join first_ministry
                where
                    ministries_changed.day > first_ministry.began_on
                    and ministries_changed.day > divided.valid_on
            )
    end as population_until
from divided
