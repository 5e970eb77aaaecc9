with stated as (

    select * from {{ ref('int_readiness_statements') }}
    where unused_reason is null

),

bridge as (

    select * from {{ ref('province_bridge') }}
    where changed_on = '{{ var("provinces_merged_on") }}'

),

-- What a new unit says itself of its first day takes the place of what follows from the old ones.
own_words as (

    select * from stated
    where population_version = '34' and valid_on = '{{ var("provinces_merged_on") }}'

),

-- Nobody knew of the new units before the day on which they began.
known_days as (

    select distinct
        told.kpi_code,
        told.unit_code,
        greatest(known.known_on, '{{ var("provinces_merged_on") }}') as known_on
    from (
        select
            stated.kpi_code,
            bridge.province_id_after as unit_code,
            stated.recorded_on,
            stated.superseded_on
        from stated
        inner join bridge on stated.unit_code = bridge.province_id_before
        where stated.population_version = '63'
        union all
        select
            kpi_code,
            unit_code,
            recorded_on,
            superseded_on
        from own_words
    ) as told
    cross join lateral (values (told.recorded_on), (told.superseded_on)) as known (known_on)
    where known.known_on is not null

),

inherited as (

    select
        known_days.kpi_code,
        known_days.unit_code,
        known_days.known_on,
        bool_and(bridge.change_kind = 'unchanged') as is_unchanged,
        count(*)::integer as n_predecessors,
        count(latest.is_met)::integer as n_predecessors_reported,
        (count(*) filter (where latest.is_met))::integer as n_predecessors_met,
        -- in the order of the alphabet: estimated, reported, verified
        min(latest.status) as status,
        min(latest.evidence) as evidence,
        min(latest.office) as office,
        -- all of its predecessors' statements were withdrawn, or it speaks for itself
        bool_and(latest.status is null) or exists (
            select 1 from own_words
            where
                own_words.kpi_code = known_days.kpi_code
                and own_words.unit_code = known_days.unit_code
                and own_words.recorded_on <= known_days.known_on
                and coalesce(own_words.superseded_on, 'infinity') > known_days.known_on
        ) as inherits_nothing
    from known_days
    inner join bridge on known_days.unit_code = bridge.province_id_after
    left join lateral (
        select
            stated.is_met,
            stated.status,
            stated.evidence,
            stated.office
        from stated
        where
            stated.kpi_code = known_days.kpi_code
            and stated.population_version = '63'
            and stated.unit_code = bridge.province_id_before
            and stated.recorded_on <= known_days.known_on
            and (stated.superseded_on is null or stated.superseded_on > known_days.known_on)
        order by stated.valid_on desc
        limit 1
    ) as latest on true
    where known_days.known_on <= {{ edition_date(as_of()) }}
    group by known_days.kpi_code, known_days.unit_code, known_days.known_on

),

compared as (

    select
        *,
        {{ is_news('inherited', ['kpi_code', 'unit_code']) }} as is_news
    from inherited

),

versions as (

    select
        *,
        lead(known_on) over (partition by kpi_code, unit_code order by known_on) as superseded_on
    from compared
    where is_news

)

select
    kpi_code,
    population_version,
    unit_code,
    valid_on,
    recorded_on,
    superseded_on,
    'reported' as state_basis,
    is_met,
    is_met as is_met_all,
    is_met as is_met_any,
    is_met as is_met_reported,
    null::integer as n_predecessors,
    null::integer as n_predecessors_reported,
    null::integer as n_predecessors_met,
    status,
    evidence,
    office
from stated
union all
select
    kpi_code,
    '34' as population_version,
    unit_code,
    '{{ var("provinces_merged_on") }}'::date as valid_on,
    known_on as recorded_on,
    superseded_on,
    case when is_unchanged then 'carried_over' else 'merged' end as state_basis,
    null as is_met,
    case when n_predecessors_reported = n_predecessors then n_predecessors_met = n_predecessors end
        as is_met_all,
    case when n_predecessors_reported = n_predecessors then n_predecessors_met > 0 end
        as is_met_any,
    case
        when is_unchanged and n_predecessors_reported = n_predecessors then n_predecessors_met > 0
    end as is_met_reported,
    n_predecessors,
    n_predecessors_reported,
    n_predecessors_met,
    status,
    case when is_unchanged then evidence end as evidence,
    case when is_unchanged then office end as office
from versions
where not inherits_nothing
