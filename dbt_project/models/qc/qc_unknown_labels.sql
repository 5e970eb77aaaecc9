with areas as (

    select
        'imf__positions' as source_table,
        'imf_area' as breakdown,
        counterpart_code as label,
        country_code_iso3 || ', vintage of ' || vintage_date as file_name,
        position_year::text as place,
        make_date(position_year, 12, 31) as period_date
    from {{ ref('stg_imf__positions') }}
    union all
    select
        'oecd__flows' as source_table,
        'oecd_area' as breakdown,
        reporter_code as label,
        country_code_iso3 || ', vintage of ' || vintage_date as file_name,
        entity_type || ' ' || flow_year as place,
        make_date(flow_year, 12, 31) as period_date
    from {{ ref('stg_oecd__flows') }}
    union all
    select
        'un_tourism__observations' as source_table,
        'un_tourism_area' as breakdown,
        reporter_area_code as label,
        file_name,
        member_name || ', figure ' || line_number as place,
        make_date(observation_year, 12, 31) as period_date
    from {{ ref('stg_un_tourism__observations') }}

),

found as (

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
    union all
    select
        areas.source_table,
        areas.breakdown,
        areas.label,
        areas.file_name,
        areas.place,
        areas.period_date
    from areas
    left join {{ ref('int_statistical_labels') }} as labels
        on
            areas.breakdown = labels.breakdown
            and {{ label_key('areas.label') }} = labels.label_key
            and areas.period_date >= labels.valid_from
            and areas.period_date < labels.valid_to
    where labels.breakdown is null

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
