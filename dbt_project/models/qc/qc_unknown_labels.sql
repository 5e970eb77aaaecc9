with found as (

    select
        'fia__registered' as source_table,
        breakdown,
        label,
        file_name,
        place,
        make_date(registered_year, 1, 1) as period_date
    from {{ ref('int_fia_registered_mapped') }}
    where kind is null
    union all
    select
        'nso__visitors' as source_table,
        breakdown,
        label,
        file_name,
        place,
        period_month as period_date
    from {{ ref('int_nso_visitors_mapped') }}
    where kind is null
    union all
    select
        'nso__fdi' as source_table,
        breakdown,
        label,
        file_name,
        place,
        period_month as period_date
    from {{ ref('int_nso_fdi_mapped') }}
    where kind is null

)

select
    source_table,
    breakdown,
    label,
    count(*)::integer as n_rows,
    min(period_date) as first_period_date,
    max(period_date) as last_period_date,
    (array_agg(file_name || ', ' || place order by period_date, file_name, place))[1] as first_place
from found
group by source_table, breakdown, label
