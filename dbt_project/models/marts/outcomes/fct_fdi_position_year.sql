{{ config(meta={'public': true}) }}

with labels as (

    select * from {{ ref('int_statistical_labels') }}

),

positions as (

    select distinct on (country_code_iso3, counterpart_code, position_year)
        country_code_iso3,
        counterpart_code,
        position_year,
        vintage_date,
        position_usd,
        is_confidential
    from {{ ref('stg_imf__positions') }}
    order by
        country_code_iso3 asc, counterpart_code asc, position_year asc, vintage_date desc

),

flows as (

    select distinct on (country_code_iso3, reporter_code, entity_type, flow_year)
        country_code_iso3,
        reporter_code,
        entity_type,
        flow_year,
        vintage_date,
        flow_usd,
        is_confidential
    from {{ ref('stg_oecd__flows') }}
    where entity_type in ('ALL', 'ROU')
    order by
        country_code_iso3 asc, reporter_code asc, entity_type asc, flow_year asc,
        vintage_date desc

),

inflows as (

    select * from {{ ref('mart_outcome_year') }}
    where fdi_net_inflow_bop_usd_vintage_date is not null

),

-- A group of one publisher is not that of another, whatever its code.
long as (

    select
        country_code_iso3,
        position_year::integer as position_year,
        'imf' as publisher,
        counterpart_code as publisher_code,
        'position' as figure,
        position_usd::double precision as value,
        is_confidential,
        vintage_date
    from positions
    union all
    select
        country_code_iso3,
        flow_year::integer as position_year,
        'oecd' as publisher,
        reporter_code as publisher_code,
        case entity_type when 'ALL' then 'flow' else 'flow_without_spe' end as figure,
        flow_usd::double precision as value,
        is_confidential,
        vintage_date
    from flows
    union all
    select
        inflows.country_code_iso3,
        inflows.outcome_year as position_year,
        'worldbank' as publisher,
        'world' as publisher_code,
        'inflow' as figure,
        inflows.fdi_net_inflow_bop_usd as value,
        false as is_confidential,
        inflows.fdi_net_inflow_bop_usd_vintage_date as vintage_date
    from inflows
    where
        inflows.country_code_iso3 in (select positions.country_code_iso3 from positions)
        or inflows.country_code_iso3 in (select flows.country_code_iso3 from flows)

),

coded as (

    select
        long.*,
        labels.country_code_iso3 as partner_country_code_iso3,
        case
            when long.publisher = 'worldbank' then 'world'
            else coalesce(labels.kind, 'unmapped')
        end as partner_kind
    from long
    left join labels
        on
            long.publisher || '_area' = labels.breakdown
            and {{ label_key('long.publisher_code') }} = labels.label_key
            and make_date(long.position_year, 12, 31) >= labels.valid_from
            and make_date(long.position_year, 12, 31) < labels.valid_to

),

named as (

    select
        *,
        case partner_kind
            when 'country' then partner_country_code_iso3
            when 'world' then 'world'
            else publisher || ':' || publisher_code
        end as partner_code
    from coded

)

select
    country_code_iso3,
    partner_code,
    position_year,
    partner_kind,
    partner_country_code_iso3,
    max(value) filter (where figure = 'position') as fdi_position_imf_usd,
    bool_or(is_confidential) filter (where figure = 'position') as is_position_imf_confidential,
    max(vintage_date) filter (where figure = 'position') as fdi_position_imf_vintage_date,
    max(value) filter (where figure = 'flow') as fdi_flow_oecd_usd,
    bool_or(is_confidential) filter (where figure = 'flow') as is_flow_oecd_confidential,
    max(vintage_date) filter (where figure = 'flow') as fdi_flow_oecd_vintage_date,
    max(value) filter (where figure = 'flow_without_spe') as fdi_flow_oecd_without_spe_usd,
    bool_or(is_confidential) filter (where figure = 'flow_without_spe')
        as is_flow_oecd_without_spe_confidential,
    max(vintage_date) filter (where figure = 'flow_without_spe')
        as fdi_flow_oecd_without_spe_vintage_date,
    max(value) filter (where figure = 'inflow') as fdi_net_inflow_bop_usd,
    max(vintage_date) filter (where figure = 'inflow') as fdi_net_inflow_bop_usd_vintage_date,
    '{{ var("method_version") }}' as method_version
from named
group by
    country_code_iso3, partner_code, position_year, partner_kind, partner_country_code_iso3
