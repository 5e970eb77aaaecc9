{#- The order in which the office's workbooks came to say what they say. -#}
{%- set age = 'release_month, received_at, file_name, file_version' -%}
with visitors as (

    select *
    from {{ ref('int_nso_visitors_mapped') }}
    where measure = 'arrivals' and period_kind = 'month' and breakdown <> 'purpose'

),

-- Modes are parts of the total and markets are another cut of it: no figure is of both.
keyed as (

    select
        *,
        case
            when breakdown = 'mode' then 'total'
            else coalesce(country_code_iso3, group_code, label)
        end as market_code,
        case when breakdown = 'mode' then coalesce(group_code, label) else 'all' end
            as transport_mode,
        case when breakdown = 'mode' then 'total' else coalesce(kind, 'unmapped') end
            as market_kind
    from visitors

),

-- Two labels of one market in one workbook add up.
summed as (

    select
        period_month as arrivals_month,
        market_code,
        transport_mode,
        market_kind,
        country_code_iso3 as market_country_code_iso3,
        release_month,
        received_at,
        file_name,
        file_version,
        min(status) as status,
        string_agg(label, '; ' order by place) as market_label,
        string_agg(place, '; ' order by place) as source_place,
        string_agg(correction_reason, '; ' order by place) as correction_reason,
        sum(arrivals_count::numeric) as arrivals_count
    from keyed
    group by
        period_month, market_code, transport_mode, market_kind, country_code_iso3,
        release_month, received_at, file_name, file_version

),

-- A release that was supplied twice, with other content, counts as it was received last.
in_force as (

    select distinct on (release_month)
        release_month,
        file_name,
        file_version
    from summed
    order by release_month asc, received_at desc, file_name desc, file_version desc

),

marked as (

    select
        summed.*,
        in_force.file_name is not null as is_in_force
    from summed
    left join in_force
        on
            summed.file_name = in_force.file_name
            and summed.file_version = in_force.file_version
            and summed.release_month = in_force.release_month

),

ordered as (

    select
        *,
        row_number() over vintages as vintage_number,
        lag(arrivals_count) over vintages as earlier_arrivals_count,
        lag(release_month) over vintages as earlier_release_month,
        is_in_force and row_number() over (
            partition by arrivals_month, market_code, transport_mode, is_in_force
            order by
                release_month desc, received_at desc, file_name desc, file_version desc
        ) = 1 as is_published
    from marked
    window vintages as (
        partition by arrivals_month, market_code, transport_mode order by {{ age }}
    )

)

select * from ordered
