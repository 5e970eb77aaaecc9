{{ config(meta={'public': true}) }}
{% set series = ['kpi_code', 'population_version', 'basis'] %}

with readings as (

    select * from {{ ref('int_readiness_values') }}

),

kpis as (

    select * from {{ ref('int_readiness_kpis') }}
    where is_latest

),

delivered as (

    select * from {{ ref('stg_registers__targets') }}
    where recorded_on <= {{ edition_date(as_of()) }}

),

target_versions as (

    {{ register_versions('delivered', ['kpi_code', 'due_on']) }}

),

-- A row says what was known of the value, of its series before it and of the target: each may be
-- recorded later than the value.
known_days as (

    select
        readings.kpi_code,
        readings.population_version,
        readings.basis,
        readings.valid_on,
        known.known_on
    from readings
    inner join readings as recorded
        on
            readings.kpi_code = recorded.kpi_code
            and readings.population_version = recorded.population_version
            and readings.basis = recorded.basis
            and readings.valid_on >= recorded.valid_on
    cross join lateral (values (recorded.recorded_on), (recorded.superseded_on)) as known (known_on)
    where known.known_on is not null
    union distinct
    select
        readings.kpi_code,
        readings.population_version,
        readings.basis,
        readings.valid_on,
        target_versions.recorded_on as known_on
    from readings
    inner join target_versions on readings.kpi_code = target_versions.kpi_code

),

targeted as (

    select
        readings.*,
        known_days.known_on,
        target.target_percent / 100 as target_ratio,
        target.due_on as target_due_on,
        target.source_title as target_source,
        target.source_url as target_source_url,
        target.is_verified as is_target_verified,
        -- A target says nothing of the time before it was set: there, nobody was behind it.
        target.valid_on <= readings.valid_on as is_target_in_force,
        series.valid_on as series_from,
        series.known_ratio as series_from_ratio
    from known_days
    inner join readings
        on
            known_days.kpi_code = readings.kpi_code
            and known_days.population_version = readings.population_version
            and known_days.basis = readings.basis
            and known_days.valid_on = readings.valid_on
            and known_days.known_on >= readings.recorded_on
            and (readings.superseded_on is null or known_days.known_on < readings.superseded_on)
    -- The next one due on the value's day; where none is to come, the last one.
    left join lateral (
        select target_versions.*
        from target_versions
        where
            target_versions.kpi_code = readings.kpi_code
            and target_versions.is_withdrawn is not true
            and target_versions.recorded_on <= known_days.known_on
            and (
                target_versions.superseded_on is null
                or target_versions.superseded_on > known_days.known_on
            )
        order by
            target_versions.due_on < readings.valid_on,
            abs(target_versions.due_on - readings.valid_on)
        limit 1
    ) as target on true
    -- The first value that leaves nothing open, of the same population.
    left join lateral (
        select
            earlier.valid_on,
            least(earlier.known_ratio, target.target_percent / 100) as known_ratio
        from readings as earlier
        where
            earlier.kpi_code = readings.kpi_code
            and earlier.population_version = readings.population_version
            and earlier.basis = readings.basis
            and earlier.series_break_on is not distinct from readings.series_break_on
            and earlier.valid_on < readings.valid_on
            and earlier.recorded_on <= known_days.known_on
            and (earlier.superseded_on is null or earlier.superseded_on > known_days.known_on)
            and earlier.known_ratio = earlier.known_ratio_high
        order by earlier.valid_on
        limit 1
    ) as series on true

),

compared as (

    select
        *,
        {{ is_news('targeted', series + ['valid_on']) }} as is_news
    from targeted

),

versions as (

    select
        kpi_code,
        population_version,
        basis,
        valid_on,
        known_on as recorded_on,
        least(
            superseded_on,
            lead(known_on) over (
                partition by kpi_code, population_version, basis, valid_on order by known_on
            )
        ) as superseded_on,
        numerator,
        denominator,
        n_units_reported,
        numerator_all,
        numerator_any,
        numerator_reported,
        merger_rule,
        ratio,
        ratio_high,
        reported_ratio,
        known_ratio,
        known_ratio_high,
        series_break_on,
        population_until,
        status,
        evidence,
        office,
        target_ratio,
        target_due_on,
        target_source,
        target_source_url,
        is_target_verified,
        case
            when is_target_in_force and valid_on < target_due_on
                then
                    series_from_ratio
                    + (target_ratio - series_from_ratio)
                    * (valid_on - series_from) / (target_due_on - series_from)
        end as line_ratio
    from compared
    where is_news

),

ranked as (

    select
        *,
        superseded_on is null
        and valid_on <= {{ edition_date(as_of()) }}
        and coalesce(population_until, 'infinity') > {{ edition_date(as_of()) }} as is_candidate
    from versions

),

placed as (

    select
        *,
        is_candidate and row_number() over (
            partition by kpi_code, population_version, basis
            order by is_candidate desc, valid_on desc, recorded_on desc
        ) = 1 as is_current
    from ranked

),

judged as (

    select
        *,
        case
            when known_ratio >= target_ratio then 'reached'
            when
                target_due_on
                <= case when is_current then {{ edition_date(as_of()) }} else valid_on end
                then 'due'
            when line_ratio is not null and known_ratio is not null then 'line'
        end as plan_rule
    from placed

)

select
    judged.kpi_code,
    kpis.kpi_name_en,
    kpis.kpi_name_vi,
    kpis.kpi_definition_en,
    kpis.kpi_definition_vi,
    kpis.unit_kind,
    judged.population_version,
    judged.basis,
    judged.valid_on,
    judged.recorded_on,
    judged.superseded_on,
    judged.is_current,
    judged.series_break_on,
    judged.numerator,
    judged.denominator,
    judged.n_units_reported,
    judged.merger_rule,
    judged.numerator_all,
    judged.numerator_any,
    judged.numerator_reported,
    judged.ratio::double precision as ratio,
    judged.ratio_high::double precision as ratio_high,
    judged.reported_ratio::double precision as reported_ratio,
    judged.status,
    judged.evidence,
    judged.office,
    judged.target_ratio::double precision as target_ratio,
    judged.target_due_on,
    judged.target_source,
    judged.target_source_url,
    judged.is_target_verified,
    (judged.known_ratio - judged.target_ratio)::double precision as gap_to_target_share,
    judged.line_ratio::double precision as line_ratio,
    judged.plan_rule,
    case
        when judged.plan_rule = 'reached' then false
        when judged.plan_rule = 'due' and judged.known_ratio_high < judged.target_ratio then true
        when judged.plan_rule = 'line' and judged.known_ratio_high < judged.line_ratio then true
        when judged.plan_rule = 'line' and judged.known_ratio >= judged.line_ratio then false
    end as is_behind_plan,
    '{{ var("method_version") }}' as method_version
from judged
inner join kpis on judged.kpi_code = kpis.kpi_code
