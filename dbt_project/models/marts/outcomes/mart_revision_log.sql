{{ config(meta={'public': true}) }}

with figures as (

    select * from {{ ref('int_vintages_unioned') }}

),

-- A vintage is one of its scope and period: only what prints a period can revise or drop it.
vintages as (

    select distinct
        source,
        scope,
        period_start_date,
        vintage,
        vintage_date,
        received_at
    from figures

),

followed as (

    select
        source,
        scope,
        period_start_date,
        vintage,
        vintage_date,
        lead(vintage) over later as next_vintage,
        lead(vintage_date) over later as next_vintage_date
    from vintages
    window later as (
        partition by source, scope, period_start_date
        order by vintage_date, received_at, vintage
    )

),

pairs as (

    select * from followed
    where next_vintage is not null

),

older as (

    select
        figures.*,
        pairs.next_vintage
    from figures
    inner join pairs
        on
            figures.source = pairs.source
            and figures.scope = pairs.scope
            and figures.period_start_date = pairs.period_start_date
            and figures.vintage = pairs.vintage

),

newer as (

    select
        figures.*,
        pairs.vintage as earlier_vintage
    from figures
    inner join pairs
        on
            figures.source = pairs.source
            and figures.scope = pairs.scope
            and figures.period_start_date = pairs.period_start_date
            and figures.vintage = pairs.next_vintage

),

compared as (

    select
        coalesce(newer.source, older.source) as source,
        coalesce(newer.scope, older.scope) as scope,
        coalesce(newer.measure, older.measure) as measure,
        coalesce(newer.unit, older.unit) as unit,
        coalesce(newer.country_code_iso3, older.country_code_iso3) as country_code_iso3,
        coalesce(newer.item_kind, older.item_kind) as item_kind,
        coalesce(newer.item_code, older.item_code) as item_code,
        coalesce(newer.period_kind, older.period_kind) as period_kind,
        coalesce(newer.period_start_date, older.period_start_date) as period_start_date,
        coalesce(newer.earlier_vintage, older.vintage) as old_vintage,
        coalesce(newer.vintage, older.next_vintage) as new_vintage,
        older.value as old_value,
        newer.value as new_value
    from older
    full outer join newer
        on
            older.source = newer.source
            and older.scope = newer.scope
            and older.country_code_iso3 = newer.country_code_iso3
            and older.measure = newer.measure
            and older.item_kind = newer.item_kind
            and older.item_code = newer.item_code
            and older.period_start_date = newer.period_start_date
            and older.next_vintage = newer.vintage

)

select
    compared.source,
    compared.measure,
    compared.country_code_iso3,
    compared.item_kind,
    compared.item_code,
    compared.period_start_date,
    compared.new_vintage,
    compared.period_kind,
    compared.old_vintage,
    pairs.vintage_date as old_vintage_date,
    pairs.next_vintage_date as new_vintage_date,
    case
        when compared.old_value is null then 'first_given'
        when compared.new_value is null then 'no_longer_given'
        else 'revised'
    end as change_kind,
    compared.unit as value_unit,
    compared.old_value::double precision as old_value,
    compared.new_value::double precision as new_value,
    (compared.new_value - compared.old_value)::double precision as difference,
    ((compared.new_value - compared.old_value) / nullif(abs(compared.old_value), 0))
    ::double precision as difference_share,
    '{{ var("method_version") }}' as method_version
from compared
inner join pairs
    on
        compared.source = pairs.source
        and compared.scope = pairs.scope
        and compared.period_start_date = pairs.period_start_date
        and compared.old_vintage = pairs.vintage
where compared.old_value is distinct from compared.new_value
