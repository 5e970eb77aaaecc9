with visitors as (

    select
        *,
        case
            when breakdown in ('market', 'continent', 'other') then 'partner'
            else breakdown
        end as label_breakdown
    from {{ ref('int_nso_visitors_corrected') }}

),

labels as (

    select * from {{ ref('int_statistical_labels') }}

),

mapped as (

    select
        visitors.file_name,
        visitors.file_version,
        visitors.sheet,
        visitors.cell,
        visitors.place,
        visitors.received_at,
        visitors.release_month,
        visitors.period_month,
        visitors.period_kind,
        visitors.status,
        visitors.measure,
        visitors.breakdown,
        visitors.group_label,
        visitors.label,
        labels.kind,
        labels.country_code_iso3,
        -- "Some other countries" are those of the continent above them.
        case
            when labels.group_code = 'other' and continents.group_code is not null
                then 'other_' || continents.group_code
            else labels.group_code
        end as group_code,
        visitors.value_printed,
        visitors.arrivals_count,
        visitors.is_corrected,
        visitors.correction_reason
    from visitors
    left join labels
        on
            visitors.label_breakdown = labels.breakdown
            and {{ label_key('visitors.label') }} = labels.label_key
            and visitors.period_month >= labels.valid_from
            and visitors.period_month < labels.valid_to
    left join labels as continents
        on
            continents.kind = 'continent'
            and {{ label_key('visitors.group_label') }} = continents.label_key
            and visitors.period_month >= continents.valid_from
            and visitors.period_month < continents.valid_to

)

select * from mapped
