{#- How far the sums may lie apart: genuine ones agree to 0.01 %, in projects to one. -#}
{%- set tolerance = 0.001 -%}
with registered as (

    select * from {{ ref('int_fia_registered_mapped') }}

),

measured as (

    select
        registered.breakdown,
        registered.registered_year,
        registered.is_total,
        figures.measure,
        figures.value
    from registered
    cross join
        lateral (
            values
            ('new_projects', registered.new_projects::numeric),
            ('new_capital_usd', registered.new_capital_usd),
            ('adjusted_projects', registered.adjusted_projects::numeric),
            ('adjusted_capital_usd', registered.adjusted_capital_usd),
            ('share_purchases', registered.share_purchases::numeric),
            ('share_purchase_capital_usd', registered.share_purchase_capital_usd)
        ) as figures (measure, value)

),

summed as (

    select
        registered_year,
        measure,
        sum(value) filter (where breakdown = 'partner' and not is_total) as partners_sum,
        sum(value) filter (where breakdown = 'sector' and not is_total) as sectors_sum,
        sum(value) filter (where breakdown = 'province' and not is_total) as provinces_sum,
        max(value) filter (where is_total) as printed_total
    from measured
    group by registered_year, measure

),

compared as (

    select
        *,
        greatest(partners_sum, sectors_sum, provinces_sum, printed_total)
        - least(partners_sum, sectors_sum, provinces_sum, printed_total) as difference,
        greatest(abs(partners_sum), abs(sectors_sum), abs(provinces_sum), abs(printed_total))
            as largest
    from summed

)

select
    registered_year,
    measure,
    partners_sum,
    sectors_sum,
    provinces_sum,
    printed_total,
    difference,
    difference <= {{ tolerance }} * largest as is_within_tolerance
from compared
where difference > 0
